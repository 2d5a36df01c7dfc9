import Core
import ProcFS
import Processes

/// The limited memory cgroup that this view lives in, as a container's does: its memory runs out before the
/// machine's.
///
/// All commands ask here whether the group or the machine is their first answer. On a machine itself nothing
/// confines the view, though a session may have a limit.
struct Confinement: Sendable {
  /// The groups around the view, as far as they are seen: from the innermost up.
  let levels: [CgroupLevel]
  /// That of them with the least room.
  let level: CgroupLevel
  /// Whether the limit is that of a group above those that are seen, with others that count for it.
  let isLimitFromAbove: Bool
  /// Processes that the kernel has killed in it and below since it was made; `nil` where it doesn't count.
  let kills: UInt64?
  /// How often its limit was met.
  let limitHits: UInt64?
  /// Whose shortage it was that they were killed for.
  let shortage: Shortage
  /// The file with the count of kills.
  let killSource: String

  var path: String { level.path }
  /// Bytes; there is always one.
  let limit: Int

  enum Shortage: Sendable {
    case own
    /// That of a group above it, or of the whole machine.
    case above
    case unknown
  }
}

extension Confinement {
  /// Of a group that is known to be a container's; `nil` where neither it nor any above it has a limit.
  init?(
    from path: String, of hierarchy: borrowing CgroupHierarchy
  ) throws(ProcFSError) {
    var levels = try CgroupLevel.all(from: path, in: hierarchy)
    let nearest = levels.filter { $0.limits.memory != nil }
      .min { $0.room < $1.room }
    var level = nearest
    var isFromAbove = false
    if let top = levels.last, let above = try hierarchy.limitFromAbove(of: top.path),
      levels.allSatisfy({ above < $0.limits.memory ?? .max })
    {
      var limited = top
      limited.limits.memory = above
      limited.source = "\(hierarchy.folder(of: top.path))/memory.stat"
      levels[levels.count - 1] = limited
      level = limited
      isFromAbove = true
    }
    guard let level, let limit = level.limits.memory else { return nil }
    self.levels = levels
    self.level = level
    self.limit = limit
    isLimitFromAbove = isFromAbove
    kills = try Self.kills(in: level.path, of: hierarchy)
    limitHits = try hierarchy.limitHits(in: level.path)
    shortage = try Self.shortage(in: level.path, of: hierarchy, limitHits)
    let file = hierarchy.version == .one ? "memory.oom_control" : "memory.events"
    killSource = "\(hierarchy.folder(of: level.path))/\(file)"
  }

  /// Kills are counted in the victim's group, shortages in the group whose limit it is (mm/memcontrol.c
  /// `memcg_memory_event`). crun gives a container's limit to a group around it as well, which has as much room or
  /// a little less, and isn't seen inside. Version 1 counts hits alone, and not those of memory and swap together.
  private static func shortage(
    in path: String, of hierarchy: borrowing CgroupHierarchy, _ hits: UInt64?
  ) throws(ProcFSError) -> Shortage {
    guard hierarchy.version == .two else { return hits ?? 0 > 0 ? .own : .unknown }
    return try hierarchy.shortages(in: path).map { $0 > 0 ? .own : .above } ?? .unknown
  }

  /// Further groups below aren't counted.
  private static let mostGroups = 1024

  /// Version 1 counts each group alone.
  private static func kills(
    in path: String, of hierarchy: borrowing CgroupHierarchy
  ) throws(ProcFSError) -> UInt64? {
    guard hierarchy.version == .one else { return try hierarchy.kills(in: path) }
    var sum: UInt64?
    for group in try hierarchy.subtree(of: path, most: mostGroups) {
      guard let kills = try ifPresent(try hierarchy.kills(in: group)) ?? nil else { continue }
      sum = (sum ?? 0).addingSaturating(kills)
    }
    return sum
  }
}

extension CgroupLevel {
  /// By which the group that runs out first is found.
  fileprivate var room: Int { headroom ?? limits.memory ?? .max }
}

extension World {
  /// What confines this view; `nil` on a machine itself, and in a container without a limit.
  var confinement: Confinement? {
    // A capture without it tells nothing of who made it.
    guard let own = ownCgroup else { return nil }
    let sign = known(try signOfContainer) ?? nil
    guard sign != false, let hierarchy = knownMemoryCgroups else { return nil }
    if sign == nil, (known(try hierarchy.limits(of: hierarchy.top))?.memory ?? nil) == nil {
      return nil
    }
    return known(try Confinement(from: own, of: hierarchy)) ?? nil
  }

  /// Whether this is a container's view and not the machine's: by its namespaces, or by a mount that begins
  /// below the system's root. `nil` where these don't tell: then a limit on what seems to be the root does, which
  /// the system's own can't have.
  private var signOfContainer: Bool? {
    get throws(ProcFSError) {
      if showsInitialNamespace == false { return true }
      let top = known(try proc.mounts)?.memoryCgroup?.source ?? "/"
      if top != "/" { return true }
      return try proc.showsInitialCgroups.map { !$0 }
    }
  }
}
