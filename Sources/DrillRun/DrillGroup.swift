import CgroupFS
import Core
import Posix
import ProcFS

/// The memory cgroup of one drill.
struct DrillGroup: Sendable {
  /// The group that it lies in.
  let place: String
  let name: DrillGroupName
  /// In bytes.
  let limit: Int

  /// In the hierarchy.
  var path: String { (place == "/" ? "" : place) + "/" + name.text }

  /// The folder comes first: its name tells later runs what is to be taken back.
  private func make(in hierarchy: borrowing CgroupHierarchy) throws(ProcFSError) {
    try hierarchy.makeGroup(name.text, below: place)
    if name.hasEnabled { try hierarchy.write("+memory", to: Self.switches, of: place) }
    switch hierarchy.version {
    case .two:
      try hierarchy.write("\(limit)", to: "memory.max", of: path)
      try writeIfPresent("0", to: "memory.swap.max", in: hierarchy)
    case .one:
      try hierarchy.write("\(limit)", to: "memory.limit_in_bytes", of: path)
      try writeIfPresent("\(limit)", to: "memory.memsw.limit_in_bytes", in: hierarchy)
      try writeIfPresent("0", to: "memory.swappiness", in: hierarchy)
      // It may be inherited that processes wait in place of being killed.
      if try hierarchy.limits(of: path).isKillDisabled {
        try hierarchy.write("0", to: "memory.oom_control", of: path)
      }
    }
  }

  /// Not every kernel accounts for swap.
  private func writeIfPresent(
    _ text: String, to file: String, in hierarchy: borrowing CgroupHierarchy
  ) throws(ProcFSError) {
    do throws(ProcFSError) {
      try hierarchy.write(text, to: file, of: path)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
    }
  }

  /// Moves a process into it. What it takes from then on counts there.
  func add(_ id: ProcessID, in hierarchy: borrowing CgroupHierarchy) throws(Failure) {
    do {
      try hierarchy.write("\(id)", to: "cgroup.procs", of: path)
    } catch {
      throw Failure(error)
    }
  }

  /// Removes it once its processes have left it.
  func remove(from hierarchy: borrowing CgroupHierarchy, in world: borrowing World) {
    // A process that has just died may need a moment.
    for _ in 0..<200 {
      if world.known(try hierarchy.removeGroup(name.text, below: place)) ?? true { break }
      MonotonicClock.pause(milliseconds: 10)
    }
    if name.hasEnabled { Self.disable(in: place, hierarchy, world) }
  }

  private static let switches = "cgroup.subtree_control"

  /// Takes back what made the controller available, unless another group has come to rely on it.
  private static func disable(
    in place: String, _ hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) {
    guard let groups = world.known(try hierarchy.groups(below: place)) else { return }
    for group in groups {
      let path = (place == "/" ? "" : place) + "/" + group
      if world.known(try hierarchy.limits(of: path))?.memory != nil { return }
    }
    _ = world.known(try hierarchy.write("-memory", to: switches, of: place))
  }
}

extension DrillGroup {
  /// Makes it with that limit and no swap, or nothing at all.
  init(
    _ name: DrillGroupName, in place: String, limit: Int, _ hierarchy: borrowing CgroupHierarchy,
    _ world: borrowing World
  ) throws(Failure) {
    self.init(place: place, name: name, limit: limit)
    do throws(ProcFSError) {
      try make(in: hierarchy)
    } catch {
      remove(from: hierarchy, in: world)
      throw Failure(error)
    }
  }

  /// Removes what drills left behind that were killed, in all these places: how many groups.
  static func removeLeftovers(
    in places: [String], _ hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) -> Int {
    var count = 0
    for place in places {
      for text in world.known(try hierarchy.groups(below: place)) ?? [] {
        guard let name = DrillGroupName(text),
          world.known(try name.isOfLivingProcess(in: world.proc)) == false,
          world.known(try hierarchy.removeGroup(text, below: place)) ?? false
        else { continue }
        count += 1
        if name.hasEnabled { disable(in: place, hierarchy, world) }
      }
    }
    return count
  }
}
