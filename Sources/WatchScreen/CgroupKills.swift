import CgroupFS
import Core
import ProcFS
import Processes

/// The kernel's counts of kills in some memory cgroups: they tell where one happened.
struct CgroupKills: Sendable {
  private var groups: [Group] = []

  private struct Group {
    var path: String
    var kills: UInt64
  }

  /// Further ones are not watched.
  private static let most = 64

  /// Notes what stands in the groups that aren't known yet.
  mutating func watch(_ paths: [String], in world: borrowing World) {
    let fresh = paths.filter { path in !groups.contains { $0.path == path } }
    guard !fresh.isEmpty, groups.count < Self.most, let hierarchy = world.knownMemoryCgroups
    else { return }
    for path in fresh where !groups.contains(where: { $0.path == path }) {
      guard groups.count < Self.most,
        let kills = world.known(try hierarchy.ownKills(in: path)) ?? nil
      else { continue }
      groups.append(Group(path: path, kills: kills))
    }
  }

  /// The groups whose counts have risen, one for each kill.
  mutating func found(in world: borrowing World) -> [String] {
    guard !groups.isEmpty, let hierarchy = world.knownMemoryCgroups else { return [] }
    var paths: [String] = []
    for index in groups.indices.reversed() {
      guard let kills = world.known(try hierarchy.ownKills(in: groups[index].path)) ?? nil else {
        groups.remove(at: index)
        continue
      }
      if kills > groups[index].kills {
        let count = min(Int(clamping: kills - groups[index].kills), KillFeed.mostAtOnce)
        paths += [String](repeating: groups[index].path, count: count)
      }
      groups[index].kills = kills
    }
    return paths
  }
}
