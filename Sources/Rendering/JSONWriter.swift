/// JSON as it is written: members keep their order, and nothing is held in memory but the text.
package struct JSONWriter: Sendable {
  package var text = Text()
  private var needsComma = false
  /// True where elements of arrays begin lines of their own; else the whole is one line.
  private let breaksLines: Bool

  package init(breaksLines: Bool = true) {
    self.breaksLines = breaksLines
  }

  /// An object; as an element of an array it begins on a line of its own.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    nest("{", "}", members)
  }

  /// Begins an object whose members come one by one.
  package mutating func beginObject() {
    separate()
    text.append("{")
    needsComma = false
  }

  /// Ends an object that was begun.
  package mutating func endObject() {
    text.append("}")
    needsComma = true
  }

  /// Begins a member that is an array, for elements that come one by one; each is handed to `element`.
  package mutating func beginArray(_ key: String) {
    self.key(key)
    text.append("[")
    needsComma = false
  }

  /// Adds an element to an array that was begun.
  package mutating func element(_ write: (inout JSONWriter) -> Void) {
    separate()
    needsComma = false
    if breaksLines { text.append("\n") }
    write(&self)
    needsComma = true
  }

  /// Ends an array that was begun.
  package mutating func endArray() {
    text.append("]")
    needsComma = true
  }

  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    nest("[", "]") { json in
      for element in elements { json.element { write(&$0, element) } }
    }
  }

  package mutating func value(_ value: Value) {
    separate()
    switch value {
    case .absent: text.append("null")
    case .integer(let number): text.append(String(number))
    case .size(let bytes): text.append(String(bytes))
    case .microseconds(let count): text.append(Value.seconds(count))
    case .text(let string), .start(let string, _): quote(string)
    case .flag(let flag): text.append(flag ? "true" : "false")
    }
    needsComma = true
  }

  package mutating func value(_ number: MetricValue) {
    separate()
    text.append(number.text)
    needsComma = true
  }

  package mutating func member(_ key: String, _ value: Value) {
    self.key(key)
    self.value(value)
  }

  package mutating func member(_ key: String, object: (inout JSONWriter) -> Void) {
    self.key(key)
    self.object(object)
  }

  package mutating func member<Elements: Sequence>(
    _ key: String, array: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    self.key(key)
    self.array(array, write)
  }

  /// Begins a member, whose value comes next.
  package mutating func key(_ key: String) {
    separate()
    quote(key)
    text.append(":")
    needsComma = false
  }

  private mutating func nest(
    _ opening: String, _ closing: String, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    text.append(opening)
    needsComma = false
    body(&self)
    text.append(closing)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text.append(",") }
    needsComma = false
  }

  /// Adds a string in quotes. Characters that a terminal would act on are escaped too, so that a
  /// name is harmless there as well.
  private mutating func quote(_ string: String) {
    text.append("\"")
    defer { text.append("\"") }
    if string.utf8.allSatisfy(Self.isPlain) { return text.append(string) }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text.append("\\\"")
      case "\\": text.append("\\\\")
      case "\n": text.append("\\n")
      case "\t": text.append("\\t")
      case _ where SafeText.isUnsafe(scalar):
        for unit in String(scalar).utf16 {
          text.append("\\u" + SafeText.padded(String(unit, radix: 16), to: 4))
        }
      default: text.append(String(scalar))
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
