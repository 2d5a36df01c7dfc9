package import DaemonLog
package import KernelLog

/// What a memory cgroup held when it was at its limit, as far as its report tells: of the cgroup and all below it.
package struct CgroupMemory: Equatable {
  /// All that is charged.
  package let used: Kibibytes
  /// What is known of it, the largest first.
  package let parts: [Part]

  /// A kind of memory, and how much of it there was.
  package struct Part: Equatable {
    package let kind: Kind
    package let size: Kibibytes
  }

  package enum Kind: Equatable {
    /// Of processes alone.
    case anonymous
    /// Cached pages of files, which can be dropped or written back.
    case files
    /// Shared memory and files of tmpfs, which can be swapped only.
    case shared
    /// The kernel's own, for these processes.
    case kernel
  }

  /// `nil` where the report has no usage, or nothing of what it is made of.
  package init?(_ state: CgroupState?) {
    guard let state, let used = state.memory?.usage else { return nil }
    // To 5.2 the numbers are of that cgroup alone, while the limit is for all below it.
    let statistics = state.statisticsInBytes ? state.statistics : []
    func size(_ key: String) -> Int? {
      statistics.first { $0.key == key }.map { $0.value / 1024 }
    }
    let shared = size("shmem")
    let sizes: [(Kind, Int?)] = [
      (.anonymous, size("anon")),
      // Pages of tmpfs count as files, too.
      (.files, size("file").map { max(0, $0 &- (shared ?? 0)) }),
      (.shared, shared),
      (.kernel, state.kernel?.usage.count ?? size("kernel") ?? Self.kernelMemory(size)),
    ]
    self.used = used
    parts = sizes.compactMap { kind, size in
      size.flatMap { $0 > 0 ? Part(kind: kind, size: Kibibytes($0)) : nil }
    }.sorted { $0.size > $1.size }
    guard !parts.isEmpty else { return nil }
  }

  /// Until 5.18 there is no sum of it: its parts are.
  private static func kernelMemory(_ size: (String) -> Int?) -> Int? {
    let slab =
      size("slab") ?? size("slab_unreclaimable").map { $0 &+ (size("slab_reclaimable") ?? 0) }
    let parts = [slab, size("kernel_stack"), size("pagetables"), size("percpu"), size("sock")]
    return parts.contains { $0 != nil } ? parts.reduce(0) { $0 &+ ($1 ?? 0) } : nil
  }

  /// The kind that is more than half of all, where there is one.
  package var dominant: Part? {
    parts.first.flatMap { $0.size.count > used.count / 2 ? $0 : nil }
  }
}

extension CgroupMemory.Kind {
  /// For people.
  package var word: String {
    switch self {
    case .anonymous: "anonymous"
    case .files: "files"
    case .shared: "shared memory and tmpfs"
    case .kernel: "the kernel's own"
    }
  }
}
