import ProcFS

extension World {
  /// The tree of memory cgroups: where the mounts say, else where it mostly is.
  func memoryCgroups() throws(Failure) -> CgroupHierarchy {
    do throws(ProcFSError) {
      return try memoryCgroupTree()
    } catch {
      throw Failure(
        "\(error)", advice: error.meaning == .absent ? "Memory cgroups aren't mounted here." : nil)
    }
  }

  /// The same; `nil` where none is mounted. What else hinders is noted among the gaps.
  var knownMemoryCgroups: CgroupHierarchy? { known(try memoryCgroupTree()) }

  private func memoryCgroupTree() throws(ProcFSError) -> CgroupHierarchy {
    if let mount = try ifPresent(try proc.mounts)?.memoryCgroup,
      let folder = try ifPresent(try directory(at: mount.mountPoint))
    {
      return CgroupHierarchy(
        folder, version: mount.type == "cgroup2" ? .two : .one, top: mount.source)
    }
    if let folder = try ifPresent(try directory(at: "/sys/fs/cgroup/memory")) {
      return CgroupHierarchy(folder, version: .one)
    }
    return CgroupHierarchy(try directory(at: "/sys/fs/cgroup"), version: .two)
  }
}
