import ProcFS

// If the first thread has ended while others live, only these show the memory of the process.

extension ProcessReader {
  func readStatus(of process: borrowing Process, into record: inout ProcessSnapshot)
    throws(ProcFSError)
  {
    let status = try process.status
    record.status = status
    guard status.resident == nil, status.threadCount ?? 0 > 1 else { return }
    let shown = try Self.livingThread(of: process) { (thread) throws(ProcFSError) in
      try thread.status
    }
    guard let shown, shown.value.resident != nil else { return }
    record.livingThread = shown.id
    record.status = status.withMemory(of: shown.value)
  }

  func readStat(of process: borrowing Process, into record: inout ProcessSnapshot)
    throws(ProcFSError)
  {
    var stat = try process.stat
    if stat.hasOnlyFirstThreadEnded {
      let shown = try Self.livingThread(of: process) { (thread) throws(ProcFSError) in
        try thread.stat
      }
      if let shown { stat.residentPages = shown.value.residentPages }
    }
    record.stat = stat
  }

  /// The cgroups of a process. With version 1 the kernel shows an ended thread at the root
  /// (kernel/cgroup/cgroup.c `proc_cgroup_show`).
  static func cgroups(
    of process: borrowing Process, hasEnded: Bool?
  ) throws(ProcFSError) -> ProcessCgroups {
    let own = try process.cgroups
    guard own.looksEnded, hasEnded ?? true else { return own }
    if hasEnded == nil, try !process.stat.hasOnlyFirstThreadEnded { return own }
    let shown = try livingThread(of: process) { (thread) throws(ProcFSError) in
      try thread.cgroups
    }
    return shown?.value ?? own
  }

  /// The value that a living thread other than the first one shows, and its number; `nil` where
  /// there is none.
  private static func livingThread<Value>(
    of process: borrowing Process, _ read: (borrowing Process) throws(ProcFSError) -> Value
  ) throws(ProcFSError) -> (id: ProcessID, value: Value)? {
    // A copied tree may lack them.
    for id in try ifPresent(try process.threads) ?? [] where id != process.id {
      // A thread may end meanwhile.
      guard let thread = try ifPresent(try process.thread(id)),
        let stat = try ifPresent(try thread.stat), !stat.isDead,
        let value = try ifPresent(try read(thread))
      else { continue }
      return (id, value)
    }
    return nil
  }
}

extension ProcessSnapshot {
  /// True if the first thread has ended while others live; `nil` if nothing was read that shows it.
  var hasFirstThreadEnded: Bool? {
    stat?.hasOnlyFirstThreadEnded
      ?? status?.state.map { $0 == "Z" && status?.threadCount ?? 0 > 1 }
  }
}

extension ProcessStat {
  fileprivate var hasOnlyFirstThreadEnded: Bool { isDead && threadCount > 1 }
}

extension ProcessCgroups {
  /// True if all groups of version 1 are the root, as for an ended thread.
  fileprivate var looksEnded: Bool {
    let ofVersionOne = memberships.filter { $0.hierarchy != 0 }
    return !ofVersionOne.isEmpty && ofVersionOne.allSatisfy { $0.path == "/" }
  }
}
