import Badness
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A switch to strict overcommit")
struct TuneSafetyTests {
  @Test(
    "is refused where too little would be left, and changes nothing",
    arguments: [
      ["overcommit_memory=2", "overcommit_ratio=14"], ["--profile", "strict=14%"],
      ["overcommit_memory=2", "overcommit_ratio=0"], ["--profile=strict=1"],
      ["overcommit_memory=2", "overcommit_kbytes=500000"],
      ["overcommit_memory=2", "overcommit_kbytes=1"],
      // The kernel's least: only swap.
      ["overcommit_memory=2", "overcommit_kbytes=1"],
      ["swappiness=1", "overcommit_memory=0x2", "overcommit_ratio=14", "--persist"],
    ])
  func refused(words: [String]) throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    for more in [[], ["--dry-run"]] {
      let result = run(["tune"] + words + more, on: tree)
      #expect(result.errors.hasPrefix("oomctl: overcommit_memory 2 would promise at most "))
      #expect(
        result.errors.hasSuffix(
          "\nvm.overcommit_ratio=15 would do. --force sets it nevertheless; add --confirm 60s.\n"))
      #expect(result.output.isEmpty && result.status == .refused)
      #expect(try tree.contents() == before)
    }
    #expect(run(["tune", "--force"] + words, on: tree).status == .done)
    #expect(try tree.setting("vm.overcommit_memory") == "2")
  }

  @Test(
    "is made where enough is left",
    arguments: [
      ["--profile", "strict"], ["--profile", "strict=15%"], ["overcommit_memory=2"],
      ["overcommit_memory=2", "overcommit_ratio=1000"],
      // No kernel checks it: it makes the limit endless.
      ["overcommit_memory=2", "overcommit_ratio=-1"],
      ["overcommit_memory=2", "overcommit_kbytes=4000000"],
    ])
  func made(words: [String]) throws {
    let tree = try FixtureMachine.tuned.tree()
    let result = run(["tune"] + words, on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(try tree.setting("vm.overcommit_memory") == "2")
  }

  @Test("is computed with huge pages taken off, and all of the swap")
  func hugePages() throws {
    // 4 GiB, of which 3 are huge pages: 80 % of the rest are 819 MiB.
    let lines = [
      ("MemTotal", 4 << 20), ("SwapTotal", 0), ("Committed_AS", 700 << 10),
      ("Hugetlb", 3 << 20), ("Hugepagesize", 2048),
    ]
    let tree = try FixtureMachine.tuned.with(memory: lines).tree()
    let result = run(["tune", "--profile", "strict=80"], on: tree)
    #expect(result.errors.hasPrefix("oomctl: overcommit_memory 2 would promise at most 819 MiB, "))
    #expect(result.status == .refused)
  }

  /// Memory of all shapes in KiB: RAM, swap, promised.
  private static let shapes: [(ram: Int, swap: Int, committed: Int)] = [
    (65_536, 0, 20_000), (524_288, 0, 400_000), (4_194_304, 0, 4_000_000),
    (4_194_304, 1_048_576, 3_999_999), (1_000_004, 12, 1_500_000), (33_554_432, 0, 30_000_000),
    (2_147_483_648, 8_388_608, 1_900_000_000), (262_144, 1_048_576, 1_300_000),
  ]

  @Test("is told the least ratio that really does", arguments: shapes)
  func advice(shape: (ram: Int, swap: Int, committed: Int)) throws {
    let lines = [
      ("MemTotal", shape.ram), ("SwapTotal", shape.swap), ("Committed_AS", shape.committed),
      ("VmallocTotal", 34_359_738_367),
    ]
    let tree = try FixtureMachine.tuned.with(memory: lines).tree()
    func status(_ ratio: Int) -> Run {
      run(["tune", "overcommit_memory=2", "overcommit_ratio=\(ratio)", "--dry-run"], on: tree)
    }
    let refusal = status(0)
    let words = refusal.errors.split(whereSeparator: { " =\n".contains($0) })
    let place = try #require(words.firstIndex(of: "vm.overcommit_ratio"))
    let ratio = try #require(Int(words[place + 1]))
    #expect(refusal.status == .refused)
    #expect(status(ratio).status == .done)
    #expect(status(ratio - 1).status == .refused)
  }

  @Test(
    "that was made may be loosened, and not tightened",
    arguments: [
      ("overcommit_ratio=6", false), ("overcommit_ratio=9", true),
      ("overcommit_kbytes=100", false), ("overcommit_kbytes=400000", true),
      ("overcommit_memory=0", true), ("swappiness=1", true),
    ])
  func inForce(word: String, isDone: Bool) throws {
    let tree = try FixtureMachine.tuned.with(settings: [
      "vm.overcommit_memory": "2", "vm.overcommit_ratio": "7",
    ]).tree()
    #expect(run(["tune", word], on: tree).status == (isDone ? .done : .refused))
  }

  @Test(
    "of min_free_kbytes is refused where the kernel would kill to reach it",
    arguments: [
      (4_000_000, false), (3_000_000, false), (20_000, true), (8192, true), (4096, true),
    ])
  func minimum(kilobytes: Int, isDone: Bool) throws {
    let tree = try FixtureMachine.tuned.tree()
    let words = ["tune", "min_free_kbytes=\(kilobytes)"]
    for words in [words + ["--dry-run"], words] {
      let result = run(words, on: tree)
      #expect(result.status == (isDone ? .done : .refused))
      #expect(result.errors.isEmpty == isDone)
    }
    #expect(run(words + ["--force"], on: tree).status == .done)
    #expect(try tree.setting("vm.min_free_kbytes") == "\(kilobytes)")
    // What is in force already may come down.
    #expect(run(["tune", "min_free_kbytes=8000"], on: tree).status == .done)
  }

  @Test("of min_free_kbytes is refused with a value that would do, and the next one wouldn't")
  func mostMinimum() throws {
    let tree = try FixtureMachine.tuned.tree()
    func call(_ kilobytes: Int) -> Run {
      run(["tune", "min_free_kbytes=\(kilobytes)", "--dry-run"], on: tree)
    }
    let words = call(4_000_000).errors.split(whereSeparator: { " =\n".contains($0) })
    let place = try #require(words.firstIndex(of: "vm.min_free_kbytes"))
    let most = try #require(Int(words[place + 1]))
    #expect(call(most).status == .done)
    #expect(call(most + 100_000).status == .refused)
  }

  @Test("of what is kept for administrators counts for the limit in force")
  func kept() throws {
    let strict = FixtureMachine.tuned.with(settings: [
      "vm.overcommit_memory": "2", "vm.overcommit_ratio": "80",
    ])
    let tree = try strict.tree()
    #expect(run(["tune", "admin_reserve_kbytes=3000000"], on: tree).status == .refused)
    #expect(run(["tune", "admin_reserve_kbytes=16384"], on: tree).status == .done)
    let loose = try FixtureMachine.tuned.tree()
    #expect(run(["tune", "admin_reserve_kbytes=3000000"], on: loose).status == .done)
  }

  @Test(
    "under a name comes with its reason",
    arguments: ["heuristic", "always", "strict", "strict=80%", "strict=80"])
  func profile(name: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let hints = try run(["tune", "--profile", name, "--json"], on: tree).hints
    #expect(hints.first?.hasPrefix("\(name.prefix { $0 != "=" }): ") == true)
    if name.hasPrefix("strict") { #expect(try tree.setting("vm.overcommit_ratio") == "80") }
  }

  @Test(
    "has no other names",
    arguments: [
      "", "Strict", "strict=", "strict=0", "strict=1001", "strict=-1", "strict=%", "never",
    ])
  func noProfile(name: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let result = run(["tune", "--profile=\(name)"], on: tree)
    #expect(result.status == .usage && result.output.isEmpty)
  }

  @Test("isn't judged where the memory isn't known")
  func unknown() throws {
    let tree = try FixtureMachine.tuned.with(memory: [("MemTotal", 4 << 20)]).tree()
    #expect(run(["tune", "--profile=strict=1"], on: tree).status == .done)
  }
}
