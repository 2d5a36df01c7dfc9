import Core
import KernelLog
import KillReplay
import LogLines
import LogSources

/// Picks from what logs tell what was asked for, each kill once.
struct HistorySearch {
  var filter = HistoryFilter()
  /// The number of kills that are kept, the latest; `nil` for all.
  var most: Int?
  /// True where whole reports are kept, and not only what a line of the list needs.
  var keepsReports = false
  /// True where of each report all but the table's rows is kept.
  var keepsMemory = false
  private(set) var findings = HistoryFindings()
  /// Kernel's kill lines of this machine's present boot; what its counter is compared with.
  private(set) var countSinceBoot = 0

  /// The logs that can contradict kills in logs that every user can write to; `nil` while logs that
  /// could confirm them come later.
  var witnesses: LogWitnesses?
  /// Kills of such logs for which that is so, by their numbers.
  private var unvouched: [Int: Unvouched] = [:]

  private struct Unvouched {
    let stamp: Stamp
    let time: LogTime
    let source: LogSource
    let isOfThisBoot: Bool
  }

  /// Every user can write as many as there is room for; those beyond are as if no log could confirm them.
  private static let mostUnvouched = 4096

  private let boot: LogClock.Boot?
  private var index: KillIndex?
  private var daemons = DaemonKillIndex()
  /// Those found in the last minutes of a log: what comes after may be about them.
  private var recent: [(pid: Int, seconds: Int?)] = []
  private var suppressed: [Int: Int] = [:]

  /// `boot` is this machine's, where its own logs are read; with several sources a kill can be in each.
  init(boot: LogClock.Boot?, hasSeveralSources: Bool) {
    self.boot = boot
    index = hasSeveralSources ? KillIndex() : nil
  }

  /// Takes what was found next; gives the kill, if it is one, is new, and passes the filter.
  mutating func take(_ finding: LogFinding, from source: LogSource) -> HistoryEntry? {
    switch finding.event {
    case .kill(let kill): return take(kill, finding, source)
    case .daemonKill(let kill):
      let entry = HistoryEntry(event: .daemon(kill), time: finding.time, source: source.name)
      guard filter.lets(entry), daemons.enter(entry) else { return nil }
      findings.count += 1
      findings.daemonCount += 1
      return entry
    case .reaped(let reaping): take(reaping)
    case .incident(let incident): take(incident, at: finding.time)
    case .suppressed(let count):
      suppressed[finding.source, default: 0] &+= count
      findings.suppressed = suppressed.values.max() ?? 0
    case .unread: findings.unreadCount += 1
    }
    return nil
  }

  /// Keeps a kill for the list.
  mutating func keep(_ entry: HistoryEntry) {
    findings.entries.append(keepsReports ? entry : entry.trimmed(keepingMemory: keepsMemory))
    guard let most, findings.entries.count >= 2 * most + 64 else { return }
    sort()
    findings.entries.removeFirst(findings.entries.count - most)
  }

  /// Puts what was kept in order of time.
  private mutating func sort() {
    // Without times the order of the logs is all there is.
    guard findings.entries.allSatisfy({ $0.time != nil }) else { return }
    let numbered = findings.entries.enumerated().sorted { left, right in
      let times = (left.element.time?.microseconds ?? 0, right.element.time?.microseconds ?? 0)
      return times.0 == times.1 ? left.offset < right.offset : times.0 < times.1
    }
    findings.entries = numbered.map(\.element)
  }

  /// All that was kept, at most as many as wanted.
  var result: HistoryFindings {
    var search = self
    search.sort()
    if let most { search.findings.entries = search.findings.entries.suffix(most) }
    return search.findings
  }
}

extension HistorySearch {
  private mutating func take(
    _ kill: KernelLog.Kill, _ finding: LogFinding, _ source: LogSource
  ) -> HistoryEntry? {
    let dying = remember(kill.victim.pid, finding)
    let isVouched = source.writers != .everyone
    switch index?.enter(kill, at: finding.time, from: finding.source, isVouched: isVouched) {
    case .known(let number, let better):
      if isVouched { unvouched[number] = nil }
      improve(number, better, kill, finding, dying)
      return nil
    case .new(let number):
      var entry = entry(of: kill, finding, source, dying, number: number)
      if !isVouched, entry != nil { entry?.doubt = doubt(of: kill, finding, source, number) }
      return entry
    case nil:
      return entry(of: kill, finding, source, dying, number: 0)
    }
  }

  private mutating func entry(
    of kill: KernelLog.Kill, _ finding: LogFinding, _ source: LogSource, _ dying: [Int],
    number: Int
  ) -> HistoryEntry? {
    if isOfThisBoot(kill.stamp, finding.time) { countSinceBoot += 1 }
    var entry = HistoryEntry(event: .kernel(kill), time: finding.time, source: source.name)
    entry.number = number
    if filter.misses(entry) { findings.undatedCount += 1 }
    guard filter.lets(entry) else { return nil }
    findings.count += 1
    entry.replay = Replay(of: kill, dying: dying)
    return entry
  }

  /// Another log knows more of a kill that was kept.
  private mutating func improve(
    _ number: Int, _ better: KillIndex.Improvements, _ kill: KernelLog.Kill,
    _ finding: LogFinding, _ dying: [Int]
  ) {
    guard !better.isEmpty,
      let place = findings.entries.lastIndex(where: { $0.number == number })
    else { return }
    if better.contains(.time) { findings.entries[place].time = finding.time }
    guard better.contains(.report) else { return }
    var entry = findings.entries[place]
    entry.event = .kernel(kill)
    entry.replay = Replay(of: kill, dying: dying)
    findings.entries[place] = keepsReports ? entry : entry.trimmed(keepingMemory: keepsMemory)
  }

  /// The reason why a kill of a log that every user can write to may be none.
  private mutating func doubt(
    of kill: KernelLog.Kill, _ finding: LogFinding, _ source: LogSource, _ number: Int
  ) -> Doubt? {
    guard let time = finding.time, index?.vouches(for: kill, at: time) == false else { return nil }
    let unvouched = Unvouched(
      stamp: kill.stamp, time: time, source: source,
      isOfThisBoot: isOfThisBoot(kill.stamp, time))
    if let witnesses { return settle(unvouched, by: witnesses) }
    guard self.unvouched.count < Self.mostUnvouched else { return nil }
    self.unvouched[number] = unvouched
    return .open
  }

  /// A kill that isn't confirmed doesn't count.
  private mutating func settle(_ kill: Unvouched, by witnesses: LogWitnesses) -> Doubt? {
    guard let witness = witnesses.witness(for: kill.stamp, at: kill.time, in: kill.source) else {
      return nil
    }
    findings.unconfirmedCount += 1
    if kill.isOfThisBoot { countSinceBoot -= 1 }
    return .unconfirmed(by: witness)
  }

  /// Settles what was left open, now that all were read.
  mutating func settle(by witnesses: LogWitnesses) {
    let open = unvouched
    unvouched = [:]
    let doubts = open.compactMapValues { settle($0, by: witnesses) }
    for place in findings.entries.indices where findings.entries[place].doubt == .open {
      findings.entries[place].doubt = doubts[findings.entries[place].number]
    }
  }

  private func isOfThisBoot(_ stamp: Stamp, _ time: LogTime?) -> Bool {
    guard let boot else { return false }
    if let name = stamp.boot { return boot.isNamed(by: name) }
    // The start is known to the second, and syslog's clock may have been set since.
    return time.map { $0.seconds >= boot.seconds.addingSaturating(-2) } ?? false
  }

  /// Notes a victim, and gives those of the minute before.
  private mutating func remember(_ pid: Int, _ finding: LogFinding) -> [Int] {
    let seconds = finding.time?.seconds
    recent.removeAll { victim in
      guard let seconds, let then = victim.seconds else { return false }
      return abs(seconds - then) > 60
    }
    let dying = recent.map(\.pid)
    recent.append((pid, seconds))
    if recent.count > 256 { recent.removeFirst(128) }
    return dying
  }

  private mutating func take(_ reaping: Reaping) {
    guard !recent.contains(where: { $0.pid == reaping.pid }), findings.unannounced.count < 1000,
      !findings.unannounced.contains(where: { $0.pid == reaping.pid && $0.name == reaping.name })
    else { return }
    findings.unannounced.append(reaping)
  }

  private mutating func take(_ incident: Incident, at time: LogTime?) {
    let isKnown = findings.incidents.suffix(64).contains { other, otherTime in
      guard other.outcome == incident.outcome else { return false }
      if let one = other.stamp.monotonic, let two = incident.stamp.monotonic { return one == two }
      guard let time, let otherTime else { return false }
      return abs(time.seconds - otherTime.seconds) <= 2
    }
    guard !isKnown, findings.incidents.count < 10_000 else { return }
    // An entry of a list needs no table.
    var incident = incident
    incident.report.forgetDetails()
    findings.incidents.append((incident, time))
  }
}
