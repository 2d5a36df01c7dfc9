/// Lines of text that a collector carries in quotation marks, behind a key that names them: in JSON, as Docker,
/// CloudWatch, Stackdriver, Loki and Elasticsearch do; in logfmt, YAML, or what Ruby prints of a hash.
package struct CarriedLines {
  /// The lines, without their ends.
  package private(set) var lines: [[UInt8]] = []
  /// The lines as they were before a collector took them apart.
  private var originals: [[UInt8]] = []
  /// True where a member names the kernel as who wrote them.
  package private(set) var areKernels = false
  /// True where a member names somebody else.
  package private(set) var areOthers = false
  /// True where a member has a level, as programs give to what they say.
  package private(set) var haveLevel = false

  /// True of an array, whose elements have no name.
  private let isArray: Bool

  /// Reads an object, or a line of keys and values; `nil` where none of the values is such a text.
  package init?(_ text: Span<UInt8>) {
    isArray = ArrayElements.beginArray(text)
    var reader = Reader()
    var key: [UInt8] = []
    var values = 0
    // More strings than any collector writes.
    for _ in 0..<Self.mostStrings {
      guard let mark = Self.nextMark(in: text, at: &reader) else { break }
      let start = reader.offset
      guard let value = Self.string(in: text, at: &reader, endsWith: mark) else { break }
      if let bare = Self.bareKey(in: text, before: start) {
        take(value, of: bare, number: 1)
      } else if Self.skipAssignment(in: text, at: &reader) {
        (key, values) = (value, 0)
      } else {
        values += 1
        take(value, of: String(decoding: key, as: UTF8.self), number: values)
      }
    }
    if !originals.isEmpty { lines = originals }
    guard !lines.isEmpty else { return nil }
    for key in Self.authors {
      if let author = Self.unquotedValue(of: key, in: text) { note(author: author) }
    }
  }

  private static let mostStrings = 1 << 14

  private mutating func take(_ text: [UInt8], of key: String, number: Int) {
    if Self.texts.contains(key) || key.isEmpty && isArray
      || key == "values" && number.isMultiple(of: 2)
    {
      lines += text.split { $0 == 0x0A || $0 == 0x0D }.map { Array($0) }
    } else if key == "original" || key == "event.original" {
      originals += text.split { $0 == 0x0A || $0 == 0x0D }.map { Array($0) }
    } else if Self.authors.contains(key) {
      note(author: String(decoding: text, as: UTF8.self))
    } else if key == "level" || key == "severity" || key == "levelname" {
      haveLevel = true
    }
  }

  private mutating func note(author: String) {
    if author == "kernel" || author.hasPrefix("kern") {
      areKernels = true
    } else {
      areOthers = true
    }
  }

  private static let texts = [
    "log", "message", "Message", "@message", "MESSAGE", "short_message", "msg", "textPayload",
    "line", "_raw", "event", "body", "text", "stringValue", "Output", "output", "stdout",
    "stdout_lines", "dmesg", "kmsg", "lines", "logs", "content",
    "jsonPayload.message", "jsonPayload.MESSAGE",
  ]
  private static let authors = [
    "program", "app", "appname", "app_name", "ident", "identifier", "tag", "syslog_identifier",
    "SYSLOG_IDENTIFIER", "facility", "_facility", "facility_label", "unit", "_SYSTEMD_UNIT",
    "logger", "service", "_TRANSPORT",
  ]
}

/// Keys and values, in whatever way they are written.
extension CarriedLines {
  /// The next quotation mark; an apostrophe is one behind a key only.
  private static func nextMark(in text: Span<UInt8>, at reader: inout Reader) -> UInt8? {
    while let byte = reader.next(in: text) {
      if byte == UInt8(ascii: "\"") { return byte }
      if byte == UInt8(ascii: "'"),
        bareKey(in: text, before: reader.offset) != nil
          || isElement(in: text, before: reader.offset)
      {
        return byte
      }
      reader.offset += 1
    }
    return nil
  }

  /// True where an array begins, or goes on, before a mark: Python prints its texts in apostrophes.
  private static func isElement(in text: Span<UInt8>, before mark: Int) -> Bool {
    guard ArrayElements.beginArray(text) else { return false }
    var end = mark
    while end > 0, text[end - 1].isBlank { end -= 1 }
    guard end > 0 else { return false }
    return text[end - 1] == UInt8(ascii: "[") || text[end - 1] == UInt8(ascii: ",")
  }

  private static func string(
    in text: Span<UInt8>, at reader: inout Reader, endsWith mark: UInt8
  ) -> [UInt8]? {
    if mark == UInt8(ascii: "\"") { return LogEntry.string(in: text, at: &reader) }
    reader.offset += 1
    let inside = reader.until(mark, in: text)
    guard !reader.isAtEnd(of: text) else { return nil }
    reader.offset += 1
    return text.extracting(inside).array
  }

  /// `:` or `=>`, behind a key in quotation marks.
  private static func skipAssignment(in text: Span<UInt8>, at reader: inout Reader) -> Bool {
    LogEntry.skipSpace(in: text, at: &reader)
    return reader.skip(":", in: text) || reader.skip("=>", in: text)
  }

  /// The word of `msg=` or `message: ` that stands before a quotation mark.
  private static func bareKey(in text: Span<UInt8>, before mark: Int) -> String? {
    var end = mark
    while end > 0, text[end - 1].isBlank { end -= 1 }
    guard end > 0, text[end - 1] == UInt8(ascii: "=") || text[end - 1] == UInt8(ascii: ":") else {
      return nil
    }
    end -= 1
    var start = end
    while start > 0, text[start - 1].isPartOfKey { start -= 1 }
    return start < end ? text.text(in: start..<end) : nil
  }

  /// The word behind `key=`, where no quotation mark follows.
  private static func unquotedValue(of key: String, in text: Span<UInt8>) -> String? {
    let key = Array(key.utf8)
    for offset in 0..<max(0, text.count - key.count - 1)
    where text[offset + key.count] == UInt8(ascii: "=")
      && (offset == 0 || text[offset - 1].isBlank)
      && text[offset + key.count + 1] != UInt8(ascii: "\"")
      && key.indices.allSatisfy({ text[offset + $0] == key[$0] })
    {
      var reader = Reader(offset: offset + key.count + 1)
      return text.text(in: reader.word(in: text))
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isPartOfKey: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "@")
  }
}
