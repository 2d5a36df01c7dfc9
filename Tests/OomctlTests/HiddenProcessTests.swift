import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Where processes are hidden")
struct HiddenProcessTests {
  static let commands = [[], ["list"], ["rank"], ["explain", "java"], ["rank", "java"]]

  private func machine(_ options: String) -> FixtureMachine {
    FixtureMachine.server.with {
      $0.processes.removeAll { $0.id == 1 }
      $0.files["proc/self/mountinfo"] = .init(
        stringLiteral: "21 1 0:19 / /proc rw,relatime - proc proc rw,\(options)\n")
    }
  }

  @Test(
    "that is said", arguments: commands, ["hidepid=invisible", "hidepid=2", "hidepid=ptraceable"])
  func remark(command: [String], option: String) throws {
    let tree = try machine(option).tree()
    let result = run(command, on: tree)
    let remark =
      "Some processes are hidden (/proc is mounted with \(option)): the result is incomplete"
    #expect(result.errors == "oomctl: \(remark)\n")
    #expect(result.status == .done)
    #expect(try run(command + ["--json"], on: tree).json["complete"] == false)
  }

  @Test("quiet is quiet", arguments: commands)
  func quiet(command: [String]) throws {
    #expect(try run(command + ["-q"], on: machine("hidepid=2").tree()).errors.isEmpty)
  }

  @Test("the overview's heading says so")
  func heading() throws {
    let overview = try run([], on: machine("hidepid=2").tree())
    #expect(overview.lines.first?.hasSuffix("   incomplete") == true)
  }

  @Test("or are not, all is well", arguments: ["hidepid=off", "hidepid=0", "gid=4"])
  func harmlessOptions(option: String) throws {
    let list = try run(["list", "--json"], on: machine(option).tree())
    #expect(list.errors.isEmpty)
    #expect(try list.json["complete"] == true)
  }

  @Test(
    "a process that was seen isn't the less complete",
    arguments: [["list", "1200"], ["list", "-p", "1200"]])
  func numbers(words: [String]) throws {
    let list = try run(words + ["--json"], on: machine("hidepid=2").tree())
    #expect(list.errors.isEmpty)
    #expect(try list.json["complete"] == true)
  }

  @Test("with all but processes, the kernel's scores still rank them")
  func processesOnly() throws {
    let tree = try machine("hidepid=2,subset=pid").tree()
    for name in ["sys", "meminfo", "uptime", "vmstat", "pressure"] { tree.remove("proc/\(name)") }
    let rank = run(["rank", "--json"], on: tree)
    #expect(try rank.numbers == [1300, 1200, 1501, 1500, 1400, 900])
    #expect(try rank.json["kernel"] == nil)
    #expect(try run(["list", "java", "--json"], on: tree).processes.first?["oom_score"] == 972)
    #expect(run([], on: tree).status == .done)
    #expect(run(["explain", "java"], on: tree).output.contains("972 in /proc"))
  }
}
