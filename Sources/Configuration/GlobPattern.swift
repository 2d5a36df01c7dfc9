/// A pattern of glob(7), by the rules of fnmatch(3) in the C locale.
struct GlobPattern {
  private let tokens: [Token]

  private enum Token {
    case literal(UInt8)
    case any
    case anySequence
    case oneOf(Set<UInt8>)

    func matches(_ byte: UInt8) -> Bool {
      switch self {
      case .literal(let own): own == byte
      case .any: true
      case .anySequence: false
      case .oneOf(let set): set.contains(byte)
      }
    }
  }

  init(_ pattern: ArraySlice<UInt8>) {
    var tokens: [Token] = []
    var rest = pattern
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(.anySequence)
      case UInt8(ascii: "?"): tokens.append(.any)
      case UInt8(ascii: "\\"): tokens.append(.literal(rest.popFirst() ?? byte))
      case UInt8(ascii: "["):
        tokens.append(Self.set(at: &rest).map { .oneOf($0) } ?? .literal(byte))
      default: tokens.append(.literal(byte))
      }
    }
    self.tokens = tokens
  }

  /// True where the pattern matches the text, slashes being letters like others.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var token = tokens.startIndex
    var place = text.startIndex
    // The token and place to go on from when the tokens after the last star don't match.
    var retry: (token: Int, place: Int)?
    while place < text.endIndex {
      if token < tokens.endIndex, case .anySequence = tokens[token] {
        token += 1
        retry = (token, place)
      } else if token < tokens.endIndex, tokens[token].matches(text[place]) {
        token += 1
        place += 1
      } else if let last = retry {
        retry = (last.token, last.place + 1)
        (token, place) = (last.token, last.place + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { if case .anySequence = $0 { true } else { false } }
  }

  /// True where the pattern matches a path as a whole, each part a part: `glob(3)`.
  static func path(_ pattern: [UInt8], matches path: [UInt8]) -> Bool {
    let slash = UInt8(ascii: "/")
    let patterns = pattern.simplified.split(separator: slash)
    let parts = path.split(separator: slash)
    return pattern.last != slash && patterns.count == parts.count
      && zip(patterns, parts).allSatisfy { GlobPattern($0).matches($1) }
  }
}

extension GlobPattern {
  /// The bytes between brackets, the first of which is read; `nil` where the second one is missing.
  private static func set(at rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
    var set: Set<UInt8> = []
    var inner = rest
    let isNegated = inner.first == UInt8(ascii: "!") || inner.first == UInt8(ascii: "^")
    if isNegated { inner.removeFirst() }
    var isFirst = true
    while let byte = inner.popFirst() {
      if byte == UInt8(ascii: "]"), !isFirst {
        rest = inner
        return isNegated ? Set(0...UInt8.max).subtracting(set) : set
      }
      isFirst = false
      if byte == UInt8(ascii: "["), let letters = letters(at: &inner) {
        set.formUnion(letters)
        continue
      }
      guard let low = byte == UInt8(ascii: "\\") ? inner.popFirst() : byte else { return nil }
      let range = inner.prefix(2)
      if range.first == UInt8(ascii: "-"), let end = range.last, range.count == 2,
        end != UInt8(ascii: "]")
      {
        inner = inner.dropFirst(2)
        guard let high = end == UInt8(ascii: "\\") ? inner.popFirst() : end else { return nil }
        if low <= high { set.formUnion(low...high) }
      } else {
        set.insert(low)
      }
    }
    return nil
  }

  /// A class such as `[:digit:]`, the bracket of which is read.
  private static func letters(at rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    for (name, letters) in classes where rest.starts(with: ":\(name):]".utf8) {
      rest = rest.dropFirst(name.utf8.count + 3)
      return letters
    }
    return nil
  }

  /// Those that names of settings have letters of.
  private static let classes: [(name: String, letters: [UInt8])] = {
    let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
    let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    return [
      ("digit", digits), ("lower", lower), ("upper", upper), ("alpha", lower + upper),
      ("alnum", digits + lower + upper),
    ]
  }()
}
