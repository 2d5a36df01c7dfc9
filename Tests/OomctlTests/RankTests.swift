import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The ranking")
struct RankTests {
  @Test("shows the first victims, and counts what it leaves out")
  func screen() throws {
    let rank = try run(["rank", "-n", "3"], on: FixtureMachine.server.tree())
    #expect(rank.errors.isEmpty)
    #expect(try rank.output == expectedText("rank.txt", recording: rank.output))
  }

  @Test("shows as many as asked for", arguments: [1, 2, 5, 6, 100])
  func count(count: Int) throws {
    let rank = try run(["rank", "-n", "\(count)", "--json"], on: FixtureMachine.server.tree())
    let order = [1300, 1200, 1501, 1500, 1400, 900]
    #expect(try rank.numbers == Array(order.prefix(count)))
    #expect(try rank.processes.map { try $0["rank"].integer } == Array(1...min(count, 6)))
  }

  @Test(
    "leaves out kernel threads, init and what is exempt, and says so",
    arguments: [(1, "systemd[1]"), (2, "kthreadd[2]"), (30, "kswapd0[30]"), (400, "sshd[400]")])
  func exempt(id: Int, label: String) throws {
    let rank = try run(["rank", "\(id)"], on: FixtureMachine.server.tree())
    #expect(
      rank.errors == """
        oomctl: the kernel can't kill \(label): it has no rank
        Try 'oomctl explain \(id)'.

        """)
    #expect(rank.status == .failed)
  }

  @Test(
    "keeps the ranks among all when only some are shown",
    arguments: [
      (["java"], [2]), (["--user", "alice"], [3, 4, 5]), (["--unit", "postgresql"], [6]),
      (["--user", "alice", "-n", "1"], [3]), (["1400", "1300"], [1, 5]),
    ])
  func ranksOfSome(words: [String], ranks: [Int]) throws {
    let rank = try run(["rank", "--json"] + words, on: FixtureMachine.server.tree())
    #expect(try rank.processes.map { try $0["rank"].integer } == ranks)
  }

  @Test("sorts its rows without renumbering them")
  func sortedRows() throws {
    let words = ["rank", "-n", "3", "--sort", "-rss", "-o", "name", "--no-headings"]
    #expect(try run(words, on: FixtureMachine.server.tree()).lines.map(\.first) == ["2", "3", "1"])
  }

  @Test(
    "puts the younger of two equals first from 5.3 on, before the older",
    arguments: [
      ("3.10.0", [50, 60]), ("4.8.0", [60, 50]), ("4.19.0", [50, 60]), ("5.4.0", [60, 50]),
      ("6.1.0", [60, 50]),
    ])
  func ties(kernel: String, order: [Int]) throws {
    let machine = FixtureMachine(
      kernel: kernel,
      processes: [
        .kernelThread(2, "kthreadd"),
        FixtureProcess(50, "older", resident: 9_000).with { $0.startTicks = 500 },
        FixtureProcess(60, "younger", resident: 9_000).with { $0.startTicks = 600 },
      ])
    #expect(try run(["rank", "--json"], on: machine.tree()).numbers == order)
  }

  @Test("gives the kernel's own scores the last word", arguments: [[], ["java"]])
  func ownScores(words: [String]) throws {
    let machine = FixtureMachine.server.with { $0[1200].score = 3 }
    let rank = try run(["rank", "--json"] + words, on: machine.tree())
    let java = try #require(try rank.processes.first { try $0["pid"] == 1200 })
    #expect(try java["rank"] == 6)
  }

  @Test("puts the bigger of two equal scores first, whatever their numbers")
  func equalScores() throws {
    let machine = FixtureMachine(processes: [
      FixtureProcess(50, "small", resident: 100), FixtureProcess(60, "big", resident: 300),
      FixtureProcess(70, "middle", resident: 200),
    ])
    let rank = try run(["rank", "--json"], on: machine.tree())
    #expect(try rank.processes.map { try $0["oom_score"] } == [666, 666, 666])
    #expect(try rank.numbers == [60, 70, 50])
  }

  @Test("is exact among more equals than it reads whole")
  func manyEquals() throws {
    let processes = (100..<400).map { FixtureProcess($0, "p\($0)", resident: 10 + $0 * 7 % 400) }
    var machine = FixtureMachine(processes: processes)
    machine.omitted = ["cmdline", "exe", "cgroup", "oom_adj"]
    let biggest = processes.sorted {
      ($0.memory?.resident ?? 0, $0.id) > ($1.memory?.resident ?? 0, $1.id)
    }
    let rank = try run(["rank", "-n", "20", "--json"], on: machine.tree())
    #expect(try rank.numbers == biggest.prefix(20).map(\.id))
  }

  @Test(
    "says how many more tie with the last one shown",
    arguments: [
      (12, "2 more tie at 666."), (30, "20 more tie at 666."),
    ])
  func tieRemark(count: Int, remark: String) throws {
    let machine = FixtureMachine(
      processes: (100..<(100 + count)).map { FixtureProcess($0, "p", resident: 10) })
    let line = try #require(try run(["rank"], on: machine.tree()).lines.last)
    #expect(line == remark)
  }

  @Test(
    "marks what ranks so high because of its adjustment, however much is shown",
    arguments: [
      ["-n", "1"], ["-n", "2"], ["-n", "5"], ["-n", "100"], ["-n", "100", "-o", "pid,name"],
      ["fluentd", "java"], ["--kernel", "6.12"],
    ])
  func star(words: [String]) throws {
    let rank = try run(["rank"] + words, on: FixtureMachine.server.tree())
    let isMarked = ["fluentd": true, "Web Content": true, "java": false, "firefox": false]
    for line in rank.lines {
      guard let (_, expected) = isMarked.first(where: { line.contains($0.key) }) else { continue }
      #expect(line.hasSuffix(" *") == expected)
    }
    #expect(
      rank.lines.last == "* ranks this high because of its adjustment (without it: 4th).")
  }

  @Test(
    "marks by another kernel's rule, too, and nothing where adjustments only multiply",
    arguments: [("3.10", true), ("3.4", true), ("2.6.32", false)])
  func otherStar(kernel: String, hasStar: Bool) throws {
    let rank = try run(["rank", "--kernel", kernel], on: FixtureMachine.server.tree())
    #expect(rank.lines.contains { $0.hasSuffix("fluentd *") } == hasStar)
  }

  @Test("marks the same where scores tie, whoever is shown", arguments: [1, 2, 3, 100])
  func coarseStar(count: Int) throws {
    // Sizes differ by far less than a step of the score does, and an adjustment of 1 is about one.
    var processes = (100..<140).map { FixtureProcess($0, "plain", resident: 10 + $0) }
    for index in [5, 25] { processes[index].adjustment = 5 }
    processes[5].name = Array("raised".utf8)
    processes[25].name = Array("raised".utf8)
    let rank = try run(
      ["rank", "-n", "\(count)"], on: FixtureMachine(processes: processes).tree())
    let rows = rank.lines.filter { $0.contains("raised") }
    #expect(rows.count == min(count, 2))
    #expect(rows.allSatisfy { $0.hasSuffix(" *") })
    #expect(
      rank.lines.last == "* ranks this high because of its adjustment (without it: 2nd to 40th).")
  }

  @Test(
    "shows what it orders by",
    arguments: [
      ("6.1.0", [] as [String], "SCORE"), ("6.1.0", ["--kernel", "6.12"], "SCORE"),
      ("6.1.0", ["--kernel", "3.10"], "PREDICTED"), ("6.1.0", ["--rule", "2.6.36"], "PREDICTED"),
      ("2.6.32", [], "SCORE"), ("2.6.10", [], "BADNESS"),
      ("6.1.0", ["--kernel", "2.4.18"], "BADNESS"),
    ])
  func measure(kernel: String, words: [String], title: String) throws {
    let rank = try run(
      ["rank"] + words, on: FixtureMachine.server.with { $0.kernel = kernel }.tree())
    #expect(rank.lines.first?.split(separator: " ").dropFirst(3).first == title[...])
  }

  @Test(
    "follows the rule of another kernel",
    arguments: [
      (["--kernel", "3.4"], [1300, 1200, 1501, 1500, 900, 1400], "per_mille"),
      (["--kernel", "2.6.20"], [1501, 1200, 1300, 1500, 1400, 900], "points"),
      (["--rule", "3.5"], [1300, 1200, 1501, 1500, 1400, 900], "pages"),
      (["--kernel", "2.4.18"], [1200, 1500, 900, 1501, 1400, 1300], "points"),
    ])
  func otherRule(words: [String], order: [Int], unit: String) throws {
    let rank = try run(["rank", "-n", "6", "--json"] + words, on: FixtureMachine.server.tree())
    #expect(try rank.numbers == order)
    #expect(try rank.processes.allSatisfy { try $0["badness_unit"] == .text(unit) })
  }
}
