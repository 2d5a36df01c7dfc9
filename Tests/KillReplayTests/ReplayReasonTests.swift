import Badness
import DaemonLog
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("What can't be replayed")
struct ReplayReasonTests {
  private static let report = ComposedReport(
    release: "6.1.0", rows: [.init(7, "big", 90_000), .init(8, "small", 100)])

  private func text(_ kill: KernelLog.Kill) -> String { Replay(of: kill).verdict.text }

  @Test("says that there is no table")
  func noTable() {
    let replay = Replay(of: Self.report.with { $0.rows = [] }.kill(7))
    #expect(replay.verdict.text == "not checkable (no task table)")
    #expect(replay.agrees == nil)
    #expect(replay.victimRank == nil)
    #expect(replay.points.isEmpty)
  }

  @Test("says that the victim's row is missing")
  func noRow() {
    #expect(text(Self.report.kill(99)) == "not checkable (the victim isn't in the task table)")
  }

  @Test("says that the header is missing")
  func noHeader() {
    let kill = Self.report.with { $0.columns = [] }.kill(7)
    #expect(text(kill) == "not checkable (the task table has lost its header)")
  }

  @Test("says that two reports were printed at once")
  func interleaved() {
    var kill = Self.report.kill(7)
    kill.report.isInterleaved = true
    #expect(text(kill) == "not checkable (two reports interleaved, or the end of one is lost)")
  }

  @Test(
    "says that the table isn't of the form that its kernel prints",
    arguments: [
      ("6.5.0", true), ("3.7.0", true), ("3.6.0-rc7", false), ("3.5.2", false), ("3.2.0", false),
      ("2.6.32-573.el6.x86_64", false), ("4.18.0-553.el8.x86_64", true),
    ])
  func contradiction(release: String, isContradictory: Bool) {
    let columns = ["uid", "tgid", "total_vm", "rss", "cpu", "oom_adj", "oom_score_adj", "name"]
    let kill = Self.report.with {
      $0.release = release
      $0.columns = columns
    }.kill(7)
    let words =
      "not checkable (the task table isn't of the form that its kernel prints: some of it is lost)"
    #expect((text(kill) == words) == isContradictory, "\(text(kill))")
  }

  @Test("says that it died along with another, whose ranking it was")
  func follower() {
    let replay = Replay(of: Self.report.kill(8, isFollower: true))
    #expect(
      replay.verdict.text == "not checkable (it wasn't chosen: it died along with another)")
    #expect(replay.victimRank == nil)
    #expect(replay.points.isEmpty)
  }

  @Test("says that whoever asked was killed")
  func allocatingTask() {
    let kill = Self.report.kill(8, message: "Out of memory (oom_kill_allocating_task)")
    #expect(
      text(kill)
        == "not checkable (vm.oom_kill_allocating_task: whoever asked for memory was killed)")
  }

  @Test("says that the victim may have been killed for asking, where the message is lost")
  func perhapsAllocatingTask() {
    var invoker = Invoker()
    invoker.pid = 8
    let report = Self.report.with { $0.invoker = invoker }
    #expect(
      text(report.kill(8, message: ""))
        == "not checkable (the victim itself asked for memory: vm.oom_kill_allocating_task may be set)"
    )
    #expect(text(report.kill(8)) == "mismatch (top is big[7], 89900 pages ahead)")
    // The worst one is killed either way.
    invoker.pid = 7
    #expect(text(Self.report.with { $0.invoker = invoker }.kill(7, message: "")) == "confirmed")
  }

  @Test("names a vendor's constraint")
  func vendor() {
    let kill = Self.report.with { $0.summary = Summary(constraint: "BPF_\u{1B}[2J") }.kill(8)
    #expect(
      text(kill) == "not checkable (chosen by a rule that isn't the kernel's own: BPF_\\x1b[2J)")
  }

  @Test("to 2.6.35 hints at a rank by mapped memory")
  func tooOld() {
    let report = Self.report.with {
      $0.release = "2.6.32.9"
      $0.columns = ComposedReport.legacy
    }
    let replay = Replay(of: report.kill(8))
    #expect(
      replay.verdict.text
        == "not checkable (to 2.6.35 the choice depends on CPU time, age and children, which no table shows)"
    )
    #expect(replay.victimRank == 2)
    #expect(replay.points.isEmpty)
  }

  @Test("names the comparison of unsigned scores in linux-next")
  func unsignedComparison() {
    let report = ComposedReport(
      release: "5.8.0-rc5-next-20200717",
      rows: [
        .init(7, "big", 900_000), .init(8, "bus", 100, adjustment: -900),
        .init(9, "log", 100, adjustment: -500),
      ])
    #expect(
      text(report.kill(9))
        == "not checkable (linux-next of July 2020 compared scores below 0 as if they were huge)")
    #expect(text(report.kill(8)) == "mismatch (top is big[7], 899999 pages ahead)")
    #expect(
      text(report.with { $0.release = "5.8.0-rc5" }.kill(9))
        == "mismatch (top is big[7], 899999 pages ahead)")
  }

  @Test("makes names harmless")
  func names() {
    let report = ComposedReport(
      release: "6.1.0", rows: [.init(7, "\u{1B}[31mbig", 90_000), .init(8, "small", 100)])
    #expect(text(report.kill(8)) == "mismatch (top is \\x1b[31mbig[7], 89900 pages ahead)")
  }

  @Test("isn't brought down by numbers that no kernel prints")
  func hostileNumbers() {
    let huge = Int.max
    var report = ComposedReport(
      release: "6.1.0",
      rows: [
        .init(7, "a", 1, adjustment: huge, swapped: huge), .init(8, "b", 1, adjustment: -huge),
        .init(9, "c", 1, adjustment: 1, swapped: huge),
      ],
      swap: Kibibytes(huge))
    report.rows[0].resident = huge
    report.rows[1].resident = -huge
    report.rows[0].pageTableBytes = huge
    for columns in [ComposedReport.processors, ComposedReport.ptes, ComposedReport.bytes] {
      for cgroup in [nil, CgroupState.second(limit: Kibibytes(huge), swap: nil)] {
        for pid in 7...9 {
          let kill = report.with {
            $0.columns = columns
            $0.cgroup = cgroup
            $0.release = nil
          }
          #expect(!Replay(of: kill.kill(pid, score: huge)).verdict.text.isEmpty)
          #expect(!Replay(of: kill.kill(pid)).verdict.text.isEmpty)
        }
      }
    }
  }

  @Test(
    "takes the kernel's own constraints, and no other",
    arguments: ["NONE", "CPUSET", "MEMORY_POLICY", "MEMCG", "none", "OTHER"])
  func constraints(word: String) {
    let report = Self.report.with { $0.summary = Summary(constraint: word) }
    let isOwn = word == word.uppercased() && word != "OTHER"
    #expect(text(report.kill(7)).hasPrefix("not checkable (chosen by a rule") == !isOwn)
  }

  @Test("gives points where only the choice can't be replayed")
  func points() {
    let replay = Replay(
      of: Self.report.kill(8, message: "Out of memory (oom_kill_allocating_task)"))
    #expect(replay.victimRank == 2)
    #expect(replay.points.map(\.row) == [0, 1])
  }

  @Test("finds nothing strange in a victim that asked, where the kernel says why it was taken")
  func invokers() {
    var invoker = Invoker()
    invoker.pid = 8
    let asking = Self.report.with { $0.invoker = invoker }
    let mismatch = "mismatch (top is big[7], 89900 pages ahead)"
    let perhaps =
      "not checkable (the victim itself asked for memory: vm.oom_kill_allocating_task may be set)"
    #expect(text(asking.kill(8, message: "")) == perhaps)
    #expect(text(asking.kill(8, message: "Out of memory")) == mismatch)
    #expect(text(Self.report.kill(8, message: "")) == mismatch)
    // In a memory cgroup the setting counts for nothing.
    let group = asking.with { $0.summary = .memoryCgroup() }
    #expect(text(group.kill(8, message: "")).hasPrefix("mismatch"))
    let older = asking.with {
      $0.release = "4.15.0"
      $0.columns = ComposedReport.bytes
    }
    #expect(text(older.kill(8, selected: 8, score: 0, message: "")) == mismatch)
    #expect(text(older.kill(8, message: "")) == perhaps)
  }

  @Test(
    "to 2.6.35 counts equals with none before them", arguments: [(7, 1), (8, 2), (9, 2), (10, 4)])
  func mappedRanks(pid: Int, rank: Int) {
    let report = Self.report.with {
      $0.release = "2.6.32"
      $0.columns = ComposedReport.legacy
      $0.rows = [
        .init(7, "a", 90_000), .init(8, "b", 100), .init(9, "c", 100), .init(10, "d", 0),
      ]
      $0.rows[3].totalVM = 1
    }
    #expect(Replay(of: report.kill(pid)).victimRank == rank)
  }
}
