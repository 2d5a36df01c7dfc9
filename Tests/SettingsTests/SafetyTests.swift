import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Settings

@Suite("Safety of settings")
struct SafetyTests {
  /// The words of a refusal of `min_free_kbytes`.
  private func reserve(
    _ wanted: String?, from present: String? = "0", available: Int = 200_000
  ) throws -> Failure? {
    let tree = try FixtureMachine(processes: []).with(memory: [
      ("MemTotal", 1_000_000), ("MemAvailable", available),
    ]).tree()
    let world = try World(root: tree.path, environment: Environment())
    let key = "vm.min_free_kbytes"
    var (values, former): ([String: String], [String: String]) = ([:], [:])
    values[key] = wanted
    former[key] = present
    let safety = ReserveSafety(in: world)
    return try #require(safety).refusal(of: values, replacing: former)
  }

  @Test(
    "refuses a reserve that leaves no more than a tenth of memory",
    arguments: [
      ("66666", "0", false), ("66667", "0", true), ("76666", "10000", false),
      ("76667", "10000", true), ("100000", "100000", false), ("100000", "100001", false),
      ("1000000", "999999", false), ("x", "0", false),
    ])
  func reserves(wanted: String, present: String, isRefused: Bool) throws {
    #expect(try (reserve(wanted, from: present) != nil) == isRefused)
  }

  @Test("says of a reserve how large it may be, where it may be larger")
  func reserveAdvice() throws {
    let failure = try #require(try reserve("100000"))
    #expect(
      failure.message == "min_free_kbytes 100000 would keep 146 MiB free, and only 195 MiB are "
        + "available: the kernel would kill to get it")
    let force = "--force sets it nevertheless; add --confirm 60s."
    #expect(failure.advice == "vm.min_free_kbytes=60000 would do. \(force)")
    #expect(failure.status == .refused)
    #expect(
      try reserve("100000", from: "20000")?.advice == "vm.min_free_kbytes=80000 would do. \(force)")
    #expect(try reserve("100000", available: 110_000)?.advice == force)
    #expect(
      try reserve("100000", available: 110_003)?.advice == "vm.min_free_kbytes=2 would do. \(force)"
    )
    #expect(try reserve(nil) == nil && reserve("100000", from: nil) == nil)
  }

  /// What refuses a policy on a machine with 4 000 000 kB, of which so many are promised.
  private func commit(
    _ values: [String: String], from former: [String: String] = [:], committed: Int
  ) throws -> Failure? {
    let tree = try FixtureMachine(
      ram: 1_000_000, swap: 0, processes: [FixtureProcess(9, "web", resident: 900)]
    ).with(memory: [
      ("MemTotal", 4_000_000), ("SwapTotal", 0), ("Committed_AS", committed),
      ("VmallocTotal", 34_359_738_367),
    ]).tree()
    let world = try World(root: tree.path, environment: Environment())
    let safety = CommitSafety(Machine(world, options: MachineOptions()), in: world)
    return try #require(safety).refusal(of: values, replacing: former)
  }

  private static let strict = ["vm.overcommit_memory": "2", "vm.overcommit_ratio": "50"]

  @Test(
    "refuses a commit limit that leaves less than it takes to log in",
    arguments: [
      // Half of RAM, of which 256 MiB are kept.
      (strict, 1_737_856, false), (strict, 1_737_857, true),
      (["vm.overcommit_memory": "1", "vm.overcommit_ratio": "50"], 3_000_000, false),
      (["vm.overcommit_memory": "0", "vm.overcommit_ratio": "50"], 3_000_000, false),
      (strict.merging(["vm.admin_reserve_kbytes": "1"]) { $1 }, 1_737_855, false),
      (strict.merging(["vm.admin_reserve_kbytes": "1"]) { $1 }, 1_737_856, true),
      (["vm.overcommit_memory": "2", "vm.overcommit_kbytes": "1000000"], 737_856, false),
      (["vm.overcommit_memory": "2", "vm.overcommit_kbytes": "1000000"], 737_857, true),
      (["vm.overcommit_memory": "2"], 0, true),
    ])
  func limits(values: [String: String], committed: Int, isRefused: Bool) throws {
    #expect(try (commit(values, committed: committed) != nil) == isRefused)
  }

  @Test("takes what is no worse than before where too little is left already")
  func better() throws {
    for (ratio, isRefused) in [("39", true), ("40", false), ("41", false)] {
      var values = Self.strict
      values["vm.overcommit_ratio"] = ratio
      var former = values
      former["vm.overcommit_ratio"] = "40"
      #expect(try (commit(values, from: former, committed: 3_000_000) != nil) == isRefused)
      former["vm.overcommit_memory"] = "0"
      #expect(try commit(values, from: former, committed: 3_000_000) != nil)
    }
    var kept = Self.strict
    kept["vm.admin_reserve_kbytes"] = "1"
    #expect(try commit(kept, from: Self.strict, committed: 3_000_000) != nil)
    #expect(try commit(Self.strict, from: kept, committed: 3_000_000) == nil)
  }

  @Test(
    "names the least ratio that would do, which is taken then",
    arguments: [0, 1_000_000, 2_000_000, 3_000_000])
  func ratio(committed: Int) throws {
    var values = Self.strict
    values["vm.overcommit_ratio"] = "0"
    let advice = try #require(try commit(values, committed: committed)?.advice)
    let words = advice.split(separator: " ")[0].split(separator: "=")
    let least = try #require(Int(words[1]))
    values["vm.overcommit_ratio"] = "\(least)"
    #expect(try commit(values, committed: committed) == nil)
    values["vm.overcommit_ratio"] = "\(least - 1)"
    #expect(try commit(values, committed: committed) != nil)
  }

  @Test("says what is promised, and what would be left")
  func words() throws {
    #expect(
      try commit(Self.strict, committed: 1_900_000)?.message
        == "overcommit_memory 2 would promise at most 1.9 GiB, and 1.8 GiB are promised already: "
        + "98 MiB would be left, less than 256 MiB, and programs that start would fail")
    #expect(
      try commit(Self.strict, committed: 3_000_000)?.message.contains(": 0 bytes would be left")
        == true)
  }
}
