import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A process whose first thread has ended")
struct ThreadTests {
  /// The first thread shows no memory; thread 1202 does.
  private var machine: FixtureMachine {
    let living = FixtureMachine.server[1200]
    var machine = FixtureMachine.server
    machine[1200].memory = nil
    machine[1200].state = "Z"
    machine[1200].score = 972
    for (name, entry) in living.files(on: machine) {
      machine.files["proc/1200/task/1202/\(name)"] = entry
    }
    for (name, entry) in machine[1200].files(on: machine) {
      machine.files["proc/1200/task/1200/\(name)"] = entry
    }
    let status = """
      Name:\tjava\nState:\tZ (zombie)\nTgid:\t1200\nPid:\t1200\nPPid:\t1\nUid:\t120\t120\t120\t120
      Threads:\t2\nCapEff:\t0000000000000000

      """
    machine.files["proc/1200/status"] = .init(stringLiteral: status)
    machine.files["proc/1200/stat"] = .init(
      stringLiteral: "1200 (java) Z 1 1200 1200 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 2 0 100 0 0 0\n")
    return machine
  }

  @Test("has the memory of the others", arguments: ["6.1.0", "7.2.0"])
  func memory(kernel: String) throws {
    let tree = try machine.with { $0.kernel = kernel }.tree()
    let row = try #require(try run(["list", "1200", "--json"], on: tree).processes.first)
    #expect(try row["rss_bytes"] == 2_048_000_000)
    #expect(try row["badness"] == 601_300)
    #expect(try row["predicted_oom_score"] == 972)
    #expect(try row["unkillable"] == nil)
    #expect(try run(["rank", "--json"], on: tree).numbers.prefix(2) == [1300, 1200])
  }

  @Test("is in the cgroups of the others, where version 1 shows it at the root")
  func cgroups() throws {
    var machine = machine
    machine.files["proc/1200/cgroup"] = "4:memory:/\n1:name=systemd:/\n0::/\n"
    machine.files["proc/1200/task/1202/cgroup"] =
      "4:memory:/app\n1:name=systemd:/system.slice/app.service\n0::/\n"
    machine.files["sys/fs/cgroup/memory/app/memory.limit_in_bytes"] = "4294967296\n"
    let tree = try machine.tree()
    let row = try #require(try run(["list", "1200", "--json"], on: tree).processes.first)
    #expect(try row["cgroup"] == "/app" && row["unit"] == "app.service")
    let prediction = try run(["predict", "--for", "1200", "--json"], on: tree).json
    #expect(try prediction["domain"]["path"] == "/app")
    #expect(try prediction["kills"].elements.map { try $0["victim"]["pid"] } == [1200])
  }

  @Test("isn't without memory where the others weren't captured: its score tells")
  func uncaptured() throws {
    var machine = machine
    for name in machine.files.keys where name.hasPrefix("proc/1200/task/") {
      machine.files[name] = nil
    }
    let tree = try machine.tree()
    let row = try #require(try run(["list", "1200", "--json"], on: tree).processes.first)
    for key in ["unkillable", "rss_bytes", "badness"] { #expect(try row[key] == nil) }
    #expect(try run(["rank", "--json"], on: tree).numbers.prefix(2) == [1300, 1200])
    let prediction = run(["predict", "--json"], on: tree)
    #expect(try prediction.json["complete"] == false)
    #expect(prediction.errors.contains("java[1200] isn't in the order: its main thread has ended"))
    let dead = try machine.with { $0.files["proc/1200/oom_score"] = "0\n" }.tree()
    let ended = try #require(try run(["list", "1200", "--json"], on: dead).processes.first)
    #expect(try ended["unkillable"] == "no_memory")
  }

  @Test("shares no memory with another one of the same size", .enabled(if: Hog.isPossible))
  func live() throws {
    let hogs = try (0..<2).map { _ in try Hog(["name=outer", "anon=4", "leave"]) }
    defer { for hog in hogs { hog.stop() } }
    for hog in hogs {
      for _ in 0..<2000
      where run(["list", "\(hog.id)", "--json"]).output.contains("\"outer\"") == false {
        usleep(5000)
      }
    }
    let kills = try run(["predict", "-n", "99999", "--json"]).json["kills"].elements
    let ids = hogs.map(\.id)
    for kill in kills where try ids.contains(kill["victim"]["pid"].integer) {
      let others = try kill["also_killed"].elements.map { try $0["pid"].integer }
      #expect(Set(others).isDisjoint(with: ids))
    }
  }

  @Test(
    "refuses another thread's number, and names itself",
    arguments: [["list"], ["rank"], ["explain"]])
  func number(command: [String]) throws {
    var machine = machine
    // A captured folder of a thread says of which process it is, as the live one does.
    machine.files["proc/1202/status"] = "Name:\tjava\nState:\tS\nTgid:\t1200\nUid:\t0\t0\t0\t0\n"
    let result = try run(command + ["1202"], on: machine.tree())
    #expect(
      result.errors
        == "oomctl: 1202 is a thread of process 1200 (java)\nGive the process's number.\n")
    #expect(result.output.isEmpty)
    #expect(result.status == .usage)
  }
}
