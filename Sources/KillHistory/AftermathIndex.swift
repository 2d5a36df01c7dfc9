import DaemonLog
import KernelLog
import LogLines
import LogSources

/// Collects what logs tell beside kills, and joins it with them: by unit, process number and time.
struct AftermathIndex {
  private var changes: [Change] = []
  private var unreaped: [(reaping: Reaping, time: LogTime?)] = []

  private struct Change {
    let told: UnitChange
    let time: LogTime?
    /// True where every user could have written it.
    let isAnybodys: Bool
  }

  /// Every user can write as many as there is room for; of more than these the latest count.
  private static let most = 16_384
  /// So many are named.
  private static let mostBereft = 64
  /// A unit has a minute and a half to stop, if nothing else is set. In microseconds, as all spans here.
  private static let longest = 120_000_000
  /// The clocks of different logs aren't equal to the second.
  private static let slack = 1_500_000
  /// What only the time connects stands this near.
  private static let sameMoment = 2_000_000

  /// Notes what became of a unit, from a log that every user can write to or not.
  mutating func note(_ change: UnitChange, at time: LogTime?, isAnybodys: Bool = false) {
    if changes.count == Self.most { changes.removeFirst(Self.most / 2) }
    changes.append(Change(told: change, time: time, isAnybodys: isAnybodys))
  }

  /// Notes that a victim's memory couldn't be taken.
  mutating func note(_ reaping: Reaping, at time: LogTime?) {
    guard !reaping.isDone else { return }
    if unreaped.count == Self.most { unreaped.removeFirst(Self.most / 2) }
    unreaped.append((reaping, time))
  }

  /// Gives each kill what followed it, and names the units that lost a process in no kill that is known.
  mutating func join(with entries: inout [HistoryEntry]) -> [String] {
    guard !changes.isEmpty || !unreaped.isEmpty else { return [] }
    joinReaper(with: &entries)
    return joinUnits(with: &entries)
  }
}

extension AftermathIndex {
  private func joinUnits(with entries: inout [HistoryEntry]) -> [String] {
    var bereft: [String] = []
    var members: [String: [Int]] = [:]
    var strays: [Int] = []
    for (place, entry) in entries.enumerated() {
      let units = entry.unitNames
      for unit in units { members[unit, default: []].append(place) }
      if units.isEmpty, entry.cgroup == nil { strays.append(place) }
    }
    for change in changes {
      let candidates = members[change.told.unit] ?? []
      if let (place, span) = latest(of: candidates, in: entries, before: change),
        !change.told.isPersons || entries[place].cgroup?.holds("/user@") == true
      {
        entries[place].followed.add(change.told, after: span, isByTime: false)
      } else if candidates.isEmpty, case .lostProcess = change.told.kind,
        let (place, span) = only(of: strays, in: entries, at: change)
      {
        entries[place].followed.add(change.told, after: span, isByTime: true)
        // What is told of the unit next belongs to the same kill.
        members[change.told.unit] = [place]
      } else if change.told.kind.isLoss, !change.isAnybodys, !bereft.contains(change.told.unit),
        bereft.count < Self.mostBereft
      {
        bereft.append(change.told.unit)
      }
    }
    return bereft
  }

  /// The last kill that a change followed, and how much later the change was, where that is known.
  private func latest(
    of places: [Int], in entries: [HistoryEntry], before change: Change
  ) -> (place: Int, span: Int?)? {
    for place in places.reversed() {
      switch span(from: entries[place], to: change) {
      case nil:
        // Without times what stands next counts, in the same log.
        if entries[place].line < change.told.line { return (place, nil) }
      case let span? where span >= -Self.slack && span <= Self.longest: return (place, span)
      default: break
      }
    }
    return nil
  }

  /// The kill at the same moment, if there is but one.
  private func only(
    of places: [Int], in entries: [HistoryEntry], at change: Change
  ) -> (place: Int, span: Int?)? {
    let near = places.compactMap { place in
      span(from: entries[place], to: change).map { (place: place, span: Int?.some($0)) }
    }.filter { abs($0.span ?? .max) <= Self.sameMoment }
    return near.count == 1 ? near[0] : nil
  }

  private func span(from entry: HistoryEntry, to change: Change) -> Int? {
    guard
      entry.stamp.host == nil || change.told.stamp.host == nil
        || entry.stamp.host == change.told.stamp.host
    else { return .max }
    if let one = entry.time?.microseconds, let two = change.time?.microseconds { return two &- one }
    return change.told.stamp.distance(from: entry.stamp)
  }

  private func joinReaper(with entries: inout [HistoryEntry]) {
    for (reaping, time) in unreaped {
      let place = entries.lastIndex { entry in
        guard entry.isKernels, entry.pid == reaping.pid, entry.name == reaping.name else {
          return false
        }
        if let one = entry.time?.microseconds, let two = time?.microseconds {
          return abs(two &- one) <= Self.longest
        }
        return reaping.stamp.isNear(entry.stamp, Self.longest)
      }
      if let place { entries[place].followed.isUnreaped = true }
    }
  }
}

extension UnitChange.Kind {
  /// True where the OOM killer took a process of the unit.
  fileprivate var isLoss: Bool {
    switch self {
    case .lostProcess, .failed(result: "oom-kill"): true
    case .lostMainProcess, .failed, .restart: false
    }
  }
}

extension Aftermath {
  /// The first failure and the first restart count; what several logs tell of, once.
  fileprivate mutating func add(_ change: UnitChange, after span: Int?, isByTime: Bool) {
    let place: Int
    if let known = units.firstIndex(where: { $0.unit == change.unit }) {
      place = known
    } else {
      units.append(UnitFate(unit: change.unit, isByTime: isByTime))
      place = units.count - 1
    }
    switch change.kind {
    case .lostProcess, .lostMainProcess: break
    case .failed(let result):
      if units[place].failure == nil {
        units[place].failure = Failure(result: result, microseconds: span)
      }
    case .restart(let count):
      if units[place].restart == nil {
        units[place].restart = Restart(count: count, microseconds: span)
      }
    }
  }
}

extension HistoryEntry {
  /// The units that the victim was in, the outermost first.
  var unitNames: [String] {
    (cgroup ?? "").split(separator: "/").suffix(8).map(String.init).filter {
      $0.hasSuffix(".service") || $0.hasSuffix(".scope")
    }
  }
}
