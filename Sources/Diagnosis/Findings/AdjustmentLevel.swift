import Badness
import Changes
package import Processes
import Protecting

/// The degree to which a process is kept from the OOM killer.
package struct AdjustmentLevel: Equatable, Sendable {
  /// On the scale of the kernel's own file.
  let value: Int
  private let kind: AdjustmentFile

  /// `nil` where it can't be read, and where there is nothing to keep: a kernel thread has no memory.
  package init?(_ record: ProcessSnapshot, on machine: Machine) {
    kind = machine.readsLegacyAdjustment ? .legacy : .modern
    guard let value = kind.value(of: record), record.hasMemory, !record.isKernelThread else {
      return nil
    }
    self.value = value
  }

  /// Below the process's folder.
  var file: String { kind.rawValue }

  /// True where the kernel may never take it.
  package var isComplete: Bool { value <= kind.range.lowerBound }

  /// True where the kernel takes all others first: at the value that `oomctl protect` sets, or
  /// below.
  package var isDeep: Bool {
    let lowest = Protect.lastInLine
    return value <= (kind == .legacy ? OOMAdjustment.legacy(from: lowest) : lowest)
  }

  /// As `oom_score_adj -1000`.
  var text: String { "\(file) \(value)" }
}
