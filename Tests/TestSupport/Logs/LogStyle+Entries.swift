/// The forms in which a record is more than a line: `/dev/kmsg`, and the journal's.
extension LogStyle {
  /// The boot that the journal's entries name.
  public static let boot = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

  /// `Documentation/ABI/testing/dev-kmsg`.
  func appendKmsg(_ record: LogRecord, number: Int, to bytes: inout [UInt8]) {
    var text = record.text
    if record.tag != "kernel" { text = Array("\(record.tag): ".utf8) + text }
    let caller = self == .kmsgFull ? ",caller=T\(record.caller)" : ""
    bytes += Array("4,\(1000 + number),\(record.microseconds),-\(caller);".utf8)
    for byte in text {
      bytes +=
        byte < 32 || byte >= 127 || byte == UInt8(ascii: "\\")
        ? Array("\\x\(hexadecimal(byte))".utf8) : [byte]
    }
    bytes.append(10)
    if self == .kmsgFull { bytes += Array(" SUBSYSTEM=memory\n DEVICE=+memory:memory0\n".utf8) }
  }

  var isDmesgJSON: Bool { self == .dmesgJSON || self == .dmesgJSONDecoded }

  /// `dmesg --json`: one object, with an array of objects.
  func appendDmesgJSON(_ record: LogRecord, number: Int, to bytes: inout [UInt8]) {
    bytes += Array((number == 0 ? "{\n   \"dmesg\": [\n      {\n" : "      },{\n").utf8)
    let isKernel = record.tag == "kernel"
    var members: [String] = []
    if self == .dmesgJSONDecoded {
      members = [isKernel ? "\"fac\": \"kern\"" : "\"fac\": \"daemon\"", "\"pri\": \"warn\""]
    } else {
      members = ["\"pri\": \(isKernel ? 4 : 28)"]
    }
    let (seconds, rest) = record.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    members.append("\"time\": \(seconds).\(String(1_000_000 + rest).dropFirst())")
    if self == .dmesgJSONDecoded { members.append("\"caller\": \"T\(record.caller)\"") }
    for member in members { bytes += Array("         \(member),\n".utf8) }
    let tag = isKernel ? "" : "\(record.tag): "
    bytes += Array("         \"msg\": ".utf8) + quoted(Array(tag.utf8) + record.text) + [10]
  }

  /// `journalctl -o json-pretty`.
  func appendPretty(_ record: LogRecord, to bytes: inout [UInt8]) {
    bytes += Array("{\n".utf8)
    for field in fields(of: record) {
      bytes += Array("\t\"\(field.name)\" : \"\(field.value)\",\n".utf8)
    }
    bytes += Array("\t\"MESSAGE\" : ".utf8)
    if record.text.contains(where: { $0 < 32 && $0 != 10 }) {
      let numbers = record.text.map { "\t\t\($0)" }.joined(separator: ",\n")
      bytes += Array("[\n\(numbers)\n\t]".utf8)
    } else {
      bytes += quoted(record.text)
    }
    bytes += Array("\n}\n".utf8)
  }

  /// `journalctl -o verbose`: further lines of a message are indented as deep as its first one's text.
  func appendVerbose(_ record: LogRecord, to bytes: inout [UInt8]) {
    let time = TimeOfDay(of: record)
    let cursor = [
      "s=77c1aac5255846c188456b2572bcb914", "i=2a", "b=\(LogStyle.boot)",
      "m=\(String(record.microseconds + 812, radix: 16))",
      "t=\(String(time.universal, radix: 16))", "x=54db1c37c48bcc17",
    ].joined(separator: ";")
    bytes += Array("Tue 2019-11-12 \(time.toSeconds).\(time.fraction) CET [\(cursor)]\n".utf8)
    for field in fields(of: record) where !field.name.hasPrefix("__") {
      bytes += Array("    \(field.name)=\(field.value)\n".utf8)
    }
    let lines = record.text.split(separator: 10, omittingEmptySubsequences: false)
    bytes += Array("    MESSAGE=".utf8)
    bytes += Array(lines.joined(separator: [10] + [UInt8](repeating: 32, count: 12))) + [10]
  }

  /// A text in JSON.
  private func quoted(_ text: [UInt8]) -> [UInt8] {
    var quoted: [UInt8] = [34]
    for byte in text {
      switch byte {
      case 10: quoted += Array("\\n".utf8)
      case 34, 92: quoted += [92, byte]
      case 0..<32: quoted += Array("\\u00\(hexadecimal(byte))".utf8)
      default: quoted.append(byte)
      }
    }
    return quoted + [34]
  }

  /// `journalctl -o json`: a text, or numbers where the message isn't one.
  func appendJSON(_ record: LogRecord, to bytes: inout [UInt8]) {
    let isText = self == .journalJSON && String(validating: record.text, as: UTF8.self) != nil
    let message =
      isText
      ? quoted(record.text)
      : Array("[\(record.text.map { "\($0)" }.joined(separator: ","))]".utf8)
    let fields = fields(of: record).map { "\"\($0.name)\":\"\($0.value)\"" }
    let half = fields.count / 2
    bytes += Array("{\(fields[..<half].joined(separator: ",")),\"MESSAGE\":".utf8) + message
    bytes += Array(",\(fields[half...].joined(separator: ","))}\n".utf8)
  }

  /// `journalctl -o export`: a line a field, or where a value has line ends its length before it.
  func appendExport(_ record: LogRecord, to bytes: inout [UInt8]) {
    let fields = fields(of: record)
    for field in fields.prefix(fields.count / 2) {
      bytes += Array("\(field.name)=\(field.value)\n".utf8)
    }
    if self == .journalExportBinary || record.text.contains(where: { $0 < 32 }) {
      bytes += Array("MESSAGE\n".utf8)
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: record.text.count >> shift))
      }
      bytes += record.text + [10]
    } else {
      bytes += Array("MESSAGE=".utf8) + record.text + [10]
    }
    for field in fields.dropFirst(fields.count / 2) {
      bytes += Array("\(field.name)=\(field.value)\n".utf8)
    }
    bytes.append(10)
  }

  private func fields(of record: LogRecord) -> [(name: String, value: String)] {
    let time = TimeOfDay(of: record)
    let isKernel = record.tag == "kernel"
    let tag = record.tag.prefix { $0 != "[" }
    let number = record.tag.dropFirst(tag.count).filter(\.isNumber)
    var fields = [
      ("__CURSOR", "s=5f;i=2a;b=\(LogStyle.boot)"),
      ("__REALTIME_TIMESTAMP", "\(time.universal)"),
      ("__MONOTONIC_TIMESTAMP", "\(record.microseconds + 812)"),
      ("_BOOT_ID", LogStyle.boot), ("_HOSTNAME", "web-07"),
      ("_TRANSPORT", isKernel ? "kernel" : "syslog"), ("PRIORITY", isKernel ? "4" : "6"),
      ("SYSLOG_FACILITY", isKernel ? "0" : "3"), ("SYSLOG_IDENTIFIER", String(tag)),
    ]
    if isKernel {
      fields.append(("_SOURCE_MONOTONIC_TIMESTAMP", "\(record.microseconds)"))
    } else {
      fields.append(("_PID", number))
    }
    return fields
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
