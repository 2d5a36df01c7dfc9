import Badness
package import ProcFS

/// One process of many, with the highest badness that one file allows for it.
package struct Suspect {
  package var badness: Int128
  package var record: ProcessSnapshot

  package init(badness: Int128, record: ProcessSnapshot) {
    self.badness = badness
    self.record = record
  }
}

extension [Suspect] {
  /// Keeps those with the highest badness; among equals the later, which kernels since 4.7 prefer.
  package mutating func keepFirst(_ count: Int) {
    sort { ($0.badness, $0.record.id) > ($1.badness, $1.record.id) }
    removeSubrange(Swift.min(count, self.count)...)
  }
}

extension ProcessReader {
  /// Reads the one of the two large files that is asked for; false where it can't be read.
  package mutating func read(
    _ record: inout ProcessSnapshot, byStat: Bool, in proc: borrowing ProcFS
  ) -> Bool {
    do throws(Errno) {
      if byStat {
        record.stat = try proc.stat(of: record.id)
      } else {
        record.status = try proc.status(of: record.id)
      }
    } catch {
      let file = "\(record.id)/\(byStat ? "stat" : "status")"
      note(ProcFSError(path: proc.directory.path(of: file), reason: .system(error)))
    }
    return !record.files.isEmpty
  }
}

extension ProcessSnapshot {
  /// False where one of these files shows that there is no memory that a kill would free: the kernel
  /// doesn't choose it. Most such processes are the kernel's own threads.
  package var mayHaveMemory: Bool {
    if let stat { return !stat.isKernelThread && (!stat.isDead || stat.threadCount > 1) }
    return status?.resident != nil || status?.threadCount ?? 0 > 1
  }

  /// The files that were read, of the two large ones.
  package var files: Fields {
    (status == nil ? [] : Fields.status).union(stat == nil ? [] : .stat)
  }
}
