import DaemonLog
import KernelLog
import LogLines
import LogSources

/// Knows the kills that were met already, so that one that several logs tell of counts once.
///
/// Some 50 bytes for each kill, and no more than for a million of them: after that the earliest are
/// forgotten.
struct KillIndex: Sendable {
  /// The answer for a kill that is entered.
  enum Verdict: Equatable, Sendable {
    /// It is a new one and got this number; they ascend from 0.
    case new(Int)
    /// It is the one with this number, met before.
    case known(Int, better: Improvements)
  }

  /// In which way a log tells more than those before it.
  struct Improvements: OptionSet, Sendable {
    let rawValue: Int

    /// It knows better when that was.
    static let time = Improvements(rawValue: 1)
    /// More of the report is there.
    static let report = Improvements(rawValue: 2)
    /// It has the kill line, where only what was printed before it was known.
    static let killLine = Improvements(rawValue: 4)
  }

  private var entries: [Entry] = []
  /// The first entry of a chain, -1 where there is none; as many as a power of two.
  private var chains: [Int32]
  /// Machines and boots by their names; there are few.
  private var places: [String] = []
  /// The number of the earliest kills that aren't known any more.
  private var forgotten = 0
  private let capacity: Int
  /// True where all logs are one machine's, so that one without times may tell of the same kill.
  private let isOfOneMachine: Bool

  /// The number of kills entered.
  var count: Int { forgotten + entries.count }

  private struct Entry {
    var pid: Int32
    /// In the chain.
    var next: Int32
    /// In kibibytes, -1 where it isn't told.
    var size: Int
    /// In microseconds; the smallest number where it isn't known.
    var time: Int
    var monotonic: Int
    var boot: Int16
    var host: Int16
    /// The source that told of it last. The same log may well name a process twice.
    var source: Int16
    var basis: Int8
    var completeness: Int8
    /// True where a log tells of it that only the kernel's lines get into.
    var isVouched: Bool
    /// True where only lines that are printed before the kill tell of it, which don't tell the size.
    var isAnnounced: Bool
  }

  private static let unknown = Int.min
  /// A process number comes again after all others; so many kills of one number and size are no machine's.
  private static let longestWalk = 512

  init(capacity: Int = 1 << 20, isOfOneMachine: Bool = false) {
    self.capacity = capacity
    self.isOfOneMachine = isOfOneMachine
    chains = Array(repeating: -1, count: 256)
  }

  /// Enters a kill, unless it is there.
  ///
  /// - Parameters:
  ///   - kill: As its log tells it.
  ///   - time: When that was, as far as it is known.
  ///   - source: The number of the log.
  ///   - isVouched: Whether only the kernel's lines get into that.
  mutating func enter(
    _ kill: KernelLog.Kill, at time: LogTime?, from source: Int, isVouched: Bool = true
  ) -> Verdict {
    var entry = entry(for: kill, time, source, isVouched)
    if let index = place(of: entry) {
      let better = improvements(of: entry, over: entries[index])
      merge(entry, into: index)
      return .known(forgotten + index, better: better)
    }
    if entries.count == capacity { forgetHalf() }
    if entries.count > 2 * chains.count { chain(in: chains.count * 4) }
    let chain = chain(of: entry)
    entry.next = chains[chain]
    chains[chain] = Int32(entries.count)
    entries.append(entry)
    return .new(count - 1)
  }
}

extension KillIndex {
  private mutating func entry(
    for kill: KernelLog.Kill, _ time: LogTime?, _ source: Int, _ isVouched: Bool
  ) -> Entry {
    Entry(
      pid: Int32(truncatingIfNeeded: kill.victim.pid), next: -1,
      size: kill.victim.totalVM?.count ?? -1, time: time?.microseconds ?? Self.unknown,
      monotonic: kill.stamp.monotonic ?? Self.unknown,
      boot: place(kill.stamp.boot.map(LogClock.Boot.plain)),
      // A machine may be called by its short name or its long one.
      host: place(kill.stamp.host.map { String($0.prefix { $0 != "." }) }),
      source: Int16(truncatingIfNeeded: source), basis: Int8(time?.basis.rawValue ?? -1),
      completeness: Int8(kill.completeness), isVouched: isVouched,
      isAnnounced: kill.evidence != .killLine)
  }

  /// True where a log that only the kernel's lines get into tells of such a kill within about a
  /// day: then the logs' clocks differ, as after a change of the time zone.
  func vouches(for kill: KernelLog.Kill, at time: LogTime) -> Bool {
    let pid = Int32(truncatingIfNeeded: kill.victim.pid)
    let size = kill.victim.totalVM?.count ?? -1
    var index = Int(chains[chain(pid)])
    var timeout = Self.longestWalk
    while index >= 0, timeout > 0 {
      timeout -= 1
      let other = entries[index]
      if other.isVouched, other.pid == pid, other.size == size || other.isAnnounced,
        (Self.distance(other.time, time.microseconds) ?? 0) <= Self.clocksApart
      {
        return true
      }
      index = Int(other.next)
    }
    return false
  }

  /// A day and two hours, in microseconds.
  private static let clocksApart = 26 * 3600 * 1_000_000

  /// A number for a name; -1 for none.
  private mutating func place(_ name: String?) -> Int16 {
    guard let name else { return -1 }
    if let index = places.lastIndex(of: name) { return Int16(index) }
    // More than that are no machine's own logs.
    guard places.count < 4096 else { return -1 }
    places.append(name)
    return Int16(places.count - 1)
  }

  private func chain(of entry: Entry) -> Int { chain(entry.pid) }

  private func chain(_ pid: Int32) -> Int {
    var hash = UInt64(bitPattern: Int64(pid)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash) & (chains.count - 1)
  }

  /// Of several that may be the same, the one nearest in time.
  private func place(of entry: Entry) -> Int? {
    var nearest: (index: Int, distance: Int)?
    var index = Int(chains[chain(of: entry)])
    var timeout = Self.longestWalk
    while index >= 0, timeout > 0 {
      timeout -= 1
      let other = entries[index]
      if let distance = distance(entry, other), distance <= nearest?.distance ?? .max {
        nearest = (index, distance)
      }
      index = Int(other.next)
    }
    return nearest?.index
  }

  private mutating func forgetHalf() {
    forgotten += capacity / 2
    entries.removeFirst(capacity / 2)
    chain(in: chains.count)
  }

  /// Chains all entries anew, in so many chains.
  private mutating func chain(in chainCount: Int) {
    chains = Array(repeating: -1, count: chainCount)
    for index in entries.indices {
      let chain = chain(of: entries[index])
      entries[index].next = chains[chain]
      chains[chain] = Int32(index)
    }
  }
}

extension KillIndex {
  /// The distance in time between two that may tell of the same kill; `nil` where they can't.
  private func distance(_ left: Entry, _ right: Entry) -> Int? {
    guard left.pid == right.pid, left.source != right.source,
      left.size == right.size || left.isAnnounced || right.isAnnounced
    else { return nil }
    let haveBoots = left.boot >= 0 && right.boot >= 0
    if haveBoots && left.boot != right.boot { return nil }
    let haveHosts = left.host >= 0 && right.host >= 0
    if haveHosts && left.host != right.host { return nil }
    let timeApart = Self.distance(left.time, right.time)
    guard let clockApart = Self.distance(left.monotonic, right.monotonic) else {
      // Number and size are all that a log without times has in common with others.
      guard let timeApart else { return isOfOneMachine ? .max : nil }
      return timeApart <= 2_000_000 ? timeApart : nil
    }
    guard clockApart <= 1_000_000 else { return nil }
    // Two boots that take the same course are as far apart as the first of them lasted at least. What is
    // logged before the daemon runs may be stamped some seconds late.
    guard !haveBoots, let timeApart else { return clockApart }
    return timeApart <= max(10_000_000, left.monotonic) ? clockApart : nil
  }

  /// `nil` where one of them isn't known.
  private static func distance(_ left: Int, _ right: Int) -> Int? {
    guard left != unknown, right != unknown else { return nil }
    let (distance, overflow) = left.subtractingReportingOverflow(right)
    return overflow || distance == .min ? .max : abs(distance)
  }

  private func improvements(of entry: Entry, over other: Entry) -> Improvements {
    var better: Improvements = []
    if entry.basis > other.basis { better.insert(.time) }
    if entry.completeness > other.completeness { better.insert(.report) }
    if other.isAnnounced, !entry.isAnnounced { better.insert(.killLine) }
    return better
  }

  /// Merges two accounts: one may tell what the other doesn't.
  private mutating func merge(_ entry: Entry, into index: Int) {
    entries[index].source = entry.source
    if !entry.isAnnounced {
      entries[index].isAnnounced = false
      entries[index].size = entry.size
    }
    if entry.basis > entries[index].basis {
      entries[index].basis = entry.basis
      entries[index].time = entry.time
    }
    if entries[index].monotonic == Self.unknown { entries[index].monotonic = entry.monotonic }
    if entries[index].boot < 0 { entries[index].boot = entry.boot }
    if entries[index].host < 0 { entries[index].host = entry.host }
    entries[index].isVouched = entries[index].isVouched || entry.isVouched
    entries[index].completeness = max(entries[index].completeness, entry.completeness)
  }
}

extension KernelLog.Kill {
  /// The share of the report that is there, from 0 to 100.
  fileprivate var completeness: Int {
    let rows = report.tasks.map { 1 + $0.rows.count } ?? 0
    let parts = [
      report.invoker != nil, report.release != nil, report.summary != nil,
      report.cgroup != nil, !report.memory.counters.isEmpty, !report.memory.zones.isEmpty,
      report.memory.totalSwap != nil, selected != nil,
    ]
    // Of a long table a part may be missing: one more row in 64 is little, but more.
    return parts.filter { $0 }.count * 4 + min(60, 64 - rows.leadingZeroBitCount)
  }
}
