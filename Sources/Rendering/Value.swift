/// The content of one cell of a table, or the value of one key in JSON.
@frozen package enum Value: Hashable, Sendable {
  /// Not offered by this kernel, or not readable: `-`, and `null` in JSON. It isn't zero.
  case absent
  case integer(Int128)
  /// An amount of memory, in bytes.
  case size(Int)
  /// A time in microseconds, shown in seconds.
  case microseconds(Int)
  case text(String)
  /// A text of which only the first bytes were read, which people are told behind it.
  case start(String, bytes: Int)
  case flag(Bool)
}

extension Value {
  // Inlinable, for a specialized copy where it is called.
  @inlinable package init<Number: BinaryInteger>(_ number: Number?) {
    if let number { self = .integer(Int128(number)) } else { self = .absent }
  }

  package init(_ value: String?) {
    self = value.map(Value.text) ?? .absent
  }

  package init(size: Int?) {
    self = size.map(Value.size) ?? .absent
  }

  /// With all six decimals.
  static func seconds(_ microseconds: Int) -> String {
    let (whole, rest) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    return (microseconds < 0 ? "-" : "") + "\(whole)." + SafeText.padded(String(rest), to: 6)
  }

  /// For people.
  package func text(sizes: SizeStyle) -> String {
    switch self {
    case .absent: "-"
    case .integer(let value): Int(exactly: value).map { String($0) } ?? String(value)
    case .size(let bytes): sizes.text(bytes)
    case .microseconds(let count): Self.seconds(count)
    case .text(let text): text
    case .start(let text, let count): "\(text)… (cut at \(count) bytes)"
    case .flag(let flag): flag ? "yes" : "no"
    }
  }
}

extension Value: Comparable {
  /// Numbers by size, texts by their characters; what is absent comes before everything.
  package static func < (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.absent, .absent): false
    case (.absent, _): true
    case (.integer(let left), .integer(let right)): left < right
    case (.size(let left), .size(let right)): left < right
    case (.microseconds(let left), .microseconds(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    case (.text(let left), .start(let right, _)), (.start(let left, _), .text(let right)),
      (.start(let left, _), .start(let right, _)):
      left < right
    case (.flag(let left), .flag(let right)): !left && right
    default: false
    }
  }
}
