import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// Shortages that end without a kill, and the numbers that they share with kills.
@Suite struct IncidentTests {
  private static let table = [
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[    300]     0   300    90000    80000    180224        0         -1000 database",
    "[    301]     0   301    90000     5000    180224        0         -1000 sshd",
  ]
  private static let invocation =
    "nginx invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0"

  private static func log(_ lines: [String], at start: Int = 100) -> String {
    lines.enumerated().map { "[  \(start).00000\($0)] \($1)\n" }.joined()
  }

  private static let unkillable = log(
    [invocation] + table + ["Out of memory and no killable processes..."])
  private static let panic = log(
    [invocation] + table + [
      "Kernel panic - not syncing: System is deadlocked on memory"
    ], at: 200)
  private static let kill = log(
    [
      "Out of memory: Killed process 7 (redis) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB"
    ],
    at: 300)

  private func history(_ words: [String], of log: String) throws -> Run {
    let tree = try FixtureTree(["log": .init(stringLiteral: log)])
    return run(
      ["history", "--color", "never"] + words.map { $0 == "LOG" ? tree.path + "/log" : $0 },
      in: HistoryTests.environment)
  }

  @Test func `are rows of the list, with numbers`() throws {
    let screen = try history(["LOG"], of: Self.unkillable + Self.panic + Self.kill).output
    let rows = screen.split(separator: "\n").prefix(4).map { $0.split(separator: " ").prefix(4) }
    #expect(
      rows.dropFirst().map { $0.joined(separator: " ") } == [
        "1 [300.000000] redis[7] 4.0K", "2 [200.000005] (kernel panic)",
        "3 [100.000005] (nobody could",
      ])
  }

  @Test func `tell who held the memory, and why nobody died`() throws {
    for (log, head) in [
      (Self.unkillable, "Out of memory and no killable processes"),
      (Self.panic, "Kernel panic (System is deadlocked on memory)"),
    ] {
      let story = try history(["show", "1", "LOG"], of: log).output
      #expect(story.hasPrefix(head))
      let words = story.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
      #expect(
        words.contains(
          "all 2 processes of the table, with 332 MiB in RAM and swap, are at oom_score_adj -1000"))
      #expect(words.contains("Asked by nginx"))
      #expect(words.contains("300 0 313M 0 -1000 - "))
    }
  }

  @Test func `are told apart from a machine that was told to panic`() throws {
    let words = "Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled"
    let story = try history(["show", "LOG"], of: Self.log([Self.invocation, words])).output
    #expect(story.contains("vm.panic_on_oom is set"))
  }

  @Test func `have numbers in JSON, and fail the check`() throws {
    let run = try history(["--json", "--check", "-n", "9", "LOG"], of: Self.panic + Self.kill)
    #expect(try run.json["kills"].elements.map { try $0["number"].integer } == [1])
    let incident = try #require(try run.json["incidents"].elements.first)
    #expect(try incident["number"].integer == 2)
    #expect(try incident["outcome"].string == "panic")
    #expect(try incident["words"].string == "System is deadlocked on memory")
    #expect(try incident["unkillable"]["processes"].integer == 2)
    #expect(try incident["invoker"]["name"].string == "nginx")
    for log in [Self.unkillable, Self.panic, Self.log([Self.invocation])] {
      #expect(try history(["--check", "LOG"], of: log).status == .failed)
    }
    #expect(try history(["--check", "LOG"], of: "[    1.000000] nothing\n").status == .done)
  }
}

/// What names one kill means the same in each list of the same logs.
@Suite struct StoryNumberTests {
  private static let names = ["redis", "python3", "redis", "java"]
  private static let log = names.enumerated().map { index, name in
    "[  \(index + 1)00.000000] Out of memory: Killed process \(700 + index) (\(name)) total-vm:8kB, "
      + "anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0\n"
  }.joined()

  private func history(_ words: [String], of log: String = log) throws -> Run {
    let tree = try FixtureTree(["log": .init(stringLiteral: log)])
    return run(
      ["history", "--color", "never"] + words + [tree.path + "/log"], in: HistoryTests.environment)
  }

  @Test func `numbers don't move with what is asked for`() throws {
    let rows = try history(["--name", "redis", "--no-headings"]).output.split(separator: "\n")
    #expect(
      rows.prefix(2).map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
        "2 [300.000000] redis[702]", "4 [100.000000] redis[700]",
      ])
    let hint = try history(["--name", "redis"]).output
    #expect(hint.contains("oomctl history show 2 /"))
  }

  @Test(
    arguments: [
      (["show", "1"], "java[703]"), (["show", "4"], "redis[700]"), (["1"], "java[703]"),
      (["2"], "redis[702]"), (["last"], "java[703]"), (["show", "last"], "java[703]"),
      (["show"], "java[703]"), (["show", "redis"], "redis[702]"),
      (["show", "python3"], "python3[701]"),
      (["show", "701"], "python3[701]"), (["701"], "python3[701]"),
    ])
  func `a number, a name or a process's number is what is told`(words: [String], label: String)
    throws
  {
    #expect(try history(words).output.hasPrefix("\(label) killed"))
  }

  @Test(
    arguments: [
      (["show", "5"], "there is no kill 5: 4 kills were found"),
      (["show", "nginx"], "no kill of 'nginx' was found"),
      (["show", "0"], "kills are numbered from 1"),
    ])
  func `what isn't there is said, with the command that lists them`(words: [String], error: String)
    throws
  {
    let run = try history(words)
    #expect(run.errors.contains(error), "\(run.errors)")
    #expect(run.status != .done)
  }

  @Test func `those that die together are one row`() throws {
    let log =
      Self.log
      + "[  900.000000] Memory cgroup out of memory: Killed process 9 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n"
      + "[  900.000001] Tasks in /a are going to be killed due to memory.oom.group set\n"
      + "[  900.000002] Memory cgroup out of memory: Killed process 9 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n"
      + "[  900.000003] Memory cgroup out of memory: Killed process 10 (b) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n"
      + "[  900.000004] Memory cgroup out of memory: Killed process 11 (c) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n"
    let rows = try history(["--no-headings"], of: log).output.split(separator: "\n")
    #expect(
      rows.prefix(2).map { $0.split(separator: " ").prefix(4).joined(separator: " ") } == [
        "1 [900.000000] a[9] +2", "2 [400.000000] java[703] 4.0K",
      ])
    let story = try history(["show", "1"], of: log).output
    #expect(story.contains("b[10], c[11]"))
  }

  @Test func `several machines' logs have a column for them`() throws {
    let line =
      "kernel: Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB"
    let log = "Nov 19 10:00:00 one \(line)\nNov 19 10:00:00 two \(line)\n"
    let rows = try history([], of: log).output.split(separator: "\n")
    #expect(rows[0].contains("HOST"))
    #expect(Set(rows[1...2].map { $0.split(separator: " ")[3] }) == ["one", "two"])
  }
}
