import Badness
package import ProcFS

/// The file that an adjustment is written to, of its two.
package enum AdjustmentFile: String, Sendable {
  case modern = "oom_score_adj"
  case legacy = "oom_adj"

  /// The values that the kernel accepts there.
  package var range: ClosedRange<Int> {
    switch self {
    case .modern: OOMAdjustment.minimum...OOMAdjustment.maximum
    case .legacy: OOMAdjustment.disable...OOMAdjustment.legacy.upperBound
    }
  }

  /// The value in it, of a process that was read.
  package func value(of record: ProcessSnapshot) -> Int? {
    self == .modern ? record.adjustment : record.legacyAdjustment
  }

  package func value(of process: borrowing Process) throws(ProcFSError) -> Int {
    self == .modern ? try process.adjustment : try process.legacyAdjustment
  }
}
