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
  /// The kernel's count at the last look.
  private var counted: UInt64?
  /// Counted, but not named in the log so far: the count comes first.
  private var unnamed = 0
  private var named = 0
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
    named += kills.count
    return kills
  }

  /// Kills that the kernel's count tells of and nothing else does.
  mutating func count(_ count: UInt64?, at time: Int, in world: borrowing World) -> [SeenKill] {
    defer { counted = count ?? counted }
    guard let count, let counted else { return [] }
    // A kill that was named before it was counted isn't counted twice.
    let fresh = count > counted ? Int(clamping: count - counted) : 0
    let settled = min(named, unnamed + fresh)
    named -= settled
    let open = unnamed + fresh - settled
    // The log has a look's time to name them.
    let overdue = descriptor == nil ? open : min(open, unnamed)
    unnamed = open - overdue
    if overdue == 0 {
      if open == 0, fresh == 0 { named = 0 }
      return []
    }
    let paths = groups.found(in: world)
    return (0..<min(overdue, Self.most)).map { index in
      SeenKill(time: time, cgroup: index < paths.count ? paths[index] : nil)
    }
  }

  /// More at once are not told one by one.
  private static let most = 20
}
