import Badness
package import Core
package import ProcFS

/// Processes with everything that is asked of them, in ascending order of their numbers.
package struct ProcessList: Sendable {
  package private(set) var subjects: [ScoredProcess] = []
  package private(set) var reader = ProcessReader()

  /// Reads all processes, or those listed. With `isScored` their badness is computed.
  package init(
    of ids: [ProcessID]? = nil, on machine: Machine, needs: ProcessSnapshot.Fields, isScored: Bool,
    in proc: borrowing ProcFS
  ) throws(Failure) {
    let needs = isScored ? needs.union(machine.badnessNeeds) : needs
    // Kernels to 2.6.35 count children too: then all must be read, not only those listed.
    if isScored, machine.readsLegacyAdjustment {
      let records = try reader.records(needs: needs, in: proc) { $0 }
      let family = Family(
        of: records, uptime: reader.uptime(in: proc), pageSize: machine.pageSize ?? 4096)
      subjects = records.filter { ids?.contains($0.id) ?? true }.map {
        ScoredProcess($0, on: machine, isScored: true, family: family)
      }
    } else {
      subjects = try reader.records(of: ids, needs: needs, in: proc) {
        ScoredProcess($0, on: machine, isScored: isScored)
      }
    }
  }

  /// The processes that the kernel may choose, first victim first, with their ranks.
  package func ranked(on machine: Machine) -> [ScoredProcess] {
    var eligible = subjects.filter(machine.isEligible).sorted(by: machine.precedes)
    for index in eligible.indices { eligible[index].rank = index + 1 }
    return eligible
  }
}

extension ProcessReader {
  /// Seconds since boot, which rules to 2.6.35 weigh.
  fileprivate mutating func uptime(in proc: borrowing ProcFS) -> Uptime? {
    do throws(ProcFSError) {
      return try proc.uptime
    } catch {
      note(error)
      return nil
    }
  }
}

extension [ScoredProcess] {
  /// All processes except one, such as this program.
  package func without(_ id: ProcessID?) -> [ScoredProcess] {
    id == nil ? self : filter { $0.id != id }
  }
}

extension [ScoredProcess] {
  /// The names of up to three, or the number of more.
  package var listed: String {
    count > 3 ? "its \(count) living descendants" : map(\.label).joined(separator: ", ")
  }
}
