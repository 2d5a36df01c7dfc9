import ProcFS

/// Where a drill's memory cgroup can be made.
struct DrillPlace: Equatable, Sendable {
  /// The group that it will lie in.
  let path: String
  /// Whether the memory controller is to be enabled there first.
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
      guard let accommodation = hierarchy.accommodation(in: path) else { continue }
      self.path = path
      needsEnabling = accommodation == .afterEnabling
      return
    }
    throw Failure(
      "\(hierarchy.folder(of: hierarchy.top)): no memory cgroup can be made here",
      advice: "A drill needs one of its own: run it as root, or where the controller is delegated.")
  }

  /// How much memory the groups around leave, in bytes; `nil` where none has a limit.
  func headroom(in hierarchy: borrowing CgroupHierarchy) -> Int? {
    var least: Int?
    var components = path.split(separator: "/")
    while !components.isEmpty {
      let path = "/" + components.joined(separator: "/")
      if let limit = (try? hierarchy.limits(of: path))?.memory {
        let used = (try? hierarchy.usage(of: path))?.memory ?? 0
        least = min(least ?? .max, max(0, limit - used))
      }
      components.removeLast()
    }
    return least
  }
}
