/// A rule that oomctl writes is two lines: a comment that marks it as its own, and the rule. All other
/// bytes of the file stay as they are.
extension GuardRules {
  private static let mark = "# oomctl protect: "

  /// The file with a rule in it: in place of the one of the same selectors that oomctl wrote, else at the
  /// end.
  ///
  /// - Parameters:
  ///   - selector: All that stands before the `=`, as `name:Web Content` or `unit:a.service user:b`.
  ///   - comment: Why the rule is there. Line ends in it become blanks.
  /// - Throws: Where the rule couldn't be read back, as one that takes two lines.
  package static func adding(
    _ selector: String, adjustment: Int, comment: String, to bytes: [UInt8]
  ) throws(ConfigurationError) -> [UInt8] {
    var lines = bytes[...].lines
    let own = ownRule(for: selector, in: lines[...])
    let place = own ?? lines.endIndex..<lines.endIndex
    let rule = Array("\(selector) = \(adjustment)".utf8)
    let line = RuleLine(rule[...], number: place.lowerBound + 2)
    guard try line.rule() != nil else {
      throw line.error("expected a selector, which can't begin with '#'")
    }
    let end = [UInt8(ascii: "\n")]
    if own == nil, let last = lines.popLast() {
      lines.append(last.last == end[0] ? last : last + end)
    }
    lines.replaceSubrange(
      place,
      with: [
        Array("\(mark)\(comment.asComment)".utf8) + end, rule + end,
      ].map { $0[...] })
    return Array(lines.joined())
  }

  /// The file without the rules of these selectors that oomctl wrote; `nil` where there is none.
  package static func removing(selector: String, from bytes: [UInt8]) -> [UInt8]? {
    var rest = bytes[...].lines[...]
    var kept: [ArraySlice<UInt8>] = []
    while let own = ownRule(for: selector, in: rest) {
      kept += rest[..<own.lowerBound]
      rest = rest[own.upperBound...]
    }
    return rest.startIndex > 0 ? Array((kept + rest).joined()) : nil
  }

  /// The adjustment of the rule of these selectors that oomctl wrote; `nil` where there is none.
  package static func ownAdjustment(of selector: String, in bytes: [UInt8]) -> Int? {
    let lines = bytes[...].lines
    guard let own = ownRule(for: selector, in: lines[...]) else { return nil }
    let line = RuleLine(lines[own.lowerBound + 1])
    return (try? line.parts())?.adjustment
  }

  /// The selectors before the `=` in all rules that oomctl wrote.
  package static func ownSelectors(in bytes: [UInt8]) -> [String] {
    let lines = bytes[...].lines
    var selectors: [String] = []
    for index in lines.indices.dropFirst() where lines[index - 1].starts(with: mark.utf8) {
      if let parts = try? RuleLine(lines[index]).parts() {
        selectors.append(String(decoding: parts.selectors, as: UTF8.self))
      }
    }
    return selectors
  }

  /// The two lines, by their indices.
  private static func ownRule(
    for selector: String, in lines: ArraySlice<ArraySlice<UInt8>>
  ) -> Range<Int>? {
    let selector = Array(selector.utf8)[...].trimmed
    for index in lines.indices.dropFirst() where lines[index - 1].starts(with: mark.utf8) {
      let parts = try? RuleLine(lines[index]).parts()
      if let parts, parts.selectors == selector { return index - 1..<index + 1 }
    }
    return nil
  }
}
