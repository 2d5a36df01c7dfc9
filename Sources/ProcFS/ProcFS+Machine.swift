extension ProcFS {
  /// Bytes in a page: this machine's, or for a copied tree what its own numbers imply, `nil` when they
  /// imply nothing. Throws where its processes can't be listed.
  public var pageSize: Int? {
    get throws(ProcFSError) { isLive ? ThisMachine.pageSize : try impliedPageSize }
  }

  /// The size that `statm` counts in pages is the one that `status` prints in kB.
  private var impliedPageSize: Int? {
    get throws(ProcFSError) {
      for id in try ifPresent(try processes) ?? [] {
        // Any process tells it: where one can't be read, the next one does.
        guard let process = try? process(id), let sizes = try? process.sizes,
          let size = try? process.status.virtualSize, sizes.totalPages > 0
        else { continue }
        let pageSize = size.bytes / sizes.totalPages
        if size.bytes % sizes.totalPages == 0, pageSize >= 1024, pageSize & (pageSize - 1) == 0 {
          return pageSize
        }
      }
      return nil
    }
  }

  /// A name of this boot, different with each (drivers/char/random.c `proc_do_uuid`).
  public var bootID: String {
    get throws(ProcFSError) { try directory.read("sys/kernel/random/boot_id") }
  }

  /// A name of the namespace that process numbers belong to, as `pid:[4026531836]`.
  public var pidNamespace: String {
    get throws(ProcFSError) { try directory.link("self/ns/pid") }
  }

  /// True where process 1 is the system's init, which the kernel never kills, and not the first
  /// process of a container. `nil` when the kernel doesn't show the PID namespace.
  public var showsInitialNamespace: Bool? {
    get throws(ProcFSError) {
      // PROC_PID_INIT_INO of include/linux/proc_ns.h: the inode is the same on every machine.
      try ifPresent(try pidNamespace).map { $0 == "pid:[4026531836]" }
    }
  }

  /// True where paths of groups are counted from the system's root, and not from that of a cgroup
  /// namespace. `nil` before 4.6, and where the kernel doesn't show it.
  public var showsInitialCgroups: Bool? {
    get throws(ProcFSError) {
      // PROC_CGROUP_INIT_INO of include/linux/proc_ns.h.
      try ifPresent(try directory.link("self/ns/cgroup")).map { $0 == "cgroup:[4026531835]" }
    }
  }

  /// The process that looked: in a copy the one that made it, where its link was kept.
  public var selfProcess: ProcessID? {
    get throws(ProcFSError) {
      let target = try ifPresent(try directory.link("self"))
      return target?.split(separator: "/").last.flatMap { Int32($0) }.map { ProcessID($0) }
    }
  }
}
