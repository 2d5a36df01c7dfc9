import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Settings
@testable import oomctl

@Suite("A setting")
struct TuneSettingTests {
  @Test(
    "is set and read back",
    arguments: [
      (["swappiness=10"], ["vm.swappiness 60 -> 10 done"]),
      (["vm/swappiness=0x0a"], ["vm.swappiness 60 -> 10 done"]),
      (["swappiness= 10 "], ["vm.swappiness 60 -> 10 done"]),
      (["swappiness=60"], ["vm.swappiness 60 -> 60 unchanged"]),
      (["swappiness=074"], ["vm.swappiness 60 -> 60 unchanged"]),
      (["kernel.panic=-1"], ["kernel.panic 0 -> -1 done"]),
      (
        ["lowmem_reserve_ratio=256 128"],
        ["vm.lowmem_reserve_ratio 256 256 32 0 -> 256 128 32 0 done"]
      ),
      (
        ["lowmem_reserve_ratio=1\n2\t3"],
        ["vm.lowmem_reserve_ratio 256 256 32 0 -> 1 2 3 0 done"]
      ),
      (["overcommit_ratio=80"], ["vm.overcommit_ratio 50 -> 80 done"]),
      (["--profile", "heuristic"], ["vm.overcommit_memory 0 -> 0 unchanged"]),
      (
        ["--profile=always", "swappiness=1"],
        [
          "vm.overcommit_memory 0 -> 1 done", "vm.swappiness 60 -> 1 done",
        ]
      ),
    ])
  func values(words: [String], expected: [String]) throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    let plan = run(["tune", "--dry-run", "--json"] + words, on: tree)
    #expect(try plan.tunings == expected.map(Self.planned))
    #expect(plan.errors.isEmpty && plan.status == .done)
    #expect(try tree.contents() == before)
    let result = run(["tune", "--json"] + words, on: tree)
    #expect(try result.tunings == expected)
    #expect(result.errors.isEmpty && result.status == .done)
    for row in expected {
      let words = row.split(separator: " ")
      let arrow = try #require(words.firstIndex(of: "->"))
      let value = words[(arrow + 1)...].dropLast().joined(separator: " ")
      #expect(try tree.setting(String(words[0])) == value)
    }
  }

  private static func planned(_ row: String) -> String {
    row.hasSuffix(" done") ? row.dropLast("done".utf8.count) + "planned" : row
  }

  @Test(
    "comes at its turn: no step is worse than what was before",
    arguments: [
      (
        ["overcommit_memory=2", "overcommit_ratio=80"], [:],
        ["vm.overcommit_ratio 50 -> 80 done", "vm.overcommit_memory 0 -> 2 done"]
      ),
      (
        ["overcommit_memory=0x2", "overcommit_ratio=80"], [:],
        ["vm.overcommit_ratio 50 -> 80 done", "vm.overcommit_memory 0 -> 2 done"]
      ),
      (
        ["--profile", "strict=70%"], [:],
        ["vm.overcommit_ratio 50 -> 70 done", "vm.overcommit_memory 0 -> 2 done"]
      ),
      (
        ["overcommit_ratio=10", "overcommit_memory=0"], ["vm.overcommit_memory": "2"],
        ["vm.overcommit_memory 2 -> 0 done", "vm.overcommit_ratio 50 -> 10 done"]
      ),
      (
        ["overcommit_ratio=10", "overcommit_memory=01"], ["vm.overcommit_memory": "2"],
        ["vm.overcommit_memory 2 -> 1 done", "vm.overcommit_ratio 50 -> 10 done"]
      ),
      (
        ["panic_on_oom=1", "kernel.panic=10"], [:],
        ["kernel.panic 0 -> 10 done", "vm.panic_on_oom 0 -> 1 done"]
      ),
      (
        ["kernel.panic=0", "panic_on_oom=0"], ["kernel.panic": "10", "vm.panic_on_oom": "1"],
        ["vm.panic_on_oom 1 -> 0 done", "kernel.panic 10 -> 0 done"]
      ),
    ] as [([String], KeyValuePairs<String, String>, [String])])
  func order(words: [String], settings: KeyValuePairs<String, String>, expected: [String]) throws {
    let tree = try FixtureMachine.tuned.with(settings: settings).tree()
    #expect(try run(["tune", "--json"] + words, on: tree).tunings == expected)
    // And back the other way.
    let undo = run(["undo", "--json"], on: tree)
    #expect(
      try undo.tunings.map { $0.split(separator: " ")[0] }
        == expected.reversed().map { $0.split(separator: " ")[0] })
  }

  @Test(
    "of a pair makes the other one 0",
    arguments: [
      ("overcommit_kbytes=2000000", ("50", "0"), ("0", "2000000")),
      ("overcommit_ratio=80", ("0", "2000000"), ("80", "0")),
      ("overcommit_ratio=80", ("50", "0"), ("80", "0")),
      ("overcommit_kbytes=0", ("0", "2000000"), ("0", "0")),
    ])
  func pair(word: String, old: (String, String), new: (String, String)) throws {
    let tree = try FixtureMachine.tuned.with(settings: [
      "vm.overcommit_ratio": old.0, "vm.overcommit_kbytes": old.1,
    ]).tree()
    let result = run(["tune", word, "--json"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(try result.rows.count == (old.0 == new.0 || old.1 == new.1 ? 1 : 2))
    #expect(try tree.setting("vm.overcommit_ratio") == new.0)
    #expect(try tree.setting("vm.overcommit_kbytes") == new.1)
    // One call of the journal takes both back.
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.setting("vm.overcommit_ratio") == old.0)
    #expect(try tree.setting("vm.overcommit_kbytes") == old.1)
  }

  @Test(
    "that the kernel would refuse is refused before anything is written",
    arguments: [
      ("swappiness=201", "6.1.0", "201 is above 200, the most that Linux 6.1.0 accepts"),
      ("swappiness=101", "5.7.0", "101 is above 100, the most that Linux 5.7.0 accepts"),
      ("swappiness=-1", "6.1.0", "-1 is below 0, the least that Linux 6.1.0 accepts"),
      ("swappiness=", "6.1.0", "expected a number"),
      ("swappiness=1 2", "6.1.0", "expected one number, not 2"),
      ("watermark_scale_factor=0", "6.1.0", "0 is below 1, the least that Linux 6.1.0 accepts"),
      ("overcommit_memory=3", "6.1.0", "3 is above 2, the most that Linux 6.1.0 accepts"),
      ("overcommit_kbytes=-1", "6.1.0", "must not be negative"),
      (
        "overcommit_kbytes=1", "3.13.0", "Linux 3.13.0 has no such setting (it came with 3.14)"
      ),
      (
        "lowmem_reserve_ratio=1 2 3 4 5", "6.1.0", "expected at most 4 numbers, not 5"
      ),
    ])
  func outOfRange(word: String, kernel: String, problem: String) throws {
    let tree = try FixtureMachine.tuned.with { $0.kernel = kernel }.tree()
    let before = try tree.contents()
    for words in [[word, "panic_on_oom=1"], [word, "--force"], [word, "--dry-run"]] {
      let result = run(["tune"] + words, on: tree)
      #expect(result.output.isEmpty && result.status == .usage)
      #expect(result.errors.contains("=") && result.errors.hasSuffix(": \(Self.short(problem))\n"))
      #expect(try tree.contents() == before)
    }
  }

  /// Versions drop a last zero.
  private static func short(_ problem: String) -> String {
    ["6.1", "5.7", "3.13"].reduce(problem) { text, version in
      text.split(separator: "\(version).0", omittingEmptySubsequences: false)
        .joined(separator: version)
    }
  }

  @Test("whose file isn't there is refused in clear words")
  func missing() throws {
    let tree = try FixtureMachine.tuned.tree()
    tree.remove("proc/sys/vm/swappiness")
    let before = try tree.contents()
    let result = run(["tune", "panic_on_oom=1", "swappiness=10"], on: tree)
    #expect(result.errors.hasPrefix("oomctl: vm.swappiness: this kernel has no such setting ("))
    #expect(result.output.isEmpty && result.status == .failed)
    #expect(try tree.contents() == before)
  }

  @Test(
    "is a matter of right words",
    arguments: [
      (["swappiness=1", "panic_on_oom"], "'vm.panic_on_oom' has no value, though others have"),
      (["swappiness=1", "vm/swappiness=2"], "a setting is given twice"),
      (["overcommit_memory=1", "--profile=always"], "a setting is given twice"),
      (["swappiness=1", "--runtime", "--persist"], "--runtime and --persist exclude each other"),
      (["--persist"], "--persist and --confirm need a setting with its value"),
      (
        ["swappiness", "--confirm", "60s"], "--persist and --confirm need a setting with its value"
      ),
      (["--keep", "--revert"], "--keep, --revert, --check and values exclude each other"),
      (["--check", "swappiness=1"], "--keep, --revert, --check and values exclude each other"),
      (["--keep", "swappiness"], "--keep and --revert take no setting"),
      (
        ["overcommit_ratio=80", "overcommit_kbytes=0"],
        "'vm.overcommit_ratio' and 'vm.overcommit_kbytes' exclude each other: each sets the other to 0"
      ),
    ])
  func wrongWords(words: [String], message: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    let result = run(["tune"] + words, on: tree)
    #expect(result.errors == "oomctl: \(message)\nTry 'oomctl tune --help'.\n")
    #expect(result.output.isEmpty && result.status == .usage)
    #expect(try tree.contents() == before)
  }

  @Test("can't be tried on a captured tree", arguments: ["--keep", "--revert", "--confirm=60s"])
  func trial(word: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    let words = word.hasPrefix("--confirm") ? [word, "swappiness=1"] : [word]
    let result = run(["tune"] + words, on: tree)
    #expect(result.errors.hasPrefix("oomctl: on a captured tree nothing "))
    #expect(result.status == .failed)
    #expect(try tree.contents() == before)
  }

  @Test(
    "waits for a second to an hour",
    arguments: [
      ("1s", 1), ("60", 60), ("60s", 60), ("5m", 300), ("1h", 3600), ("3600", 3600), ("0", nil),
      ("0s", nil), ("3601", nil), ("2h", nil), ("", nil), ("s", nil), ("-1", nil), ("1d", nil),
      ("99999999999999999999", nil), ("1 s", nil), ("1ss", nil), ("٣", nil),
    ] as [(String, Int?)])
  func duration(text: String, seconds: Int?) {
    #expect(Duration(argument: text)?.seconds == seconds)
  }
}
