import Badness
import ProcFS

/// Reads processes, and keeps count of what couldn't be read.
struct Survey: Sendable {
  /// Processes whose files we may not read.
  private(set) var hiddenCount = 0
  /// Files that hold what no kernel writes.
  private(set) var problems: [ProcFSError] = []

  /// Reads what is needed of one process; `nil` when it has ended, or is hidden.
  mutating func record(
    of id: ProcessID, needs: Record.Needs, in proc: borrowing ProcFS
  ) -> Record? {
    do {
      let process = try proc.process(id)
      var record = try record(of: process, needs: needs)
      record.isInit = id.rawValue == 1 && proc.protectsFirstProcess
      return record
    } catch {
      note(error)
      return nil
    }
  }

  /// All processes, or those listed, each as what `body` makes of it; what ends meanwhile is left out.
  mutating func records<Result>(
    of ids: [ProcessID]? = nil, needs: Record.Needs, in proc: borrowing ProcFS,
    _ body: (Record) -> Result
  ) throws(Failure) -> [Result] {
    let all: [ProcessID]
    do throws(ProcFSError) {
      if let ids { all = ids } else { all = try proc.processes }
    } catch {
      throw Failure(error)
    }
    var results: [Result] = []
    results.reserveCapacity(all.count)
    for id in all {
      if let record = record(of: id, needs: needs, in: proc) { results.append(body(record)) }
    }
    return results
  }

  mutating func note(_ error: ProcFSError) {
    switch error.reason {
    case .system(let errno) where errno.meansForbidden: hiddenCount += 1
    case .system: break
    case .malformed, .shortWrite, .leased: problems.append(error)
    }
  }

  private mutating func record(
    of process: borrowing Process, needs: Record.Needs
  ) throws(ProcFSError) -> Record {
    var record = Record(id: process.id)
    // Every process has these two: where they are gone, so is the process.
    if needs.contains(.status) { record.status = try status(of: process) }
    if needs.contains(.stat) { record.stat = try stat(of: process, record.status) }
    // Not every kernel has the others, and of some only their owner may read.
    record.score = read(needs.contains(.score)) { () throws(ProcFSError) in
      try process.oomScore
    }
    record.adjustment = read(needs.contains(.adjustment)) { () throws(ProcFSError) in
      try process.adjustment
    }
    record.legacyAdjustment = read(needs.contains(.legacyAdjustment)) { () throws(ProcFSError) in
      try process.legacyAdjustment
    }
    record.sizes = read(needs.contains(.sizes)) { () throws(ProcFSError) in try process.sizes }
    record.cgroups = read(needs.contains(.cgroups)) { () throws(ProcFSError) in
      try process.cgroups
    }
    record.commandLine = read(needs.contains(.commandLine)) { () throws(ProcFSError) in
      try process.commandLine
    }
    record.executable = read(needs.contains(.executable)) { () throws(ProcFSError) in
      try process.executable
    }
    return record
  }

  private mutating func read<Value>(
    _ isNeeded: Bool, _ file: () throws(ProcFSError) -> Value
  ) -> Value? {
    guard isNeeded else { return nil }
    do {
      return try file()
    } catch {
      if error.errno == nil { note(error) }
      return nil
    }
  }

  /// When the first thread has ended while others live, their memory is the process's; only they show it.
  private mutating func status(of process: borrowing Process) throws(ProcFSError) -> ProcessStatus {
    let status = try process.status
    guard status.resident == nil, status.threadCount ?? 0 > 1,
      let other = livingThread(of: process), let shown = try? other.status, shown.resident != nil
    else { return status }
    return status.withMemory(of: shown)
  }

  private mutating func stat(
    of process: borrowing Process, _ status: ProcessStatus?
  ) throws(ProcFSError) -> ProcessStat {
    var stat = try process.stat
    if stat.isDead, stat.threadCount > 1, let other = livingThread(of: process),
      let shown = try? other.stat
    {
      stat.residentPages = shown.residentPages
    }
    return stat
  }

  /// The handle on a thread that hasn't ended, but for the first one.
  private func livingThread(of process: borrowing Process) -> Process? {
    guard let threads = try? process.threads else { return nil }
    for id in threads where id != process.id {
      if let thread = try? process.thread(id), (try? thread.stat)?.isDead == false {
        return thread
      }
    }
    return nil
  }
}

extension ProcFS {
  /// Whether process 1 is beyond the OOM killer. In a container it is one like others; where the
  /// namespace can't be told, the kernel's own thread 2 tells the system's process 1. There were no
  /// namespaces of processes before 2.6.24.
  fileprivate var protectsFirstProcess: Bool {
    if let release = try? kernelRelease, let kernel = KernelVersion(parsing: release),
      kernel < KernelVersion(2, 6, 24)
    {
      return true
    }
    if isLive, let isInitial = showsInitialNamespace { return isInitial }
    guard let second = try? process(ProcessID(2)).stat else {
      return (try? oomScore(of: ProcessID(1))) ?? 0 == 0
    }
    return second.isKernelThread || second.name == "kthreadd"
  }
}
