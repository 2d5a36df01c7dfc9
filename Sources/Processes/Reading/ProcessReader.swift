import Badness
package import Core
package import ProcFS

/// Reads processes, and keeps count of what couldn't be read.
package struct ProcessReader: Sendable {
  /// The number of processes whose files may not be read.
  package private(set) var hiddenCount = 0
  /// The first of the reads that failed, and of the files with content that no kernel writes.
  package private(set) var problems: [ProcFSError] = []
  package private(set) var problemCount = 0
  /// Existing processes that couldn't be read, and whether they are hidden or the read failed.
  package private(set) var unread: [ProcessID: Errno.Meaning] = [:]
  /// The number of processes whose program may not be read.
  package private(set) var hiddenProgramCount = 0
  /// The number of processes of a copied tree that lack the file `stat`, and of all that were read of it.
  package private(set) var (lackingCount, copiedCount) = (0, 0)

  package init(
    hiddenCount: Int = 0, problems: [ProcFSError] = [], problemCount: Int = 0,
    unread: [ProcessID: Errno.Meaning] = [:], hiddenProgramCount: Int = 0
  ) {
    self.hiddenCount = hiddenCount
    self.problems = problems
    self.problemCount = problemCount
    self.unread = unread
    self.hiddenProgramCount = hiddenProgramCount
  }

  /// The most problems that are kept: where memory is short, thousands of reads may fail in the
  /// same way.
  private static let mostProblems = 16

  /// Reads what is needed of one process; `nil` when it has ended, is hidden, or can't be read.
  package mutating func record(
    of id: ProcessID, needs: ProcessSnapshot.Fields, in proc: borrowing ProcFS
  ) -> ProcessSnapshot? {
    do {
      let process = try proc.process(id)
      var record = try record(of: process, needs: needs, isCopy: !proc.isLive)
      record.isInit = id.rawValue == 1 ? try proc.protectsFirstProcess : false
      if needs.contains(.executableFile), record.isReplaced {
        record.isInOwnMounts = try process.mountNamespace == proc.mountNamespace
      }
      return record
    } catch {
      note(error)
      if error.meaning == .hidden || error.meaning == .failure { unread[id] = error.meaning }
      return nil
    }
  }

  /// This program's own process.
  package static func ownRecord(
    needs: ProcessSnapshot.Fields, in world: borrowing World
  ) throws(Failure) -> ProcessSnapshot {
    var reader = ProcessReader()
    guard let id = world.environment.ownID(),
      let own = reader.record(of: ProcessID(id), needs: needs, in: world.proc)
    else {
      let reason = reader.problems.first.map { ": \($0)" } ?? ""
      throw Failure("can't find itself in /proc\(reason)")
    }
    return own
  }

  /// All processes, or those listed, each converted by `body`; one that ends meanwhile is left out.
  package mutating func records<Result>(
    of ids: [ProcessID]? = nil, needs: ProcessSnapshot.Fields, in proc: borrowing ProcFS,
    _ body: (ProcessSnapshot) -> Result
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

  /// Notes what couldn't be read. A file that is gone, or that the kernel doesn't have, is no loss.
  mutating func note(_ error: ProcFSError) {
    switch error.meaning {
    case .absent, .notEnabled: break
    case .hidden: hiddenCount += 1
    case .failure:
      problemCount += 1
      if problems.count < Self.mostProblems { problems.append(error) }
    }
  }

  private mutating func record(
    of process: borrowing Process, needs: ProcessSnapshot.Fields, isCopy: Bool
  ) throws(ProcFSError) -> ProcessSnapshot {
    var record = ProcessSnapshot(id: process.id)
    // Every process has these two: where they are gone, so is the process.
    if needs.contains(.status) { try readStatus(of: process, into: &record) }
    if needs.contains(.stat), !isCopy { try readStat(of: process, into: &record) }
    if needs.contains(.stat), isCopy { try readCopiedStat(of: process, into: &record) }
    // Not every kernel has the others, and of some only their owner may read.
    let rest = needs.subtracting([.status, .stat])
    record.score = try read(.score, of: rest, &record.unknown) { () throws(ProcFSError) in
      try process.oomScore
    }
    record.adjustment = try read(.adjustment, of: rest, &record.unknown) {
      () throws(ProcFSError) in try process.adjustment
    }
    record.legacyAdjustment = try read(.legacyAdjustment, of: rest, &record.unknown) {
      () throws(ProcFSError) in try process.legacyAdjustment
    }
    record.sizes = try read(.sizes, of: rest, &record.unknown) { () throws(ProcFSError) in
      try process.sizes
    }
    let hasEnded = record.hasFirstThreadEnded
    record.cgroups = try read(.cgroups, of: rest, &record.unknown) { () throws(ProcFSError) in
      try Self.cgroups(of: process, hasEnded: hasEnded)
    }
    record.commandLine = try read(.commandLine, of: rest, &record.unknown) {
      () throws(ProcFSError) in try process.commandLine
    }
    record.executable = try read(.executable, of: rest, &record.unknown) {
      () throws(ProcFSError) in try process.executable
    }
    record.executableFile = try read(.executableFile, of: rest, &record.unknown) {
      () throws(ProcFSError) in try process.executableFile
    }
    if needs.contains(.systemCall), record.name == Machine.swapoff {
      record.systemCall = try systemCall(of: process)
    }
    if record.unknown.subtracting(.program).isEmpty, record.lacksAdjustment(of: rest) {
      // All kernels since 2.6.11 have one of the two: either this is an older one, or it has ended.
      _ = try process.stat
    }
    return record
  }

  /// Reports of a machine often keep `status` alone, which has most of it.
  private mutating func readCopiedStat(
    of process: borrowing Process, into record: inout ProcessSnapshot
  ) throws(ProcFSError) {
    copiedCount += 1
    do {
      try readStat(of: process, into: &record)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
      if record.status == nil { try readStatus(of: process, into: &record) }
      lackingCount += 1
    }
  }

  /// The system call that a process is in. Not every kernel shows it, nor to everybody: then
  /// another sign decides.
  private mutating func systemCall(
    of process: borrowing Process
  ) throws(ProcFSError) -> PresentSystemCall? {
    do {
      return try process.systemCall
    } catch {
      if error.errno == .noSuchProcess { throw error }
      if error.meaning == .failure { note(error) }
      return nil
    }
  }

  /// The value in a file that not every kernel has; `nil` if it is absent or can't be read. The
  /// handle of a process that has ended throws.
  private mutating func read<Value>(
    _ file: ProcessSnapshot.Fields, of needs: ProcessSnapshot.Fields,
    _ unknown: inout ProcessSnapshot.Fields,
    _ body: () throws(ProcFSError) -> Value
  ) throws(ProcFSError) -> Value? {
    guard needs.contains(file) else { return nil }
    do {
      return try body()
    } catch {
      switch error.meaning {
      case .absent where error.errno == .noSuchProcess: throw error
      case .absent, .notEnabled: return nil
      // A copy of the tree may have an ordinary file where the kernel has a link.
      case .failure where file == .executable && error.errno == .invalidArgument: return nil
      case .hidden:
        // Only the owner may see which program runs; everything else is open to everybody.
        if ProcessSnapshot.Fields.program.contains(file) {
          if unknown.isDisjoint(with: .program) { hiddenProgramCount += 1 }
        } else if unknown.subtracting(.program).isEmpty {
          note(error)
        }
      case .failure: note(error)
      }
      unknown.formUnion(file)
      return nil
    }
  }
}

extension ProcessSnapshot {
  fileprivate func lacksAdjustment(of needs: Fields) -> Bool {
    needs.contains(.adjustment) && adjustment == nil && legacyAdjustment == nil
  }
}

extension ProcFS {
  /// True if the OOM killer can't kill process 1. In a container it is one like others; where the
  /// namespace is unknown, the kernel's own thread 2 identifies the system's process 1. There were
  /// no PID namespaces before 2.6.24.
  fileprivate var protectsFirstProcess: Bool {
    get throws(ProcFSError) {
      let kernel = try ifPresent(try kernelRelease).flatMap { KernelVersion(parsing: $0) }
      if let kernel, kernel < KernelVersion(2, 6, 24) { return true }
      if isLive, let isInitial = try showsInitialNamespace { return isInitial }
      if let second = try ifPresent(try process(ProcessID(2)).stat) {
        return second.isKernelThread || second.name == "kthreadd"
      }
      return try ifPresent(try process(ProcessID(1)).oomScore) ?? 0 == 0
    }
  }
}
