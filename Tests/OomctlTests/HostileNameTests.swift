import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A hostile name")
struct HostileNameTests {
  private func machine(_ name: [UInt8]) -> FixtureMachine {
    let text = String(decoding: name, as: UTF8.self)
    return FixtureMachine.server.with { machine in
      machine[1200].name = name
      machine[1200].words = [text, "\(text)=\(text)"]
      machine[1200].cgroup = "0::/\(text.split(separator: "\n").first ?? "")\n"
      machine.files["proc/sys/kernel/hostname"] = .file(name)
      machine.files["etc/passwd"] = .file(name + Array(":x:120:120::/:/bin/sh\n".utf8))
    }
  }

  @Test("reaches no terminal raw", arguments: HostileName.all)
  func text(name: [UInt8]) throws {
    let tree = try machine(name).tree()
    for command in [[], ["list", "-o", "+command,cgroup"], ["rank"], ["explain", "1200"]] {
      for color in ["never", "always"] {
        let result = run(command + ["--color", color], on: tree)
        let plain = result.output.split(separator: "\u{1B}[1m").joined()
          .split(separator: "\u{1B}[0m").joined()
        #expect(plain.unicodeScalars.allSatisfy(isHarmless), "\(command)")
        #expect(result.errors.isEmpty)
      }
    }
  }

  @Test("makes no line of its own", arguments: HostileName.all)
  func lines(name: [UInt8]) throws {
    let tree = try machine(name).tree()
    #expect(run(["list", "-o", "pid,name,command"], on: tree).lines.count == 11)
    #expect(run(["list", "-o", "pid,cgroup,user"], on: tree).lines.count == 11)
  }

  @Test("is the same name in JSON, and nothing raw either", arguments: HostileName.all)
  func json(name: [UInt8]) throws {
    let list = try run(["list", "1200", "--json"], on: machine(name).tree())
    #expect(list.output.unicodeScalars.allSatisfy(isHarmless))
    let row = try #require(try list.processes.first)
    #expect(try row["name"] == .text(String(decoding: name, as: UTF8.self)))
    #expect(try row["oom_score"] == 972)
    #expect(try row["ppid"] == 1)
  }

  @Test("finds its process", arguments: HostileName.all.filter { !$0.isEmpty })
  func selection(name: [UInt8]) throws {
    let text = String(decoding: name, as: UTF8.self)
    let list = try run(["list", "--name", text, "--json"], on: machine(name).tree())
    #expect(try list.numbers == [1200])
  }

  @Test("in a message is as harmless", arguments: HostileName.all)
  func message(name: [UInt8]) throws {
    let text = String(decoding: name, as: UTF8.self)
    let results = try [
      run(["list", "--user", "no\(text)"], on: machine(name).tree()),
      run(["list", "--root", "/nonexistent/\(text)"]), run(["help", "x\(text)"]),
      run(["list", "--kernel", "x\(text)"]),
    ]
    for result in results {
      #expect(result.errors.unicodeScalars.allSatisfy(isHarmless))
      #expect((1...2).contains(result.errors.split(separator: "\n").count))
      #expect(result.output.isEmpty)
      #expect([.failed, .usage].contains(result.status))
    }
  }

  @Test("of the program itself is as harmless")
  func ownName() {
    let errors = run(["--nothing"], in: Environment(name: "\u{1B}[31moom\n")).errors
    #expect(errors.unicodeScalars.allSatisfy(isHarmless))
    #expect(errors.split(separator: "\n").count == 2)
  }
}
