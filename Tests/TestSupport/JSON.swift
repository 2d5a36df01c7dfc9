/// A JSON text read as strictly as RFC 8259 has it: what this reader takes, every other one does.
///
/// Members keep their order. Numbers keep their spelling, so that none loses a digit.
public enum JSON: Equatable, Sendable {
  case null
  case flag(Bool)
  case number(String)
  case text(String)
  case array([JSON])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public var key: String
    public var value: JSON
  }

  public init(_ bytes: [UInt8]) throws {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw DataError("JSON", "isn't UTF-8")
    }
    var reader = Reader(bytes: bytes)
    self = try reader.value()
    reader.skipBlanks()
    guard reader.next == nil else { throw reader.error("text after its end") }
  }

  /// Of a file.
  public init(at path: String) throws { try self.init(bytes(at: path)) }
}

extension JSON {
  /// The value of a member that must be there.
  public subscript(key: String) -> JSON {
    get throws {
      for member in try members where member.key == key { return member.value }
      throw DataError("JSON", "has no member '\(key)'")
    }
  }

  public var members: [Member] {
    get throws {
      guard case .object(let members) = self else {
        throw DataError("JSON", "\(self) is no object")
      }
      return members
    }
  }

  public var elements: [JSON] {
    get throws {
      guard case .array(let elements) = self else { throw DataError("JSON", "\(self) is no array") }
      return elements
    }
  }

  public var string: String {
    get throws {
      guard case .text(let text) = self else { throw DataError("JSON", "\(self) is no text") }
      return text
    }
  }

  public var integer: Int {
    get throws {
      guard case .number(let digits) = self, let number = Int(digits) else {
        throw DataError("JSON", "\(self) is no whole number")
      }
      return number
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int) { self = .number(String(number)) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

/// A place in the text, of which it is known to be UTF-8.
private struct Reader {
  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func error(_ reason: String) -> DataError { DataError("JSON", "has \(reason) at byte \(offset)") }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || 0x09...0x0A ~= byte || byte == 0x0D { offset += 1 }
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  mutating func skip(word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  mutating func value() throws -> JSON {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try string())
    default: break
    }
    if skip(word: "null") { return .null }
    if skip(word: "true") { return .flag(true) }
    return skip(word: "false") ? .flag(false) : try number()
  }

  private mutating func object() throws -> JSON {
    var members: [JSON.Member] = []
    try list(until: "}") { reader in
      let key = try reader.string()
      guard !members.contains(where: { $0.key == key }) else {
        throw reader.error("'\(key)' twice")
      }
      reader.skipBlanks()
      guard reader.skip(":") else { throw reader.error("no colon") }
      members.append(JSON.Member(key: key, value: try reader.value()))
    }
    return .object(members)
  }

  private mutating func array() throws -> JSON {
    var elements: [JSON] = []
    try list(until: "]") { elements.append(try $0.value()) }
    return .array(elements)
  }

  private mutating func list(
    until end: Unicode.Scalar, _ item: (inout Reader) throws -> Void
  ) throws {
    offset += 1
    skipBlanks()
    if skip(end) { return }
    repeat {
      skipBlanks()
      try item(&self)
      skipBlanks()
    } while skip(",")
    guard skip(end) else { throw error("no '\(end)'") }
  }

  private mutating func number() throws -> JSON {
    let start = offset
    _ = skip("-")
    let whole = digits()
    guard whole == 1 || whole > 1 && bytes[offset - whole] != UInt8(ascii: "0") else {
      throw error("no value")
    }
    if skip("."), digits() == 0 { throw error("no fraction") }
    return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = next, 0x30...0x39 ~= byte { offset += 1 }
    return offset - start
  }

  private mutating func string() throws -> String {
    guard skip("\"") else { throw error("no text") }
    var text = ""
    while true {
      let start = offset
      while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        offset += 1
      }
      text += String(decoding: bytes[start..<offset], as: UTF8.self)
      if skip("\"") { return text }
      guard skip("\\") else { throw error("a raw control character, or no end of a text") }
      text += try escaped()
    }
  }

  /// What escapes stand for; as two halves of a pair may follow each other, all in a row.
  private mutating func escaped() throws -> String {
    var units: [UInt16] = []
    repeat { units.append(try escape()) } while skip("\\")
    guard let text = String(validating: units, as: UTF16.self) else {
      throw error("half a surrogate pair")
    }
    return text
  }

  private mutating func escape() throws -> UInt16 {
    guard let letter = next else { throw error("half an escape") }
    offset += 1
    if let unit = Self.escapes[letter] { return unit }
    let digits = bytes[offset...].prefix(4)
    let text = String(decoding: digits, as: UTF8.self)
    guard letter == UInt8(ascii: "u"), digits.count == 4, text.allSatisfy(\.isHexDigit),
      let unit = UInt16(text, radix: 16)
    else { throw error("an unknown escape") }
    offset += 4
    return unit
  }

  private static let escapes: [UInt8: UInt16] = [
    0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
  ]
}
