/// The program's version, stated here alone.
package enum Version {
  /// What the program is called where nobody gave it another name.
  package static let program = "oomctl"
  package static let line: StaticString = "oomctl 0.1.0\n"
  package static var current: String { String("\(line)".dropFirst("oomctl ".count).dropLast()) }
  /// When it was released, as manuals write it.
  package static let date = "November 21, 2026"
}
