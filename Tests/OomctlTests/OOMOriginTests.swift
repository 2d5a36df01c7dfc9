import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A program that switches off swap")
struct OOMOriginTests {
  /// Small, and exempt to those who look at the adjustment alone.
  private func machine(
    _ call: String? = "168 0x5581 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f21\n", swaps: Int? = nil,
    kernel: String = "6.1.0", adjustment: Int = -1000
  ) -> FixtureMachine {
    FixtureMachine.server.with {
      $0.kernel = kernel
      $0.processes.append(
        FixtureProcess(1950, "swapoff", resident: 300).with {
          $0.adjustment = adjustment
          $0.cgroup = "0::/system.slice/dev-sda2.swap\n"
        })
      if let call { $0.files["proc/1950/syscall"] = .file(Array(call.utf8)) }
      if let swaps {
        $0.files["proc/swaps"] = """
          Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority
          /dev/sda2                               partition\t\(swaps - 4096)\t\t262144\t\t-2
          /swap\\040file                           file\t\t4096\t\t0\t\t-3

          """
      }
    }
  }

  private func first(on machine: FixtureMachine, _ words: [String] = []) throws -> JSON {
    let json = try run(["predict", "--json"] + words, on: machine.tree()).json
    return try json["kills"].elements[0]["victim"]["pid"]
  }

  @Test("is the first victim even at -1000, to all commands")
  func faces() throws {
    let tree = try machine().tree()
    for words in [
      ["rank", "--json"], ["--json"], ["watch", "--json"], ["rank", "--json", "-n1"],
    ] {
      #expect(try run(words, on: tree).numbers.first == 1950, "\(words)")
    }
    #expect(try first(on: machine()) == 1950)
    #expect(try first(on: machine(), ["--reclaimed"]) == 1950)
    let metrics = run(["metrics"], on: tree).output
    #expect(metrics.contains("oomctl_next_victim_info{unit=\"dev-sda2.swap\""))
    #expect(!metrics.contains("oomctl_next_victim_margin_bytes "))
    let explanation = try run(["explain", "1950", "--json"], on: tree).explanation
    #expect(try explanation["rank"] == 1 && explanation["taken_at_once"] == true)
    #expect(try explanation["unkillable"] == nil && explanation["to_outlive"] == nil)
  }

  @Test("may be one that can't be read, and that is said")
  func unread() throws {
    let machine = machine(swaps: 2_097_152).with { $0.files["proc/1950/stat"] = .folder }
    let rank = try run(["rank", "--json", "-n1"], on: machine.tree())
    #expect(try rank.json["complete"] == false)
    #expect(rank.errors.contains("/1950/stat: Is a directory"))
    #expect(rank.status == .failed)
  }

  @Test(
    "is told of",
    arguments: [
      (["rank"], "swapoff[1950] is switching off swap: the kernel kills it first,"),
      (["predict"], "swapoff[1950] is switching off swap: the kernel kills it first,"),
      (["explain", "1950"], "rank 1 of 7, dies first"),
      (["explain", "1950"], "Its oom_score_adj is -1000, which doesn't spare it now."),
      (["explain", "java"], "The first victim is swapoff[1950]."),
      ([], "Next victim  swapoff[1950], which is switching off swap"),
    ])
  func words(words: [String], expected: String) throws {
    let result = try run(words, on: machine().tree())
    #expect(result.output.contains(expected), "\(result.output)")
  }

  @Test(
    "is known by where it is in the kernel, else by swap that is being switched off",
    arguments: [
      ("225 0x5581 0x0\n", nil, true), ("115 0x5581 0x0\n", 1_048_576, true),
      ("0 0x3 0x5581\n", nil, false), ("-1 0x7ffd 0x7f21\n", 2_097_152, false),
      ("running\n", nil, false), ("running\n", 1_048_576, false), ("running\n", 2_097_152, true),
      (nil, 1_048_576, false), (nil, 2_097_152, true), (nil, nil, false),
    ] as [(String?, Int?, Bool)])
  func certainty(call: String?, swaps: Int?, isFirst: Bool) throws {
    let machine = machine(call, swaps: swaps)
    #expect(try (first(on: machine) == 1950) == isFirst)
    let rank = try run(["rank", "--json"], on: machine.tree())
    #expect(try rank.numbers.contains(1950) == isFirst)
    #expect(rank.errors.isEmpty && rank.status == .done)
  }

  @Test("takes its area from what others are measured against, until it was killed")
  func measure() throws {
    let machine = machine("running\n", swaps: 2_097_152).with { $0.swap = (262_144 + 4096) / 4 }
    let prediction = try run(["predict", "--json", "-n", "2"], on: machine.tree()).json
    #expect(try prediction["domain"]["total_pages"] == 1_049_600)
    let next = try prediction["kills"].elements[1]
    #expect(try next["victim"]["pid"] == 1300)
    // Its adjustment of 500, and 14 460 pages.
    let total = 1_048_576 + 2_097_152 / 4
    #expect(try next["domain_badness"].integer == 500 * (total / 1000) + 14_460)
  }

  @Test("is found among very many, though its score is low")
  func many() throws {
    let machine = machine(swaps: 2_097_152, adjustment: 0).with {
      $0.processes += (3000..<3700).map { FixtureProcess($0, "other", resident: 9_000) }
    }
    #expect(try run(["rank", "--json", "-n2"], on: machine.tree()).numbers == [1950, 1300])
    #expect(try first(on: machine, ["-n", "1"]) == 1950)
    let watch = try run(["watch", "--json"], on: machine.tree())
    #expect(try watch.numbers.prefix(2) == [1950, 1300])
  }

  @Test("is one like others to kernels that raise its adjustment instead", arguments: ["3.5.0"])
  func raised(kernel: String) throws {
    #expect(try first(on: machine(kernel: kernel)) == 1300)
    #expect(try first(on: machine(kernel: kernel, adjustment: 1000)) == 1950)
  }

  @Test("bears a flag to 2.6.39", arguments: [("2.6.10", 0), ("2.6.20", 0), ("2.6.38", 0)])
  func flagged(kernel: String, adjustment: Int) throws {
    var machine = machine(nil, kernel: kernel, adjustment: adjustment)
    #expect(try first(on: machine) != 1950)
    machine.files["proc/1950/stat"] =
      "1950 (off) S 1 1950 1950 0 -1 524288 0 0 0 0 0 0 0 0 20 0 1 0 100 1228800 300 0 0 0 0 0 0\n"
    #expect(try first(on: machine) == 1950)
  }

  @Test("is of no concern to a memory cgroup that it isn't in")
  func elsewhere() throws {
    var machine = machine()
    machine.files["sys/fs/cgroup/system.slice/app.service/memory.max"] = "1073741824\n"
    #expect(try first(on: machine, ["--in", "/system.slice/app.service"]) == 1200)
    machine.files["sys/fs/cgroup/system.slice/memory.max"] = "1073741824\n"
    #expect(try first(on: machine, ["--in", "/system.slice"]) == 1950)
  }

  @Test(
    "has a like in who has KSM unmerge its pages, whom nothing names",
    arguments: [("2", "31", true), ("2", "0", false), ("1", "31", false)])
  func unmerging(setting: String, pages: String, isTold: Bool) throws {
    let machine = FixtureMachine.server.with {
      $0.files["sys/kernel/mm/ksm/run"] = "\(setting)\n"
      $0.files["sys/kernel/mm/ksm/pages_shared"] = "\(pages)\n"
    }
    let predict = try run(["predict"], on: machine.tree())
    #expect(predict.errors.contains("KSM unmerges its pages") == isTold)
    #expect(predict.status == .done)
  }

  @Test("isn't another one of its name once it does something else")
  func otherName() throws {
    let tree = try machine().tree()
    try tree.add("swap\n", at: "proc/1200/comm")
    try tree.add("168 0x1 0x2\n", at: "proc/1200/syscall")
    #expect(try run(["rank", "--json"], on: tree).numbers.prefix(2) == [1950, 1300])
  }
}
