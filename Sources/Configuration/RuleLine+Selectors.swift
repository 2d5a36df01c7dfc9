extension RuleLine {
  /// The selectors before the adjustment.
  func selectors(
    in content: ArraySlice<UInt8>
  ) throws(ConfigurationError) -> [RuleSelector] {
    var selectors: [RuleSelector] = []
    var rest = content
    while !rest.isEmpty {
      let kind = RuleSelector.Kind(beginning: rest) ?? .bare
      // Any pattern must be possible, even one that looks like another selector.
      let end = kind == .match ? rest.endIndex : Self.endOfSelector(in: rest)
      selectors.append(try selector(kind, rest[..<end]))
      rest = rest[end...]
    }
    return selectors
  }

  /// The index at which the next selector begins.
  private static func endOfSelector(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.indices.dropFirst().first {
      bytes[$0 - 1].isBlank && RuleSelector.Kind(beginning: bytes[$0...]) != nil
    } ?? bytes.endIndex
  }

  private func selector(
    _ kind: RuleSelector.Kind, _ bytes: ArraySlice<UInt8>
  ) throws(ConfigurationError) -> RuleSelector {
    if kind == .bare { try checkKinds(in: bytes) }
    let text = bytes.dropFirst(kind.prefix.utf8.count).trimmed
    guard !text.isEmpty else {
      throw error("expected a value after '\(kind.prefix)'", at: text.startIndex)
    }
    let start = self.bytes[..<bytes.startIndex].count(where: \.beginsCharacter)
    return RuleSelector(kind: kind, text: text.text, column: start + 1)
  }

  /// Refuses `color:red`, at the beginning or after a blank; a name with such a word needs its `name:`.
  private func checkKinds(in bytes: ArraySlice<UInt8>) throws(ConfigurationError) {
    for word in bytes.split(whereSeparator: \.isBlank) {
      let kind = word.prefix(while: \.isKindLetter)
      guard !kind.isEmpty, word[kind.endIndex...].first == UInt8(ascii: ":") else { continue }
      throw error(
        "unknown kind \(kind.quoted): expected \(RuleSelector.Kind.choice)"
          + " (a name with a colon is written after 'name:')",
        at: word.startIndex)
    }
  }
}

extension UInt8 {
  fileprivate var isKindLetter: Bool {
    switch Unicode.Scalar(self) {
    case "a"..."z", "A"..."Z", "-", "_": true
    default: false
    }
  }
}
