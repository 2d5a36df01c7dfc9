/// One way in which kernels have stored a value written to `oom_adj` or `oom_score_adj`: the
/// writers of both files in `fs/proc/base.c`.
public struct AdjustmentRule: KernelEra, Hashable {
  /// The release that brought the rule, and its name.
  public let since: KernelVersion
  /// The values that `oom_adj` accepts.
  public let legacyRange: ClosedRange<Int>
  let storage: Storage

  /// The choice of the value that is kept.
  enum Storage {
    /// `oom_adj`, the only one there is.
    case legacy
    /// Both; each write sets the other.
    case both
    /// `oom_score_adj`; the other is worked out when read, and may read 16.
    case modern
    /// Like `modern`, but `oom_adj` reads no more than it accepts.
    case cappedModern
  }

  /// All rules, oldest first.
  public static let history: [AdjustmentRule] = [
    // oom_adj appears, and nothing exempts.
    Self(since: .init(2, 6, 11), legacyRange: OOMAdjustment.legacy, storage: .legacy),
    // -17 exempts.
    Self(since: .init(2, 6, 12), legacyRange: exempting, storage: .legacy),
    // oom_score_adj appears.
    Self(since: .init(2, 6, 36), legacyRange: exempting, storage: .both),
    // oom_adj is a view.
    Self(since: .init(3, 7), legacyRange: exempting, storage: .modern),
    // A view within its range.
    Self(since: .init(5, 10), legacyRange: exempting, storage: .cappedModern),
  ]

  private static let exempting = OOMAdjustment.disable...OOMAdjustment.legacy.upperBound
}

/// The content of both files after a write.
public struct StoredAdjustment: Hashable, Sendable {
  /// `nil` to 2.6.35, which has no such file.
  public let oomScoreAdj: Int?
  /// The content of `oom_adj`, whether kept or worked out.
  public let oomAdj: Int

  /// `oomScoreAdj` is `nil` where the kernel has no such file.
  public init(oomScoreAdj: Int?, oomAdj: Int) {
    self.oomScoreAdj = oomScoreAdj
    self.oomAdj = oomAdj
  }
}

extension AdjustmentRule {
  /// The outcome of a write to `oom_adj`; `nil` where it is refused with `EINVAL`.
  public func storing(oomAdj: Int) -> StoredAdjustment? {
    guard legacyRange.contains(oomAdj) else { return nil }
    let modern =
      oomAdj == OOMAdjustment.legacy.upperBound
      ? OOMAdjustment.maximum : oomAdj * OOMAdjustment.maximum / -OOMAdjustment.disable
    return switch storage {
    case .legacy: StoredAdjustment(oomScoreAdj: nil, oomAdj: oomAdj)
    case .both: StoredAdjustment(oomScoreAdj: modern, oomAdj: oomAdj)
    case .modern, .cappedModern: storing(oomScoreAdj: modern)
    }
  }

  /// The outcome of a write to `oom_score_adj`; `nil` where it is refused or there is no such file.
  public func storing(oomScoreAdj: Int) -> StoredAdjustment? {
    let range = OOMAdjustment.minimum...OOMAdjustment.maximum
    guard storage != .legacy, range.contains(oomScoreAdj) else { return nil }
    return StoredAdjustment(oomScoreAdj: oomScoreAdj, oomAdj: legacyValue(of: oomScoreAdj))
  }

  private func legacyValue(of oomScoreAdj: Int) -> Int {
    let highest = OOMAdjustment.legacy.upperBound
    switch oomScoreAdj {
    case OOMAdjustment.minimum: return OOMAdjustment.disable
    case OOMAdjustment.maximum: return highest
    default:
      // 2.6.36 scales back by 15, not by the 17 that it scales with.
      let scale = storage == .both ? highest : -OOMAdjustment.disable
      let value = oomScoreAdj * scale / OOMAdjustment.maximum
      return storage == .cappedModern ? min(value, highest) : value
    }
  }
}
