import Badness
import DaemonLog
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("The kernels whose rules a replay tries")
struct ReplayKernelsTests {
  private func kernels(
    _ release: String?, _ columns: [String], change: (inout KernelLog.Kill) -> Void = { _ in }
  ) throws -> ReplayKernels {
    var kill = ComposedReport(release: release, columns: columns, rows: [.init(7, "big", 1)]).kill(
      7)
    change(&kill)
    return ReplayKernels(of: kill, table: try #require(kill.report.tasks))
  }

  @Test(
    "is the one that the report names",
    arguments: [
      ("3.16.0-4-amd64", ComposedReport.ptes), ("4.14.99", ComposedReport.pmds),
      ("5.10.1", ComposedReport.bytes), ("6.18.0-rc2", ComposedReport.kinds),
    ])
  func named(release: String, columns: [String]) throws {
    let kernels = try kernels(release, columns)
    #expect(kernels.isNamed)
    #expect(kernels.candidates == [try #require(KernelVersion(parsing: release))])
  }

  @Test("are all that print such a table where it names none, the newest first")
  func unnamed() throws {
    #expect(
      try kernels(nil, ComposedReport.kinds).candidates == [KernelVersion(6, 8)])
    #expect(
      try kernels(nil, ComposedReport.ptes).candidates
        == [KernelVersion(3, 14), KernelVersion(3, 6)])
    #expect(
      try kernels("unreadable", ComposedReport.bytes).candidates
        == [(5, 9), (5, 3), (4, 17), (4, 15)].map { KernelVersion($0.0, $0.1) })
  }

  @Test("are fewer where other lines tell more")
  func lines() throws {
    let after = try kernels(nil, ComposedReport.bytes) { $0.victim.adjustment = 0 }
    #expect(after.candidates == [KernelVersion(5, 9), KernelVersion(5, 4)])
    let before = try kernels(nil, ComposedReport.bytes) {
      $0.selected = Selection(pid: 7, name: "big", score: 1)
    }
    #expect(before.candidates == [KernelVersion(4, 17), KernelVersion(4, 15)])
  }

  @Test("are those of the form where a distributor carried it back under an old number")
  func carriedBack() throws {
    let rhel8 = try kernels("4.18.0-553.el8_10.x86_64", ComposedReport.bytes) {
      $0.report.summary = Summary(constraint: "NONE")
      $0.victim.pageTables = 4
    }
    #expect(!rhel8.isNamed)
    #expect(rhel8.candidates == [KernelVersion(5, 4), KernelVersion(5, 9)])
    let rhel6 = try kernels("2.6.32-754.el6.x86_64", ComposedReport.processors)
    #expect(rhel6.candidates.first == KernelVersion(2, 6, 36))
    #expect(rhel6.candidates.last == KernelVersion(3, 5))
    let rhel7 = try kernels("3.10.0-1160.el7.x86_64", ComposedReport.ptes)
    #expect(rhel7.candidates == [(3, 10), (3, 6), (3, 14)].map { KernelVersion($0.0, $0.1) })
  }

  @Test("is one more in the series whose late updates changed the bonus")
  func lateUpdates() throws {
    #expect(
      try kernels("3.13.0-43-generic", ComposedReport.ptes).candidates
        == [KernelVersion(3, 13), KernelVersion(3, 14)])
    #expect(try kernels("3.11.10", ComposedReport.ptes).candidates == [KernelVersion(3, 11, 10)])
  }

  @Test("go by the table where lines contradict each other")
  func contradiction() throws {
    let kernels = try kernels(nil, ComposedReport.pmds) { $0.victim.adjustment = 0 }
    #expect(kernels.candidates.last == KernelVersion(4, 0))
  }

  @Test("go up from the form's oldest for an older release, and down for a newer one")
  func otherReleases() throws {
    let (older, newer) = (KernelVersion(3, 6), KernelVersion(3, 14))
    for (release, candidates) in [
      ("3.5.99", [older, newer]), ("4.0.0", [newer, older]), ("5.10.0", [newer, older]),
    ] {
      let kernels = try kernels(release, ComposedReport.ptes)
      #expect(kernels.candidates == candidates)
      #expect(!kernels.isNamed)
    }
    #expect(try kernels("3.6.0", ComposedReport.ptes).isNamed)
    #expect(try kernels("3.19.8", ComposedReport.ptes).isNamed)
  }

  @Test(
    "are more for the releases of some distributors, and late updates",
    arguments: [
      ("3.10.1", true), ("3.11.1", false), ("3.12.1", true), ("3.13.1", true), ("3.9.1", false),
      ("3.16.0", false), ("3.11.1-default", true), ("3.11.1.el7", true), ("3.11.1-generic", false),
    ])
  func others(release: String, hasOthers: Bool) throws {
    let candidates = try kernels(release, ComposedReport.ptes).candidates
    #expect(candidates.first == KernelVersion(parsing: release))
    #expect(candidates.dropFirst().contains(KernelVersion(3, 14)) == hasOthers)
  }

  @Test("don't follow 3.14 in another series of that minor number")
  func otherSeries() throws {
    #expect(try kernels("4.12.0", ComposedReport.pmds).candidates == [KernelVersion(4, 12)])
    #expect(try kernels("4.10.0", ComposedReport.pmds).candidates == [KernelVersion(4, 10)])
  }

  private func range(
    _ columns: [String], change: (inout KernelLog.Kill) -> Void = { _ in }
  ) throws -> Range<KernelVersion> {
    var kill = ComposedReport(columns: columns, rows: [.init(7, "big", 1)]).kill(7)
    change(&kill)
    return ReplayForm(of: kill, table: try #require(kill.report.tasks)).range
  }

  @Test("print tables of one form each")
  func forms() throws {
    for (columns, first, next) in [
      (ComposedReport.legacy, KernelVersion(2, 6, 25), KernelVersion(2, 6, 36)),
      (ComposedReport.processors, .init(2, 6, 36), .init(3, 6)),
      (ComposedReport.ptes, .init(3, 6), .init(4, 0)),
      (ComposedReport.pmds, .init(4, 0), .init(4, 15)),
      (ComposedReport.bytes, .init(4, 15), .init(6, 8)),
      (ComposedReport.kinds, .init(6, 8), .init(.max, 0)),
    ] {
      #expect(try range(columns) == first..<next)
    }
  }

  @Test("print lines of one form each")
  func lineForms() throws {
    let selected: (inout KernelLog.Kill) -> Void = {
      $0.selected = Selection(pid: 7, name: "big", score: 1)
    }
    let summary: (inout KernelLog.Kill) -> Void = {
      $0.report.summary = Summary(constraint: "NONE")
    }
    let bytes = ComposedReport.bytes
    #expect(try range(bytes, change: selected) == KernelVersion(4, 15)..<KernelVersion(5, 1))
    #expect(try range(bytes, change: summary) == KernelVersion(5, 1)..<KernelVersion(6, 8))
    #expect(
      try range(bytes) {
        selected(&$0)
        summary(&$0)
      } == KernelVersion(5, 0)..<KernelVersion(5, 1))
    let tables = try range(bytes) { $0.victim.pageTables = 4 }
    #expect(tables == KernelVersion(5, 4)..<KernelVersion(6, 8))
    let adjustment = try range(bytes) { $0.victim.adjustment = 4 }
    #expect(adjustment == tables)
    #expect(
      try range(bytes) {
        selected(&$0)
        $0.victim.adjustment = 4
      } == KernelVersion(4, 15)..<KernelVersion(6, 8))
  }
}
