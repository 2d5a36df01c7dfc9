/// Reads an extended regular expression from its first byte to its last, without recursion: a stack may be
/// small, and parentheses many.
struct ExpressionParser {
  var steps: [Expression.Step] = []
  var sets: [ByteSet] = []
  let bytes: [UInt8]
  var offset = 0
  /// The parentheses that are open, and the whole.
  private var groups = [Group()]

  /// The content between two parentheses.
  private struct Group {
    /// The index of its first step, and that of its present alternative.
    var start = 0
    var alternative = 0
    /// Jumps from the ends of its alternatives to its own.
    var exits: [Int] = []
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next byte, if there is one, without taking it.
  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take() -> UInt8? {
    defer { offset += 1 }
    return next
  }

  mutating func parse() throws(ExpressionProblem) {
    while let byte = take() {
      switch byte {
      case UInt8(ascii: "("):
        groups.append(Group(start: steps.count, alternative: steps.count))
      case UInt8(ascii: ")") where groups.count > 1:
        let start = closeGroup()
        try parseRepetitions(from: start)
      case UInt8(ascii: "|"): endAlternative()
      case UInt8(ascii: "^"): steps.append(.place(.start))
      case UInt8(ascii: "$"): steps.append(.place(.end))
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
        throw .nothingToRepeat
      case UInt8(ascii: "\\"): try parseEscape()
      case UInt8(ascii: "."): try repeatable(.anyByte)
      case UInt8(ascii: "["):
        sets.append(try parseBracket())
        try repeatable(.set(UInt16(sets.count - 1)))
      // A ) without a ( means itself, as } does.
      default: try repeatable(.byte(byte))
      }
      guard steps.count <= Expression.mostSteps else { throw .tooLarge }
    }
    guard groups.count == 1 else { throw .openGroup }
    _ = closeGroup()
    guard steps.count <= Expression.mostSteps else { throw .tooLarge }
  }

  private mutating func repeatable(_ step: Expression.Step) throws(ExpressionProblem) {
    steps.append(step)
    try parseRepetitions(from: steps.count - 1)
  }

  /// Puts a choice before an alternative that another one follows.
  private mutating func endAlternative() {
    var group = groups.removeLast()
    let length = steps.count - group.alternative
    steps.insert(.fork(Int16(length + 2)), at: group.alternative)
    group.exits.append(steps.count)
    steps.append(.jump(0))
    group.alternative = steps.count
    groups.append(group)
  }

  /// Ends the group, and returns the index of its first step.
  private mutating func closeGroup() -> Int {
    let group = groups.removeLast()
    for exit in group.exits { steps[exit] = .jump(Int16(steps.count - exit)) }
    return group.start
  }

  private mutating func parseEscape() throws(ExpressionProblem) {
    guard let byte = take() else { throw .trailingBackslash }
    switch byte {
    case UInt8(ascii: "1")...UInt8(ascii: "9"): throw .backReference
    case UInt8(ascii: "<"): steps.append(.place(.wordStart))
    case UInt8(ascii: ">"): steps.append(.place(.wordEnd))
    case UInt8(ascii: "b"): steps.append(.place(.wordEdge))
    case UInt8(ascii: "B"): steps.append(.place(.noWordEdge))
    case UInt8(ascii: "`"): steps.append(.place(.start))
    case UInt8(ascii: "'"): steps.append(.place(.end))
    case UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"), UInt8(ascii: "S"):
      let isWord = byte | 0x20 == UInt8(ascii: "w")
      let set = ByteSet(where: isWord ? ByteSet.isOfWord : ByteSet.isSpace)
      sets.append(byte & 0x20 == 0 ? set.inverted : set)
      try repeatable(.set(UInt16(sets.count - 1)))
    default: try repeatable(.byte(byte))
    }
  }
}
