import Core
import KernelLog
import KillReplay
import LogLines
import LogSources
import Processes

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
  private let host: String?
  private let containers: ContainerNames
  private var index: KillIndex?
  private var daemons = DaemonKillIndex()
  /// Those found in the last minutes of a log: what comes after may be about them.
  private var recent: [(pid: Int, seconds: Int?)] = []
  private var suppressed: [Int: Int] = [:]
  private var numbering = HistoryNumbering()
  /// So many entries are sorted, and cut, next.
  private var nextSorting = 0
  private var victims = RepeatedVictims()
  private var aftermaths = AftermathIndex()
  /// The last incidents, whatever was asked for: other logs tell of them, too.
  private var lastIncidents: [HistoryEntry] = []

  /// `boot` is this machine's, where its own logs are read; with several sources a kill can be in each.
  /// `host` is the machine's name, for logs that don't say.
  init(
    boot: LogClock.Boot?, hasSeveralSources: Bool, isOfOneMachine: Bool = false,
    host: String? = nil, containers: ContainerNames = ContainerNames()
  ) {
    self.boot = boot
    self.host = host
    self.containers = containers
    index = hasSeveralSources ? KillIndex(isOfOneMachine: isOfOneMachine) : nil
  }

  /// Takes what was found next; gives the kill, if it is one, is new, and passes the filter.
  mutating func take(_ finding: LogFinding, from source: LogSource) -> HistoryEntry? {
    switch finding.event {
    case .kill(let kill): return take(kill, finding, source)
    case .daemonKill(let kill):
      var entry = HistoryEntry(event: .daemon(kill), time: finding.time, source: source.name)
      guard daemons.enter(entry) else { return nil }
      entry.machine = host
      entry.containers = containers
      entry.ordinal = numbering.add(at: finding.time)
      guard filter.lets(entry) else { return nil }
      findings.count += 1
      findings.daemonCount += 1
      return entry
    case .unit(let change):
      aftermaths.note(change, at: finding.time, isAnybodys: source.writers == .everyone)
    case .reaped(let reaping):
      aftermaths.note(reaping, at: finding.time)
      take(reaping)
    case .incident(let incident): take(incident, finding, source)
    case .suppressed(let count):
      suppressed[finding.source, default: 0] &+= count
      findings.suppressed = suppressed.values.max() ?? 0
    case .unread: findings.unreadCount += 1
    case .failedKill: findings.failedCount += 1
    }
    return nil
  }

  /// The number of kernel's kills that were kept, of processes in a group, and where they are counted there in
  /// those below it.
  func countIn(_ group: String, _ countsBelow: Bool) -> Int {
    guard !countsBelow else { return findings.believedCount - findings.daemonCount }
    return findings.entries.count {
      $0.isKernels && $0.doubt?.isUnconfirmed != true && $0.cgroup == group
    }
  }

  /// Keeps a kill for the list.
  mutating func keep(_ entry: HistoryEntry) {
    findings.entries.append(keepsReports ? entry : entry.trimmed(keepingMemory: keepsMemory))
    guard let most, findings.entries.count >= max(2 * most + 64, nextSorting) else { return }
    sort()
    findings.entries = Self.latest(most, of: findings.entries)
    nextSorting = 2 * findings.entries.count
  }

  /// Puts what was kept in the order of the numbers.
  private mutating func sort() {
    findings.entries = sorted(findings.entries)
    findings.incidents = sorted(findings.incidents)
  }

  private func sorted(_ entries: [HistoryEntry]) -> [HistoryEntry] {
    entries.enumerated().sorted { left, right in
      let (one, two) = (left.element.ordinal, right.element.ordinal)
      return one == two ? left.offset < right.offset : numbering.precedes(one, two)
    }.map(\.element)
  }

  /// The last so many in the order of numbers; those that died together count once.
  private static func latest(_ most: Int, of entries: [HistoryEntry]) -> [HistoryEntry] {
    var (count, start) = (0, entries.count)
    while start > 0 {
      if start == entries.count || entries[start - 1].ordinal != entries[start].ordinal {
        count += 1
      }
      guard count <= most else { break }
      start -= 1
    }
    return Array(entries[start...])
  }

  /// All that was kept, at most as many as wanted.
  var result: HistoryFindings {
    var search = self
    search.sort()
    search.findings.total = numbering.count
    if let most {
      search.findings.entries = Self.latest(most, of: search.findings.entries)
      search.findings.incidents = search.findings.incidents.suffix(most)
    }
    search.number()
    let bereft = search.aftermaths.join(with: &search.findings.entries)
    // Kills that weren't asked for, or kept, aren't lost.
    if filter.letsAll, findings.count == search.findings.entries.count {
      search.findings.bereftUnits = bereft
    }
    return search.findings
  }

  /// Gives what was kept its numbers.
  private mutating func number() {
    let numbers = numbering.numbers
    for place in findings.entries.indices {
      findings.entries[place].number = numbers[findings.entries[place].ordinal]
    }
    for place in findings.incidents.indices {
      findings.incidents[place].number = numbers[findings.incidents[place].ordinal]
    }
  }
}

extension HistorySearch {
  private mutating func take(
    _ kill: KernelLog.Kill, _ finding: LogFinding, _ source: LogSource
  ) -> HistoryEntry? {
    guard !victims.knows(kill, from: finding.source) else { return nil }
    let dying = remember(kill.victim.pid, finding)
    let isVouched = source.writers != .everyone
    switch index?.enter(kill, at: finding.time, from: finding.source, isVouched: isVouched) {
    case .known(let number, let better):
      if isVouched { unvouched[number] = nil }
      if better.contains(.time) { numbering.move(number, to: finding.time) }
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
    entry.indexNumber = number
    entry.machine = host
    entry.containers = containers
    let former = victims.place(of: kill, in: finding.source)
    entry.ordinal = numbering.add(
      at: finding.time, as: number, joining: former ?? (kill.isFollower ? numbering.last : nil))
    victims.remember(kill, in: finding.source, at: entry.ordinal)
    if filter.misses(entry) { findings.undatedCount += 1 }
    guard filter.lets(entry) else { return nil }
    findings.count += 1
    if former != nil { findings.repeatedCount += 1 }
    entry.replay = Replay(of: kill, dying: dying)
    return entry
  }

  /// Another log knows more of a kill that was kept.
  private mutating func improve(
    _ number: Int, _ better: KillIndex.Improvements, _ kill: KernelLog.Kill,
    _ finding: LogFinding, _ dying: [Int]
  ) {
    guard !better.isEmpty,
      let place = findings.entries.lastIndex(where: { $0.indexNumber == number })
    else { return }
    if better.contains(.time) { findings.entries[place].time = finding.time }
    var entry = findings.entries[place]
    guard !better.isDisjoint(with: [.report, .killLine]), case .kernel(let known) = entry.event
    else { return }
    let whole =
      better.contains(.report) ? kill.withLine(of: known) : known.withLine(of: kill)
    entry.event = .kernel(whole)
    entry.replay = Replay(of: whole, dying: dying)
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
      findings.entries[place].doubt = doubts[findings.entries[place].indexNumber]
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

  /// Keeps a shortage that ended without a kill, unless another log has told of it.
  private mutating func take(_ incident: Incident, _ finding: LogFinding, _ source: LogSource) {
    var entry = HistoryEntry(event: .incident(incident), time: finding.time, source: source.name)
    guard !lastIncidents.contains(where: { Self.isSame($0, entry) }) else { return }
    entry.machine = host
    entry.containers = containers
    entry.ordinal = numbering.add(at: finding.time)
    if lastIncidents.count == Self.mostRecent { lastIncidents.removeFirst(Self.mostRecent / 2) }
    lastIncidents.append(entry.trimmed())
    guard filter.lets(entry), findings.incidents.count < Self.mostIncidents else { return }
    if source.writers == .everyone, let time = finding.time {
      entry.doubt =
        witnesses?.witness(for: incident.stamp, at: time, in: source).map { .unconfirmed(by: $0) }
    }
    findings.incidents.append(keepsReports ? entry : entry.trimmed(keepingMemory: keepsMemory))
  }

  private static let (mostRecent, mostIncidents) = (64, 10_000)

  private static func isSame(_ one: HistoryEntry, _ two: HistoryEntry) -> Bool {
    guard one.outcome == two.outcome else { return false }
    // A log tells of each once, unless it holds all lines twice.
    guard one.source != two.source else {
      return one.stamp == two.stamp && one.stamp.monotonic != nil
    }
    if let one = one.stamp.monotonic, let two = two.stamp.monotonic { return one == two }
    guard let one = one.time, let two = two.time else { return false }
    return abs(one.seconds - two.seconds) <= 2
  }
}

extension KernelLog.Kill {
  /// The same with the victim as another account's kill line describes it, where this one has none.
  fileprivate func withLine(of other: Self) -> Self {
    guard evidence != .killLine, other.evidence == .killLine else { return self }
    var kill = self
    (kill.victim, kill.evidence) = (other.victim, .killLine)
    if kill.message.isEmpty { kill.message = other.message }
    return kill
  }
}
