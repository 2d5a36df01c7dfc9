package import CgroupFS
package import Core
import ProcFS

extension World {
  /// The tree of memory cgroups: at its mount, else at its usual place.
  package func memoryCgroups() throws(Failure) -> CgroupHierarchy {
    do throws(ProcFSError) {
      return try memoryCgroupTree()
    } catch {
      throw Failure(
        "\(error)", advice: error.meaning == .absent ? "Memory cgroups aren't mounted here." : nil)
    }
  }

  /// The tree of memory cgroups; `nil` where none is mounted. Other failures are noted among the
  /// gaps.
  package var knownMemoryCgroups: CgroupHierarchy? { known(try memoryCgroupTree()) }

  private func memoryCgroupTree() throws(ProcFSError) -> CgroupHierarchy {
    if let mount = try ifPresent(try proc.mounts)?.memoryCgroup,
      let folder = try ifPresent(try directory(at: mount.mountPoint))
    {
      var hierarchy = CgroupHierarchy(
        folder, version: mount.type == "cgroup2" ? .two : .one, top: mount.source)
      // Only a cgroup namespace without a mount of its own has to search.
      if mount.source.hasPrefix("/.."), let own = ownCgroup, let id = try proc.selfProcess {
        try hierarchy.findDescent(by: id, of: own)
      }
      return hierarchy
    }
    if let folder = try ifPresent(try directory(at: "/sys/fs/cgroup/memory")) {
      return CgroupHierarchy(folder, version: .one)
    }
    return CgroupHierarchy(try directory(at: "/sys/fs/cgroup"), version: .two)
  }

  /// The memory cgroup of this program, or of the program that made a copy of the tree.
  package var ownCgroup: String? {
    known(try proc.directory.read("self/cgroup", as: ProcessCgroups.self))?.memory?.path
  }
}
