public import ProcFS

// Paths of groups, which are counted from the root of the reader's cgroup namespace (cgroup_namespaces(7)):
// what lies beside or above it begins with `/..`.

extension CgroupHierarchy {
  /// A group and those above it, as far as they can be seen: from the innermost up.
  public func lineage(of path: String) -> [String] {
    var lineage: [String] = []
    var next = CgroupLocation(path)
    while part(of: next.path) != nil {
      lineage.append(next.path)
      next = next.parent
    }
    return lineage
  }

  /// A group and all below it that can be seen, parents first; at most so many.
  public func subtree(of path: String, most: Int) throws(ProcFSError) -> [String] {
    var paths = [path]
    var next = 0
    while next < paths.count {
      let prefix = paths[next] == "/" ? "/" : paths[next] + "/"
      for name in try ifPresent(try groups(below: paths[next])) ?? [] where paths.count < most {
        paths.append(prefix + name)
      }
      next += 1
    }
    return paths
  }

  /// Looks for the folders that lead to the namespace's root, where the mount shows more than that: none but
  /// the list of processes names them. The process is one of the group of that path.
  public mutating func findDescent(by id: ProcessID, of path: String) throws(ProcFSError) {
    let top = CgroupLocation(top)
    guard top.ascent > 0, top.names.isEmpty, descent.isEmpty else { return }
    let own = CgroupLocation(path)
    guard own.ascent == 0 else { return }
    var branches: [[String]] = [[]]
    for _ in 0..<top.ascent {
      var below: [[String]] = []
      for branch in branches {
        let folder = try ifPresent(try directory.directory(Self.folder(branch)))
        for name in try folder?.folders() ?? [] where below.count < Self.mostBranches {
          below.append(branch + [name])
        }
      }
      branches = below
    }
    for branch in branches {
      let folder = try ifPresent(try directory.directory(Self.folder(branch + own.names)))
      let list: MemberList? = try folder?.readIfPresent("cgroup.procs", isLong: true)
      if list?.ids.contains(id) ?? false {
        descent = branch
        return
      }
    }
  }

  /// Beyond so many groups a search would cost more than it tells.
  private static var mostBranches: Int { 4096 }

  private static func folder(_ names: [String]) -> String {
    names.isEmpty ? "." : names.joined(separator: "/")
  }

  /// The folder of a group by its way from the folder of `top`; `nil` where the mount doesn't show it.
  func part(of path: String) -> String? {
    let top = CgroupLocation(top)
    let group = CgroupLocation(path)
    guard !group.names.contains("..") else { return nil }
    if group.ascent == top.ascent {
      guard group.names.starts(with: top.names) else { return nil }
      return group.names.dropFirst(top.names.count).joined(separator: "/")
    }
    // The names between the two aren't in their paths.
    guard group.ascent < top.ascent, top.names.isEmpty, descent.count == top.ascent else {
      return nil
    }
    return (descent.dropLast(group.ascent) + group.names).joined(separator: "/")
  }
}

/// A group's path in parts: `/../../a/b` is two up from the namespace's root, then down.
public struct CgroupLocation: Hashable, Sendable {
  /// The number of steps that it leads up.
  public let ascent: Int
  /// The names that lead down from there.
  public let names: [String]

  /// From the path as the kernel prints it.
  public init(_ path: String) {
    let components = path.split(separator: "/").map(String.init)
    ascent = components.prefix { $0 == ".." }.count
    names = Array(components.dropFirst(ascent))
  }

  private init(ascent: Int, names: [String]) {
    self.ascent = ascent
    self.names = names
  }

  /// As the kernel prints it.
  public var path: String {
    "/" + (Array(repeating: "..", count: ascent) + names).joined(separator: "/")
  }

  /// The group right above.
  public var parent: CgroupLocation {
    names.isEmpty
      ? CgroupLocation(ascent: ascent + 1, names: [])
      : CgroupLocation(ascent: ascent, names: names.dropLast())
  }

  /// True where another group is this one or lies below it.
  public func contains(_ other: CgroupLocation) -> Bool {
    if ascent == other.ascent { return other.names.starts(with: names) }
    // The groups between the two levels have names that the paths don't tell.
    return other.ascent < ascent && names.isEmpty
  }
}
