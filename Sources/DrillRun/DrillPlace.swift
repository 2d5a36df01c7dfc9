import CgroupFS
import Core
import ProcFS

/// A place where a drill's memory cgroup can be made.
struct DrillPlace: Equatable, Sendable {
  /// The group that it will lie in.
  let path: String
  /// True where the memory controller must be enabled there first.
  let needsEnabling: Bool
}

extension DrillPlace {
  /// Groups that come into question: the first that is mounted, then this process's own and those above.
  static func candidates(
    in hierarchy: borrowing CgroupHierarchy, own: ProcessCgroups?
  ) -> [String] {
    var paths = [hierarchy.top]
    var components = own?.memory?.path.split(separator: "/") ?? []
    while !components.isEmpty {
      let path = "/" + components.joined(separator: "/")
      if !paths.contains(path) { paths.append(path) }
      components.removeLast()
    }
    return paths
  }

  /// The first of them that takes one.
  init(among paths: [String], in hierarchy: borrowing CgroupHierarchy) throws(Failure) {
    for path in paths {
      guard let accommodation = try Self.accommodation(in: path, hierarchy) else { continue }
      self.path = path
      needsEnabling = accommodation == .afterEnabling
      return
    }
    throw Failure(
      "\(hierarchy.folder(of: hierarchy.top)): no memory cgroup can be made here",
      advice: "A drill needs one of its own: run it as root, or where the controller is delegated.")
  }

  private static func accommodation(
    in path: String, _ hierarchy: borrowing CgroupHierarchy
  ) throws(Failure) -> CgroupHierarchy.Accommodation? {
    do {
      return try hierarchy.accommodation(in: path)
    } catch {
      throw Failure(error)
    }
  }

  /// The memory that the groups around leave, in bytes; `nil` where none has a limit.
  func headroom(in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World) -> Int? {
    var least: Int?
    var components = path.split(separator: "/")
    while !components.isEmpty {
      let path = "/" + components.joined(separator: "/")
      if let limit = world.known(try hierarchy.limits(of: path))?.memory {
        let used = world.known(try hierarchy.usage(of: path))?.memory ?? 0
        least = min(least ?? .max, max(0, limit - used))
      }
      components.removeLast()
    }
    return least
  }
}
