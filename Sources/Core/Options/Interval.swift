import Arguments

/// The time between two looks.
package struct Interval: ArgumentValue, Equatable {
  package let milliseconds: Int

  static let placeholder = "SECONDS"
  static let expectation = "a number of seconds from 0.1 to 86400, as 1 or 0.5"

  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  init?(argument: String) {
    let parts = argument.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.count > 1 ? parts[1] : ""
    guard let seconds = Self.number(parts[0]), digits.utf8.count <= 3, seconds <= 86400,
      parts.count == 1 || !digits.isEmpty,
      let thousandths = Self.number(digits + String(repeating: "0", count: 3 - digits.utf8.count))
    else { return nil }
    milliseconds = seconds * 1000 + thousandths
    guard (100...86_400_000).contains(milliseconds) else { return nil }
  }

  private static func number(_ text: Substring) -> Int? {
    text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
  }

  /// As it is typed.
  var text: String {
    let rest = milliseconds % 1000
    guard rest > 0 else { return "\(milliseconds / 1000)" }
    var digits = String("\(1000 + rest)".dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(milliseconds / 1000).\(digits)"
  }
}
