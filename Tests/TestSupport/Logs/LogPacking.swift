/// What mail, pages, forms and programs make of a whole log.
public struct LogPacking: Sendable, CustomStringConvertible {
  public let description: String
  private let pack: @Sendable ([[UInt8]]) -> [UInt8]

  init(_ name: String, _ pack: @escaping @Sendable ([[UInt8]]) -> [UInt8]) {
    description = name
    self.pack = pack
  }

  /// The log that holds the lines of these records, as dmesg prints them.
  public func log(of records: [LogRecord]) -> [UInt8] {
    pack(
      records.flatMap { record in
        let (whole, part) = record.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let prefix = Array("[\(column(whole, 5)).\(digits(part, 6))] ".utf8)
        return record.lines.map { prefix + Array($0) }
      })
  }
}

extension LogPacking {
  /// The packings that are known.
  public static let all: [LogPacking] = [
    .init("array of texts") { list($0.map { quoted($0) }) },
    .init("array of texts, a line each") { list($0.map { quoted($0) }, between: ",\n  ") },
    .init("array of objects") { lines in
      list(
        lines.map { Array("{\"host\":\"web-07\",\"message\":".utf8) + quoted($0) + Array("}".utf8) }
      )
    },
    .init("array of hits") { lines in
      let hits = lines.map {
        Array("{\"_source\":{\"message\":".utf8) + quoted($0) + Array("}}".utf8)
      }
      return Array("{\"hits\":{\"hits\":".utf8) + list(hits).dropLast() + Array("}}\n".utf8)
    },
    .init("text of a program's output in an object") { lines in
      Array("{\"rc\":0,\"stdout\":".utf8) + quoted(joined(lines)) + Array("}\n".utf8)
    },
    .init("line ends in letters") { joined($0, by: "\\n") + [10] },
    .init("line ends in letters, in quotation marks") { [34] + joined($0, by: "\\n") + [34, 10] },
    .init("bytes of Python's") { Array("b'".utf8) + joined($0, by: "\\n") + [39, 10] },
    .init("all on one line") { joined($0, by: " ") + [10] },
    .init("quoted-printable") { quotedPrintable(joined($0), soft: true) },
    .init("quoted-printable, long lines") { quotedPrintable(joined($0), soft: false) },
    .init("form data") { encoded(joined($0), "%") },
    .init("form data, a line each") { joined($0.map { encoded($0, "%") }) },
    .init("page, lines broken by tags") { joined($0.map { escaped($0) }, by: "<br>\n") },
    .init("page on one line") { Array("<p>".utf8) + joined($0.map { escaped($0) }, by: "<br/>") },
    .init("page, preformatted") { Array("<pre>".utf8) + joined($0.map { escaped($0) }) },
    .init("page with a block for each line") { each($0, "<div class=\"l\">", "</div>") },
    .init("page with a table") { each($0, "<tr><td>7</td><td>", "</td></tr>") },
    .init("table with bars") { around($0, "| ", " |") },
    .init("table of a wiki") { around($0, "|| ", " ||") },
    .init("box") { around($0, "│ ", "                  │") },
    .init("time behind each line") { around($0, "", " 2019-11-12T12:30:02Z") },
    .init("number behind each line") { around($0, "EVENTS\t7\t", "\t1573558202000") },
    .init("colours as letters") { around($0, "^[[33m", "^[[0m") },
    .init("colours of less") { around($0, "ESC[33m", "ESC[0m") },
    .init("mark of a line's end") { around($0, "", "$") },
    .init("each line twice") { joined($0.flatMap { [$0, $0] }) },
    .init("arrow behind a container") { around($0, "kube-system node-7f \u{203A} kmsg ", "") },
    .init("fields between tabulators") { around($0, "build\tdmesg\t2019-11-12T12:30:02.5Z ", "") },
  ]

  private static func joined(_ lines: [[UInt8]], by mark: String = "\n") -> [UInt8] {
    Array(lines.joined(separator: Array(mark.utf8)))
  }

  private static func list(_ elements: [[UInt8]], between mark: String = ", ") -> [UInt8] {
    [91] + joined(elements, by: mark) + [93, 10]
  }

  private static func around(_ lines: [[UInt8]], _ start: String, _ end: String) -> [UInt8] {
    joined(lines.map { Array(start.utf8) + $0 + Array(end.utf8) }) + [10]
  }

  private static func each(_ lines: [[UInt8]], _ start: String, _ end: String) -> [UInt8] {
    around(lines.map { escaped($0) }, start, end)
  }

  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    [34] + text.flatMap { $0 == 10 ? [92, 110] : $0 == 34 || $0 == 92 ? [92, $0] : [$0] } + [34]
  }

  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { byte in
      switch byte {
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      default: [byte]
      }
    }
  }

  private static func encoded(_ text: [UInt8], _ mark: Character) -> [UInt8] {
    text.flatMap { byte in
      isPlain(byte) ? [byte] : Array(mark.utf8) + hexadecimal(byte)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95: true
    default: false
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// By RFC 2045: at most 76 letters a line.
  private static func quotedPrintable(_ text: [UInt8], soft: Bool) -> [UInt8] {
    var (bytes, width) = ([UInt8](), 0)
    for byte in text + [10] {
      let isEscaped = byte == UInt8(ascii: "=") || byte >= 0x80
      let piece = isEscaped ? [UInt8(ascii: "=")] + hexadecimal(byte) : [byte]
      if soft, byte != 10, width + piece.count > 75 {
        bytes += [UInt8(ascii: "="), 10]
        width = 0
      }
      bytes += piece
      width = byte == 10 ? 0 : width + piece.count
    }
    return bytes
  }
}
