import Badness
import KernelLog

/// By which kernels' rules a report is replayed.
struct ReplayKernels: Equatable, Sendable {
  /// The likeliest in front; each represents all with the same rules.
  let candidates: [KernelVersion]
  /// True where the report itself names the first of them.
  let isNamed: Bool

  /// Goes by the release where it can have printed what is there.
  ///
  /// Distributors carry rules and formats back under old numbers: then all rules are tried that go with
  /// the form of what was printed.
  init(of kill: KernelLog.Kill, table: TaskTable) {
    let form = ReplayForm(of: kill, table: table)
    let fitting = form.kernels
    guard let release = kill.report.release, let kernel = KernelVersion(parsing: release) else {
      // Of those that hide parts RHEL 6 is the commonest, whose 2.6.32 took over 2.6.36's rules.
      (candidates, isNamed) = (table.hidesParts ? fitting : fitting.reversed(), false)
      return
    }
    guard form.range.contains(kernel) else {
      let isNewer = kernel >= form.range.upperBound
      (candidates, isNamed) = (isNewer ? fitting.reversed() : fitting, false)
      return
    }
    let others = Self.isPatched(release) ? fitting : fitting.filter { kernel.mayFollow($0) }
    candidates = [kernel] + others
    isNamed = true
  }

  /// True for a distributor's kernel that is known for rules newer than its number.
  private static func isPatched(_ release: String) -> Bool {
    release.holds(".el") || release.holds("-default")
  }
}

extension KernelVersion {
  /// Late updates of these series took root's bonus from 3.14.
  fileprivate func mayFollow(_ other: KernelVersion) -> Bool {
    other == KernelVersion(3, 14) && major == 3 && [10, 12, 13].contains(minor)
  }
}

/// The kernels that print a table and lines of this form.
struct ReplayForm {
  let range: Range<KernelVersion>
  /// True where some lines are of kernels that don't print the others.
  private let isContradictory: Bool

  private static let never = KernelVersion(.max, 0)

  init(of kill: KernelLog.Kill, table: TaskTable) {
    let columns = Self.range(of: table.columns)
    var first = columns.lowerBound
    var next = columns.upperBound
    if kill.selected != nil { next = min(next, KernelVersion(5, 1)) }
    if kill.report.summary != nil {
      first = max(first, kill.selected == nil ? KernelVersion(5, 1) : KernelVersion(5, 0))
    }
    if kill.victim.pageTables != nil || kill.victim.adjustment != nil {
      first = max(first, KernelVersion(5, 4))
    }
    range = first < next ? first..<next : columns
    isContradictory = first >= next
  }

  /// True where no kernel of that release prints this: formats are carried back to older kernels, but none is
  /// taken back. A version's own development kernels may print what the one before did.
  func contradicts(_ release: String?) -> Bool {
    guard let kernel = release.flatMap({ KernelVersion(parsing: $0) }) else {
      return isContradictory
    }
    let isNewer =
      kernel > range.upperBound
      && (kernel.major, kernel.minor) != (range.upperBound.major, range.upperBound.minor)
    return isContradictory || isNewer
  }

  /// `dump_tasks` in `mm/oom_kill.c`.
  private static func range(of columns: [String]) -> Range<KernelVersion> {
    if columns.contains("rss_anon") { return KernelVersion(6, 8)..<never }
    if columns.contains("pgtables_bytes") { return KernelVersion(4, 15)..<KernelVersion(6, 8) }
    if columns.contains("nr_pmds") { return KernelVersion(4, 0)..<KernelVersion(4, 15) }
    if columns.contains("nr_ptes") { return KernelVersion(3, 6)..<KernelVersion(4, 0) }
    if columns.contains("oom_score_adj") { return KernelVersion(2, 6, 36)..<KernelVersion(3, 6) }
    return KernelVersion(2, 6, 25)..<KernelVersion(2, 6, 36)
  }

  /// One for each pair of rules in the range, the oldest in front.
  var kernels: [KernelVersion] {
    let later = (ScoringRule.history.map(\.since) + SelectionRule.told.map(\.since))
      .filter { $0 > range.lowerBound && $0 < range.upperBound }.sorted()
    return later.reduce(into: [range.lowerBound]) { kernels, kernel in
      if kernels.last != kernel { kernels.append(kernel) }
    }
  }
}

extension SelectionRule {
  /// Those that choose otherwise than the one before, by what a log tells: who caused a shortage it doesn't.
  fileprivate static var told: [SelectionRule] {
    history.prefix(1) + zip(history, history.dropFirst()).filter { !$0.choosesLike($1) }.map(\.1)
  }

  private func choosesLike(_ other: SelectionRule) -> Bool {
    (walks, ties, takesZero) == (other.walks, other.ties, other.takesZero)
      && (initIsCandidate, sparesDisabled) == (other.initIsCandidate, other.sparesDisabled)
  }
}
