/// A line of a rules file: blank, a comment, or a rule.
///
/// It is taken apart by its bytes: a combining character after a `=` doesn't hide it.
struct RuleLine {
  /// For errors; 0 where these are told to nobody.
  let number: Int
  /// Without the line's end.
  let bytes: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>, number: Int = 0) {
    var bytes = line
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    self.bytes = bytes
    self.number = number
  }

  /// The rule, or `nil` on a line that is blank or a comment.
  func rule() throws(ConfigurationError) -> GuardRule? {
    if bytes.isEmpty { return nil }
    guard let parts = try parts() else { return nil }
    return GuardRule(
      line: number, selectors: try selectors(in: parts.selectors), adjustment: parts.adjustment)
  }

  /// The two halves of a rule, or `nil` on a line that is blank or a comment.
  func parts() throws(ConfigurationError) -> (selectors: ArraySlice<UInt8>, adjustment: Int)? {
    try checkCharacters()
    let content = bytes.trimmed
    guard !content.isEmpty, content.first != UInt8(ascii: "#") else { return nil }
    try checkTrailingComment()
    let parts = Self.divided(content)
    guard let adjustment = parts.adjustment.isNumber ? Int(parts.adjustment.text) ?? .max : nil
    else {
      guard parts.hasEquals else {
        throw error(
          "expected '=' and \(AdjustmentRange.words) at the end of the line", at: content.endIndex)
      }
      let found = parts.adjustment.isEmpty ? "" : ", not \(parts.adjustment.quoted)"
      throw error(
        "expected \(AdjustmentRange.words) after '='\(found)", at: parts.adjustment.startIndex)
    }
    guard AdjustmentRange.all.contains(adjustment) else {
      throw error(
        "\(parts.adjustment.quoted) isn't \(AdjustmentRange.words)",
        at: parts.adjustment.startIndex)
    }
    guard !parts.selectors.isEmpty else {
      throw error("expected a selector before the adjustment", at: content.startIndex)
    }
    return (parts.selectors, adjustment)
  }

  /// An error at a byte, or about the whole line.
  func error(_ problem: String, at index: Int? = nil) -> ConfigurationError {
    let before = bytes[..<(index ?? bytes.startIndex)]
    return ConfigurationError(
      line: number, column: before.count(where: \.beginsCharacter) + 1, problem: problem)
  }
}

extension RuleLine {
  /// The last word, and what stands before it without the `=`.
  private static func divided(
    _ content: ArraySlice<UInt8>
  ) -> (selectors: ArraySlice<UInt8>, hasEquals: Bool, adjustment: ArraySlice<UInt8>) {
    let separator = content.lastIndex { $0.isBlank || $0 == UInt8(ascii: "=") }
    let start = separator.map { $0 + 1 } ?? content.startIndex
    let before = content[..<start].trimmed
    let hasEquals = before.last == UInt8(ascii: "=")
    return (hasEquals ? before.dropLast().trimmed : before, hasEquals, content[start...])
  }

  /// Refuses what can't be read, or would be shown otherwise than it is.
  private func checkCharacters() throws(ConfigurationError) {
    guard bytes.count <= GuardRules.longestLine else {
      throw error("the line is longer than \(GuardRules.longestLine) bytes")
    }
    var previous: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte.isControl && byte != UInt8(ascii: "\t") {
        throw error("the line has a control character (byte \(byte))", at: index)
      }
      // The controls of C1 take two bytes in UTF-8.
      if previous == 0xC2, (0x80...0x9F).contains(byte) {
        throw error("the line has a control character (byte \(byte))", at: index - 1)
      }
      previous = byte
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    let repaired = bytes.text.utf8
    let valid = zip(bytes, repaired).prefix { $0 == $1 }.count
    throw error("the line isn't UTF-8", at: bytes.startIndex + valid)
  }

  /// In `nginx = -500 # was 300` nobody means processes called `nginx = -500 # was`.
  private func checkTrailingComment() throws(ConfigurationError) {
    for index in bytes.indices.dropFirst()
    where bytes[index] == UInt8(ascii: "#") && bytes[index - 1].isBlank {
      let before = Self.divided(bytes[..<index].trimmed)
      if before.adjustment.isNumber && !before.selectors.isEmpty {
        throw error("a comment needs a line of its own", at: index)
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// True for digits, with a sign before them or without.
  fileprivate var isNumber: Bool {
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let digits = isSigned ? dropFirst() : self
    return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
  }
}
