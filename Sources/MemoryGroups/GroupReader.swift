package import CgroupFS
package import Core
import KillPrediction
import ProcFS
package import Processes

/// Reads all memory cgroups below one, with who would die in them.
package struct GroupReader {
  /// Parents stand before those below them.
  package private(set) var groups: [MemoryGroup] = []
  /// True where there are more groups than are read.
  package private(set) var isCut = false

  /// No more are read: every user may make as many as there is memory for.
  private static let most = 50_000

  package init(
    below top: String, processes: [ScoredProcess], on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    let hierarchy = try world.memoryCgroups()
    let paths: [String]
    do {
      paths = try hierarchy.subtree(of: top, most: Self.most)
    } catch {
      throw Failure(error)
    }
    isCut = paths.count >= Self.most
    try readAbove(top, in: hierarchy, world)
    for path in paths { read(path, in: hierarchy, world) }
    groups.removeAll { !CgroupPath(top).contains($0.path) }
    place(processes, on: machine, of: hierarchy, in: world)
  }

  /// All groups, without looking at processes; what can't be read is noted among the gaps.
  package init(of hierarchy: borrowing CgroupHierarchy, in world: borrowing World) {
    for path in world.known(try hierarchy.subtree(of: "/", most: Self.most)) ?? [] {
      read(path, in: hierarchy, world)
    }
  }

  /// The lowest limit of a group and those above it, by its path.
  private var limits: [String: MemoryGroup.Limit] = [:]

  /// Limits from above count, too.
  private mutating func readAbove(
    _ top: String, in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) throws(Failure) {
    // For its words where there is no such group.
    _ = try hierarchy.limits(ofGroup: top)
    for path in hierarchy.lineage(of: top).dropFirst().reversed() {
      guard let figures = world.known(try hierarchy.figures(of: path)) else { continue }
      limits[path] = limit(of: path, figures)
    }
  }

  private mutating func read(
    _ path: String, in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) {
    // A group may end meanwhile.
    guard let figures = world.known(try hierarchy.figures(of: path)) else { return }
    let limit = limit(of: path, figures)
    limits[path] = limit
    groups.append(MemoryGroup(path: path, figures: figures, limit: limit))
  }

  /// The tightest one is that which leaves least.
  private func limit(of path: String, _ figures: CgroupFigures) -> MemoryGroup.Limit? {
    let above = path == "/" ? nil : limits[CgroupLocation(path).parent.path]
    guard let bytes = figures.limits.memory else { return above }
    let left = figures.usage.headroom(below: bytes)
    let own = MemoryGroup.Limit(owner: path, bytes: bytes, left: left)
    guard let above, figures.limits.isHierarchical else { return own }
    return (above.left ?? above.bytes) < (left ?? bytes) ? above : own
  }
}

extension GroupReader {
  /// Finds whose the processes are.
  private mutating func place(
    _ processes: [ScoredProcess], on machine: Machine, of hierarchy: borrowing CgroupHierarchy,
    in world: borrowing World
  ) {
    var members: [String: [Int]] = [:]
    for (index, process) in processes.enumerated() where process.record.hasMemory {
      guard let path = process.record.cgroups?.memory?.path else { continue }
      members[path, default: []].append(index)
    }
    var places: [String: Int] = [:]
    for (place, group) in groups.enumerated() { places[group.path] = place }
    var inside = Array(repeating: [Int](), count: groups.count)
    for (path, indices) in members {
      var location = CgroupLocation(path)
      while true {
        if let place = places[location.path] {
          groups[place].memberCount += indices.count
          if groups[place].figures.limits.memory != nil { inside[place] += indices }
        }
        if location.names.isEmpty { break }
        location = location.parent
      }
    }
    for place in groups.indices where !inside[place].isEmpty {
      let all = inside[place].sorted().map { processes[$0] }
      let group = groups[place]
      groups[place].nextVictim = machine.nextVictim(
        among: all, of: group.path, group.figures.limits,
        limit: group.figures.limits.memory ?? .max, of: hierarchy, in: world)
    }
  }
}

extension GroupReader {
  /// Those nearest to trouble first; equals by what they need.
  package var nearestFirst: [MemoryGroup] {
    groups.sorted { left, right in
      if left.state != right.state { return left.state > right.state }
      let own = (left.hasOwnLimit, right.hasOwnLimit)
      if own.0 != own.1 { return own.0 }
      if own.0, left.fullness != right.fullness { return left.fullness > right.fullness }
      let needed = (left.needed ?? 0, right.needed ?? 0)
      return needed.0 == needed.1 ? left.path < right.path : needed.0 > needed.1
    }
  }
}
