/// An extended regular expression, as regcomp(3) of the GNU C library understands it.
///
/// The library's own matcher starts anew at each byte of a text, and keeps what it learns about it for as
/// long as it lives; back-references make it try all ways. A process chooses its text itself. So this one
/// goes through the text once, in all states at the same time (Thompson's way): it takes at most as many
/// steps as the text has bytes times its own size, needs memory for its own size, and keeps nothing.
package struct Expression: Sendable, Equatable {
  /// The step of a state. Distances are counted in steps, so that a piece can be copied elsewhere.
  enum Step: Sendable, Equatable {
    case byte(UInt8)
    case anyByte
    /// One of ``sets``.
    case set(UInt16)
    case place(Place)
    /// Goes on with the next step, and so far away, too.
    case fork(Int16)
    case jump(Int16)
  }

  /// A condition on a place between two bytes.
  enum Place: Sendable, Equatable {
    case start, end, wordStart, wordEnd, wordEdge, noWordEdge
  }

  /// The steps; the text matches where they end.
  let steps: [Step]
  let sets: [ByteSet]

  /// The most bytes that it may have.
  static let longest = 1000
  /// The most steps that it may have with its repetitions written out.
  static let mostSteps = 1000

  /// Parses an expression.
  package init(parsing text: String) throws(ExpressionProblem) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Self.longest else { throw .tooLong }
    var parser = ExpressionParser(bytes)
    try parser.parse()
    steps = parser.steps
    sets = parser.sets
  }
}

/// Some of all bytes.
struct ByteSet: Sendable, Equatable {
  private var low: UInt128 = 0
  private var high: UInt128 = 0

  func contains(_ byte: UInt8) -> Bool {
    (byte < 128 ? low : high) & 1 << UInt128(byte & 127) != 0
  }

  mutating func insert(_ byte: UInt8) {
    if byte < 128 { low |= 1 << UInt128(byte) } else { high |= 1 << UInt128(byte & 127) }
  }

  /// The bytes that fulfil a condition.
  init(where condition: (UInt8) -> Bool = { _ in false }) {
    for byte in UInt8.min...UInt8.max where condition(byte) { insert(byte) }
  }

  var inverted: ByteSet { ByteSet { !contains($0) } }
}

/// The reason why a text isn't an expression that can be matched.
package enum ExpressionProblem: Error, Equatable {
  case empty, tooLong, tooLarge, backReference, trailingBackslash, openGroup, openBracket
  case nothingToRepeat, badInterval, badRange
  case unknownClass(String)

  /// The problem in words, as they follow a colon.
  package var text: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong: "it has more than \(Expression.longest) bytes"
    case .tooLarge: "its repetitions come to more than \(Expression.mostSteps) steps"
    case .backReference: #"back-references such as \1 can take for ever, and aren't supported"#
    case .trailingBackslash: #"nothing follows the last \"#
    case .openGroup: "a ( has no )"
    case .openBracket: "a [ has no ]"
    case .nothingToRepeat: "*, +, ? or { follows nothing that it could repeat"
    case .badInterval: "an interval isn't {N}, {N,}, {,N} or {N,M} with N <= M <= 32767"
    case .badRange: "a range in [ ] doesn't ascend"
    case .unknownClass(let name): "no class of characters is called \(name)"
    }
  }
}
