import Posix
public import ProcFS

// The facts that decide the order in which the OOM killer walks through a group and those below it
// (mm/memcontrol.c `mem_cgroup_scan_tasks`).

extension CgroupHierarchy {
  /// The number of a group's folder. On a live system with version 2 it grows from group to group as they
  /// are made, from 4.14 on (fs/kernfs/dir.c `__kernfs_new_node`: `idr_alloc_cyclic`); before, numbers
  /// were given anew.
  public func inode(of path: String) throws(ProcFSError) -> UInt64 {
    let group = try open(path)
    do {
      return try group.descriptor.status.identity.inode
    } catch {
      throw ProcFSError(path: group.path, reason: .system(error))
    }
  }

  /// True where a group of version 2 has a memory controller of its own: without one its processes
  /// are charged to the nearest group above that has it. `nil` where `cgroup.controllers` isn't
  /// there to tell.
  public func controlsMemory(in path: String) throws(ProcFSError) -> Bool? {
    let line: String? = try open(path).readIfPresent("cgroup.controllers")
    return line?.split(separator: " ").contains("memory")
  }
}
