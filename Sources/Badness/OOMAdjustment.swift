/// The numbers that an adjustment can take.
public enum OOMAdjustment {
  /// `OOM_DISABLE`: the `oom_adj` that exempts.
  public static let disable = -17
  /// `OOM_ADJUST_MIN` to `OOM_ADJUST_MAX`: an ordinary `oom_adj`.
  public static let legacy = -16...15
  /// `OOM_SCORE_ADJ_MIN`: the `oom_score_adj` that exempts.
  public static let minimum = -1000
  /// `OOM_SCORE_ADJ_MAX`: an `oom_score_adj` worth all memory.
  public static let maximum = 1000
}

/// The numbers of the scale from nothing to all memory, on which `oom_score_adj` is given.
enum Scale {
  /// All memory.
  static let whole = Int128(OOMAdjustment.maximum)
  /// The thousandths that `CAP_SYS_ADMIN` takes off, to 3.13.
  static let bonus: Int128 = 30
}
