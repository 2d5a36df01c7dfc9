/// The unit of a score; the raw values are JSON's words.
public enum BadnessUnit: String, Hashable, Sendable, CaseIterable {
  /// Pages that were divided and shifted until they mean nothing but an order; to 2.6.35.
  case points
  /// Thousandths of all memory; 2.6.36 to 3.4.
  case perMille = "per_mille"
  /// From 3.5.
  case pages
}
