import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A broken file")
struct BrokenFileTests {
  @Test(
    "of a process is named, and the others are shown",
    arguments: [
      ("stat", "", "the 24 or more fields of a process's stat"),
      ("stat", "1200 (java) S 1 1200", "the 24 or more fields of a process's stat"),
      ("stat", "1200 java S 1 1200 1200 0 -1 0", "the 24 or more fields of a process's stat"),
      ("status", "", "the lines of a process's status"),
      ("status", "Name:\tjava\nSta", "the lines of a process's status"),
    ])
  func process(file: String, content: String, expected: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/1200/\(file)"] = .init(stringLiteral: content)
    }
    let list = try run(["list", "--json"], on: machine.tree())
    #expect(list.errors == "oomctl: ROOT/proc/1200/\(file): expected \(expected)\n")
    #expect(try list.numbers == [1, 2, 30, 400, 900, 1300, 1400, 1500, 1501])
    #expect(list.status == .failed)
  }

  @Test(
    "with a score is named by all commands", arguments: [["list"], ["rank"], ["explain", "java"]],
    ["", "many\n", "-1\n", "99999999999999999999\n", "12 13\n"])
  func score(command: [String], content: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/1200/oom_score"] = .init(stringLiteral: content)
    }
    let result = try run(command, on: machine.tree())
    #expect(result.errors.hasPrefix("oomctl: ROOT/proc/1200/oom_score: expected a number"))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.status == .failed)
  }

  @Test(
    "of the machine is as good as none",
    arguments: [
      "", "MemTotal:", "MemFree: 12 kB\n", "MemTotal: 99999999999999999999 kB\n", "\u{0}\u{0}",
    ])
  func meminfo(content: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/meminfo"] = .init(stringLiteral: content)
    }
    let tree = try machine.tree()
    #expect(try run(["rank", "--json"], on: tree).numbers == [1300, 1200, 1501, 1500, 1400, 900])
    #expect(try run(["explain", "java", "--json"], on: tree).explanation["total_pages"] == nil)
    #expect(run([], on: tree).lines.contains("Memory      -"))
  }

  @Test(
    "that says the machine has no memory stops nothing",
    arguments: [
      [], ["list", "-o", "+badness,+share"], ["rank"], ["explain", "java"],
      ["rank", "--kernel", "3.2"],
    ])
  func noMemory(command: [String]) throws {
    let machine = FixtureMachine.server.with {
      $0.ram = 0
      $0.swap = 0
    }
    let tree = try machine.tree()
    let result = run(command, on: tree)
    #expect(result.errors.isEmpty)
    #expect(result.status == .done)
    #expect(result.output.contains("java"))
    #expect(!result.output.contains("- %"))
    #expect(!result.output.contains("-1000 or below"))
    #expect(try run(command + ["--json"], on: tree).json["complete"] == true)
  }

  @Test("may name no kernel", arguments: ["", "Linux\n", "six.one\n", "99999999999999999999.1\n"])
  func release(content: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/sys/kernel/osrelease"] = .init(stringLiteral: content)
    }
    let tree = try machine.tree()
    let rank = run(["rank", "--json"], on: tree)
    #expect(try rank.numbers == [1300, 1200, 1501, 1500, 1400, 900])
    #expect(try run(["explain", "java", "--json"], on: tree).explanation["rule"] == nil)
    #expect(
      try run(["explain", "java", "--json", "--kernel", "6.1"], on: tree).explanation["agrees"]
        == true)
  }

  @Test(
    "may hold a number of any size",
    arguments: [
      "0", "-1", "4611686018427387904", "9223372036854775807", "-9223372036854775808",
      "18446744073709551615", "99999999999999999999",
    ])
  func numbers(number: String) throws {
    let size = "\(number) kB\n"
    let machine = FixtureMachine.server.with { machine in
      machine.files = [
        "proc/meminfo": .init(
          stringLiteral: [
            "MemTotal", "MemFree", "MemAvailable", "SwapTotal", "SwapFree",
            "CommitLimit", "Committed_AS", "VmallocTotal",
          ].map { "\($0): \(size)" }.joined()),
        "proc/uptime": .init(stringLiteral: "\(number).00 \(number).00\n"),
        "proc/vmstat": .init(stringLiteral: "oom_kill \(number)\n"),
        "proc/pressure/memory": .init(
          stringLiteral: "some avg10=\(number).99 avg60=\(number) avg300=0.00 total=\(number)\n"),
        "proc/1200/status": .init(
          stringLiteral: "Name:\tjava\nState:\tS\nTgid:\t1200\nUid:\t0\t0\t0\t0\nVmSize: \(size)"
            + "VmRSS: \(size)VmPTE: \(size)VmPMD: \(size)VmSwap: \(size)Threads: \(number)\n"),
        "proc/1200/statm": .init(stringLiteral: "\(number) \(number) \(number)\n"),
        "proc/1200/oom_score_adj": .init(stringLiteral: "\(number)\n"),
        "proc/1200/oom_adj": .init(stringLiteral: "\(number)\n"),
      ]
      for setting in ["overcommit_memory", "panic_on_oom", "oom_kill_allocating_task"] {
        machine.files["proc/sys/vm/\(setting)"] = .init(stringLiteral: "\(number)\n")
      }
    }
    let tree = try machine.tree()
    for kernel in ["2.4.18", "2.6.20", "2.6.32", "2.6.36", "3.2", "3.10", "4.10", "6.1", "7.2"] {
      for command in [[], ["list", "-o", "+share"], ["rank"], ["explain", "1200", "1300"]] {
        let words = command + ["--kernel", kernel, "--page-size", "4K"]
        #expect(run(words, on: tree).status != .usage)
        #expect(try run(words + ["--json"], on: tree).json["kernel"] == .text(kernel))
      }
    }
  }
}
