/// The program's version, stated here alone.
enum Version {
  static let current = "0.1.0"
  /// When it was released, as manuals write it.
  static let date = "November 21, 2026"
}
