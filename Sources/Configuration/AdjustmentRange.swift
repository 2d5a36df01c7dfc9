/// The range of `oom_score_adj` (`OOM_SCORE_ADJ_MIN`, `OOM_SCORE_ADJ_MAX`).
enum AdjustmentRange {
  static let all = -1000...1000
  /// For an error.
  static let words = "an adjustment from \(all.lowerBound) to \(all.upperBound)"
}
