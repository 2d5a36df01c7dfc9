/// The program's version, stated here alone.
enum Version {
  /// What the program is called where nobody gave it another name.
  static let program = "oomctl"
  static let line: StaticString = "oomctl 0.1.0\n"
  static var current: String { String("\(line)".dropFirst("oomctl ".count).dropLast()) }
  /// When it was released, as manuals write it.
  static let date = "November 21, 2026"
}
