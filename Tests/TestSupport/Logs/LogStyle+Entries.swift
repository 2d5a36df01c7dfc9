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

  /// `journalctl -o json`: a text, or numbers where the message isn't one.
  func appendJSON(_ record: LogRecord, to bytes: inout [UInt8]) {
    var message: [UInt8]
    if self == .journalJSON, String(validating: record.text, as: UTF8.self) != nil {
      message = [34]
      for byte in record.text {
        switch byte {
        case 10: message += Array("\\n".utf8)
        case 34, 92: message += [92, byte]
        case 0..<32: message += Array("\\u00\(hexadecimal(byte))".utf8)
        default: message.append(byte)
        }
      }
      message.append(34)
    } else {
      message = Array("[\(record.text.map { "\($0)" }.joined(separator: ","))]".utf8)
    }
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
