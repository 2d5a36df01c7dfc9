import CgroupFS
import Core
import ProcFS
package import Processes

/// The limited memory cgroup around this view, like a container's: its memory runs out before the
/// machine's.
///
/// All commands ask here whether their first answer is about the group or the machine. On a machine
/// itself nothing confines the view, though a session may have a limit.
package struct Confinement: Sendable {
  /// The visible groups around the view, from the innermost up.
  package let levels: [CgroupLevel]
  /// The one of them with the least room.
  package let level: CgroupLevel
  /// True if the limit is that of a group above the visible ones, with others that count for it.
  let isLimitFromAbove: Bool
  /// The number of processes that the kernel has killed in it and below since it was made; `nil`
  /// where it doesn't count.
  package let kills: UInt64?
  /// The number of times that its limit was met.
  package let limitHits: UInt64?
  /// The owner of the shortage that they were killed for.
  package let shortage: Shortage
  /// The file with the count of kills.
  package let killSource: String

  package var path: String { level.path }
  /// The limit in bytes; there is always one.
  package let limit: Int

  package enum Shortage: Sendable {
    case own
    /// A group above it, or the whole machine.
    case above
    case unknown
  }
}

extension Confinement {
  /// The confinement by a group that is known to be a container's; `nil` where neither it nor any
  /// above it has a limit.
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

  /// The most groups whose kills are counted.
  private static let mostGroups = 1024

  /// The kills in a group and below; version 1 counts each group alone.
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
  /// The key to find the group that runs out first, in bytes.
  fileprivate var room: Int { headroom ?? limits.memory ?? .max }
}

extension World {
  /// The confinement of this view; `nil` on a machine itself, and in a container without a limit.
  package var confinement: Confinement? {
    // A capture without it doesn't show who made it.
    guard let own = ownCgroup else { return nil }
    let sign = known(try signOfContainer) ?? nil
    guard sign != false, let hierarchy = knownMemoryCgroups else { return nil }
    if sign == nil, (known(try hierarchy.limits(of: hierarchy.top))?.memory ?? nil) == nil {
      return nil
    }
    return known(try Confinement(from: own, of: hierarchy)) ?? nil
  }

  /// True if this is a container's view and not the machine's: by its namespaces, or by a mount
  /// that begins below the system's root. `nil` where these don't show it: then a limit on the
  /// seeming root does, which the system's own root can't have.
  private var signOfContainer: Bool? {
    get throws(ProcFSError) {
      if showsInitialNamespace == false { return true }
      let top = known(try proc.mounts)?.memoryCgroup?.source ?? "/"
      if top != "/" { return true }
      return try proc.showsInitialCgroups.map { !$0 }
    }
  }
}
