import ProcFS

extension World {
  /// The tree of memory cgroups: where the mounts say, else where it mostly is.
  func memoryCgroups() throws(Failure) -> CgroupHierarchy {
    if let mount = (try? proc.mounts)?.memoryCgroup,
      let folder = try? directory(at: mount.mountPoint)
    {
      return CgroupHierarchy(
        folder, version: mount.type == "cgroup2" ? .two : .one, top: mount.source)
    }
    if let folder = try? directory(at: "/sys/fs/cgroup/memory") {
      return CgroupHierarchy(folder, version: .one)
    }
    do {
      return CgroupHierarchy(try directory(at: "/sys/fs/cgroup"), version: .two)
    } catch {
      throw Failure("\(error)", advice: "Memory cgroups aren't mounted here.")
    }
  }
}
