/// Lines of text that a collector carries in JSON: Docker, CloudWatch, Stackdriver, Loki, Elasticsearch.
package struct CarriedLines {
  /// The lines, without their ends.
  package private(set) var lines: [[UInt8]] = []
  /// True where a member names somebody else than the kernel as who wrote them.
  private var isOthers = false

  /// Reads an object on one line; `nil` where none of its members is such a text.
  package init?(_ json: Span<UInt8>) {
    var reader = Reader()
    var key: [UInt8] = []
    var values = 0
    // More strings than any collector writes.
    for _ in 0..<512 {
      _ = reader.until(UInt8(ascii: "\""), in: json)
      guard let text = LogEntry.string(in: json, at: &reader) else { break }
      LogEntry.skipSpace(in: json, at: &reader)
      if reader.next(in: json) == UInt8(ascii: ":") {
        (key, values) = (text, 0)
      } else {
        values += 1
        take(text, of: String(decoding: key, as: UTF8.self), number: values)
      }
    }
    guard !lines.isEmpty, !isOthers else { return nil }
  }

  private mutating func take(_ text: [UInt8], of key: String, number: Int) {
    if Self.texts.contains(key) || key == "values" && number.isMultiple(of: 2) {
      lines += text.split(separator: 0x0A).map { Array($0) }
    } else if Self.authors.contains(key) {
      let author = String(decoding: text, as: UTF8.self)
      if author != "kernel", !author.hasPrefix("kern") { isOthers = true }
    }
  }

  private static let texts = [
    "log", "message", "Message", "@message", "textPayload", "line", "_raw", "event", "body", "text",
  ]
  private static let authors = [
    "program", "appname", "app_name", "ident", "identifier", "tag", "syslog_identifier",
    "SYSLOG_IDENTIFIER", "facility", "facility_label", "unit", "_SYSTEMD_UNIT",
  ]
}
