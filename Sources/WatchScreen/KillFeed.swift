import Core
import KernelLog
import LogSources
import ProcFS

/// A kill that happened while it was watched. What isn't known of it is `nil`.
struct SeenKill: Sendable, Equatable {
  var name: String?
  var pid: ProcessID?
  /// Seconds since 1970.
  var time: Int
  /// The memory cgroup that it happened in.
  var cgroup: String?

  /// As people name the victim.
  var label: String? {
    guard let name else { return nil }
    return pid.map { "\(name)[\($0)]" } ?? name
  }
}

/// Kills as they happen: counted by the kernel since 4.13, and named in its log where that may be read.
struct KillFeed: ~Copyable {
  private var log: RingTail?
  private var tally = KillTally()
  private var groups = CgroupKills()

  init(in world: borrowing World) {
    log = world.isThisMachine ? try? RingTail(in: world) : nil
  }

  /// For poll(2).
  var descriptor: CInt? {
    switch log {
    case .some(let log): log.descriptor
    case .none: nil
    }
  }

  /// Memory cgroups whose own counts shall tell where a kill was that the log doesn't name.
  mutating func watch(_ paths: [String], in world: borrowing World) {
    if descriptor == nil { groups.watch(paths, in: world) }
  }

  /// Kills that the log has named since the last time.
  mutating func read(at time: Int) -> [SeenKill] {
    let events = log?.events() ?? []
    let kills = events.compactMap { event -> SeenKill? in
      guard case .kill(let kill) = event else { return nil }
      return SeenKill(
        name: kill.victim.name, pid: Int32(exactly: kill.victim.pid).map { ProcessID($0) },
        time: time, cgroup: kill.victimCgroup)
    }
    tally.note(named: kills.count)
    return kills
  }

  /// Kills that the kernel's count tells of and nothing else does.
  mutating func count(_ count: UInt64?, at time: Int, in world: borrowing World) -> [SeenKill] {
    let unnamed = tally.unnamed(at: count, namesFollow: descriptor != nil)
    guard unnamed > 0 else { return [] }
    let paths = groups.found(in: world)
    return (0..<min(unnamed, Self.mostAtOnce)).map { index in
      SeenKill(time: time, cgroup: index < paths.count ? paths[index] : nil)
    }
  }

  /// More at once are not told one by one.
  static let mostAtOnce = 20
}
