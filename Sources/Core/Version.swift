/// The program's version, stated here alone.
package enum Version {
  /// The program's name, unless it was called by another one.
  package static let program = "oomctl"
  package static let line: StaticString = "oomctl 0.1.0\n"
  package static var current: String { String("\(line)".dropFirst("oomctl ".count).dropLast()) }
  /// The day of the release, as manuals write it.
  package static let date = "November 21, 2026"
}
