/// The fields of a line without its checksum, read one after the other.
struct JournalFields {
  /// It isn't what it should be, or there is none.
  struct Malformed: Error {}

  private let bytes: [UInt8]
  private var ranges: ArraySlice<Range<Int>>
  private let hasEscapes: Bool

  init(of bytes: [UInt8], at ranges: [Range<Int>], hasEscapes: Bool) {
    self.bytes = bytes
    self.ranges = ranges[...]
    self.hasEscapes = hasEscapes
  }

  var isAtEnd: Bool { ranges.isEmpty }

  mutating func text() throws(Malformed) -> String {
    guard let text = try optionalText() else { throw Malformed() }
    return text
  }

  mutating func number<Number: FixedWidthInteger>() throws(Malformed) -> Number {
    guard let range = ranges.popFirst(), !range.isEmpty else { throw Malformed() }
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var index = isNegative ? range.lowerBound + 1 : range.lowerBound
    guard index < range.upperBound else { throw Malformed() }
    var magnitude: UInt64 = 0
    while index < range.upperBound {
      let digit = bytes[index] &- UInt8(ascii: "0")
      let (shifted, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(UInt64(digit))
      guard digit <= 9, !overflow, !carry else { throw Malformed() }
      magnitude = sum
      index += 1
    }
    let number = isNegative ? Number(exactly: -Int128(magnitude)) : Number(exactly: magnitude)
    guard let number else { throw Malformed() }
    return number
  }

  /// The number of a call, after which there is another.
  mutating func callNumber() throws(Malformed) -> Int {
    let number: Int = try self.number()
    guard (1..<Int.max).contains(number) else { throw Malformed() }
    return number
  }

  mutating func index() throws(Malformed) -> Int {
    let number: Int = try self.number()
    guard number >= 0 else { throw Malformed() }
    return number
  }

  /// `nil` where the field is `\N`.
  mutating func optionalText() throws(Malformed) -> String? {
    guard let range = ranges.popFirst() else { throw Malformed() }
    let field = bytes[range]
    guard hasEscapes else { return field.text }
    return field.elementsEqual("\\N".utf8) ? nil : try Self.unescaped(field)
  }

  private static func unescaped(_ field: ArraySlice<UInt8>) throws(Malformed) -> String {
    var bytes: [UInt8] = []
    var index = field.startIndex
    while index < field.endIndex {
      let byte = field[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard index < field.endIndex else { throw Malformed() }
      switch field[index] {
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "\\"): bytes.append(byte)
      case UInt8(ascii: "x"):
        let digits = field[(index + 1)...].prefix(2).text
        guard digits.utf8.count == 2, let code = UInt8(digits, radix: 16) else { throw Malformed() }
        bytes.append(code)
        index += 2
      default: throw Malformed()
      }
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
