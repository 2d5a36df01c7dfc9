/// How a log got from the kernel to a file: what stands around each line.
public enum LogStyle: String, CaseIterable, Sendable, CustomStringConvertible {
  case dmesg = "dmesg"
  case dmesgOld = "dmesg before util-linux 2.22"
  case dmesgCaller = "dmesg with caller"
  case consoleCaller = "console with caller"
  case dmesgRaw = "dmesg -r"
  case dmesgDecoded = "dmesg -x"
  case dmesgClock = "dmesg -T"
  case dmesgClockGerman = "dmesg -T in German"
  case dmesgClockFrench = "dmesg -T in French"
  case dmesgRelative = "dmesg -e"
  case dmesgDelta = "dmesg -d"
  case dmesgDeltaAlone = "dmesg --time-format delta"
  case dmesgColoured = "dmesg -x --color"
  case dmesgISO = "dmesg --time-format iso"
  case dmesgJSON = "dmesg --json"
  case dmesgJSONDecoded = "dmesg --json -x"
  case kmsg = "/dev/kmsg"
  case kmsgFull = "/dev/kmsg with caller and dictionary"
  case journalShort = "journalctl -o short"
  case journalShortPrecise = "journalctl -o short-precise"
  case journalShortISO = "journalctl -o short-iso"
  case journalShortISOPrecise = "journalctl -o short-iso-precise"
  case journalShortFull = "journalctl -o short-full"
  case journalShortUnix = "journalctl -o short-unix"
  case journalShortMonotonic = "journalctl -o short-monotonic"
  case journalCat = "journalctl -o cat"
  case journalJSON = "journalctl -o json"
  case journalJSONBytes = "journalctl -o json, bytes as numbers"
  case journalPretty = "journalctl -o json-pretty"
  case journalVerbose = "journalctl -o verbose"
  case journalExport = "journalctl -o export"
  case journalExportBinary = "journalctl -o export, with lengths"
  case syslog = "rsyslog"
  case syslogUptime = "rsyslog with uptime"
  case syslogHostless = "rsyslog without host"
  case syslogGlued = "rsyslog, tag glued to the text"
  case syslogISO = "rsyslog ISO"
  case syslogRFC5424 = "RFC 5424"
  case found = "grep -n in several files"
  case console = "serial console"
  case busybox = "busybox syslogd"
  case quoted = "mail, quoted"
  case wrapped = "mail, wrapped at 72 columns"
  case entities = "HTML with entities"

  public var description: String { rawValue }

  /// A log, and where each record stands in it.
  public struct Log: Sendable {
    public var bytes: [UInt8] = []
    /// The numbers of each record's lines, from 1.
    public var lines: [ClosedRange<Int>] = []
  }

  /// The log that holds these records.
  public func log(of records: [LogRecord]) -> Log {
    var log = Log()
    var line = 1
    var previous: LogRecord?
    if self == .console { log.bytes += Array("web-07 login: ".utf8) }
    for (index, record) in records.enumerated() {
      let start = log.bytes.count
      append(record, number: index, after: previous, to: &log.bytes)
      let ends = log.bytes[start...].count { $0 == 10 }
      log.lines.append(line...max(line, line + ends - 1))
      line += ends
      previous = record
    }
    if isDmesgJSON { log.bytes += Array("      }\n   ]\n}\n".utf8) }
    return log
  }
}

extension LogStyle {
  /// How the lines of one record are told apart.
  private enum Breaks {
    /// Each line has the whole prefix.
    case repeated
    /// Further lines are indented as deep as the first one's text.
    case indented
    /// Control characters are numbers, as rsyslog escapes them.
    case octal
    /// As they are.
    case bare
  }

  private var breaks: Breaks {
    switch self {
    case .dmesg, .dmesgCaller, .dmesgClock, .dmesgDelta, .dmesgRelative, .dmesgISO: .indented
    case .journalShort, .journalShortPrecise, .journalShortISO, .journalShortISOPrecise: .indented
    case .journalShortFull, .journalShortUnix, .journalShortMonotonic: .indented
    case .syslog, .syslogUptime, .syslogHostless, .syslogGlued, .syslogISO: .octal
    case .syslogRFC5424: .octal
    case .journalCat: .bare
    default: .repeated
    }
  }

  private func append(
    _ record: LogRecord, number: Int, after previous: LogRecord?, to bytes: inout [UInt8]
  ) {
    switch self {
    case .kmsg, .kmsgFull: return appendKmsg(record, number: number, to: &bytes)
    case .dmesgJSON, .dmesgJSONDecoded: return appendDmesgJSON(record, number: number, to: &bytes)
    case .journalJSON, .journalJSONBytes: return appendJSON(record, to: &bytes)
    case .journalPretty: return appendPretty(record, to: &bytes)
    case .journalVerbose: return appendVerbose(record, to: &bytes)
    case .journalExport, .journalExportBinary: return appendExport(record, to: &bytes)
    default: break
    }
    let prefix = Array(prefix(of: record, after: previous).utf8)
    var text = record.text
    if !tells(tag: record) { text = Array("\(record.tag): ".utf8) + text }
    if breaks == .octal { text = octal(text) }
    for (index, line) in text.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      var whole: [UInt8]
      switch breaks {
      case _ where index == 0, .repeated: whole = prefix + line
      case .indented: whole = Array(repeating: 32, count: prefix.count) + line
      case .octal, .bare: whole = Array(line)
      }
      if self == .dmesgColoured { whole += Array("\u{1B}[0m".utf8) }
      if self == .entities { whole = escapedHTML(whole) }
      bytes += self == .wrapped ? wrapped(whole) : whole
      bytes += self == .console ? [13, 10] : [10]
    }
  }

  /// Whether the prefix has the tag; elsewhere only the kernel's lines have none.
  private func tells(tag record: LogRecord) -> Bool {
    switch self {
    case .journalShort, .journalShortPrecise, .journalShortISO, .journalShortISOPrecise: true
    case .journalShortFull, .journalShortUnix, .journalShortMonotonic: true
    case .syslog, .syslogUptime, .syslogHostless, .syslogGlued, .syslogISO: true
    case .syslogRFC5424, .busybox, .found: true
    default: record.tag == "kernel"
    }
  }

  private func prefix(of record: LogRecord, after previous: LogRecord?) -> String {
    let time = TimeOfDay(of: record)
    let uptime = seconds(record.microseconds, 5)
    let origin = "web-07 \(record.tag):"
    let iso = "2019-11-12T\(time.toSeconds)"
    let traditional = "Nov 12 \(time.toSeconds)"
    switch self {
    case .dmesg, .dmesgOld, .console, .wrapped: return "[\(uptime)] "
    case .found: return "/var/log/kern.log-20191112:2217:\(traditional) \(origin) "
    case .quoted: return "> [\(uptime)] "
    case .dmesgCaller: return "[\(uptime)] [\(column("T\(record.caller)", 6))] "
    case .consoleCaller: return "[\(uptime)][\(column("T\(record.caller)", 6))] "
    case .dmesgRaw, .entities: return "<4>[\(uptime)] "
    case .dmesgDecoded: return "kern  :warn  : [\(uptime)] "
    case .dmesgClock: return "[Tue Nov 12 \(time.toSeconds) 2019] "
    case .dmesgClockGerman: return "[Di Nov 12 \(time.toSeconds) 2019] "
    case .dmesgClockFrench: return "[mar. nov. 12 \(time.toSeconds) 2019] "
    case .dmesgRelative:
      guard let previous, TimeOfDay(of: previous).minute == time.minute else {
        return "[Nov12 \(time.toMinutes)] "
      }
      return "[\(column("+" + seconds(record.microseconds - previous.microseconds, 1), 11))] "
    case .dmesgDelta:
      let delta = previous.map { record.microseconds - $0.microseconds } ?? 0
      return "[\(uptime) <\(seconds(delta, 5))>] "
    case .dmesgDeltaAlone: return "[<    0.000017>] "
    case .dmesgColoured: return "kern  :warn  : \u{1B}[32m[\(uptime)] \u{1B}[0m\u{1B}[33m"
    case .dmesgISO: return "\(iso),\(time.fraction)+01:00 "
    case .journalShort: return "\(traditional) \(origin) "
    case .journalShortPrecise: return "\(traditional).\(time.fraction) \(origin) "
    case .journalShortISO: return "\(iso)+0100 \(origin) "
    case .journalShortISOPrecise: return "\(iso).\(time.fraction)+0100 \(origin) "
    case .journalShortFull: return "Tue 2019-11-12 \(time.toSeconds) CET \(origin) "
    case .journalShortUnix: return "\(seconds(time.universal, 1)) \(origin) "
    case .journalShortMonotonic: return "[\(uptime)] \(origin) "
    case .syslog: return "\(traditional) \(origin) "
    case .syslogUptime: return "\(traditional) \(origin) " + uptimeBracket(record)
    case .syslogHostless: return "\(traditional) \(record.tag): " + uptimeBracket(record)
    case .syslogGlued: return "\(traditional) \(origin)"
    case .syslogISO: return "\(iso).\(time.fraction)+01:00 \(origin) " + uptimeBracket(record)
    case .syslogRFC5424:
      let tag = record.tag.split(whereSeparator: { "[]".contains($0) })
      let process = tag.count > 1 ? String(tag[1]) : "-"
      return "<4>1 \(iso).\(time.fraction)+01:00 web-07 \(tag[0]) \(process) - - "
    case .busybox:
      let kind = record.tag == "kernel" ? "kern.warn" : "auth.info"
      return "\(traditional) web-07 \(kind) \(record.tag): " + uptimeBracket(record)
    case .journalCat, .kmsg, .kmsgFull, .journalJSON, .journalJSONBytes: return ""
    case .journalExport, .journalExportBinary, .journalPretty, .journalVerbose: return ""
    case .dmesgJSON, .dmesgJSONDecoded: return ""
    }
  }

  /// What the kernel puts before its text, where the daemon leaves it there.
  private func uptimeBracket(_ record: LogRecord) -> String {
    record.tag == "kernel" ? "[\(seconds(record.microseconds, 5))] " : ""
  }

  private func seconds(_ microseconds: Int, _ width: Int) -> String {
    "\(column(microseconds / 1_000_000, width)).\(digits(microseconds % 1_000_000, 6))"
  }

  private func octal(_ text: [UInt8]) -> [UInt8] {
    text.flatMap {
      $0 < 32 ? Array("#\(digits(Int($0 / 64), 1))\($0 / 8 % 8)\($0 % 8)".utf8) : [$0]
    }
  }

  private func escapedHTML(_ line: [UInt8]) -> [UInt8] {
    line.flatMap { byte in
      switch byte {
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "\""): Array("&quot;".utf8)
      case UInt8(ascii: "'"): Array("&#39;".utf8)
      default: [byte]
      }
    }
  }

  /// Broken after the last blank before column 72, or the first after it, as mail programs do.
  private func wrapped(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = line[...]
    while rest.count > 72 {
      let blank =
        rest.prefix(72).lastIndex(of: 32).flatMap { $0 > rest.startIndex + 20 ? $0 : nil }
        ?? rest.dropFirst(72).firstIndex(of: 32)
      guard let blank else { break }
      result += rest[...blank] + [10]
      rest = rest[(blank + 1)...]
    }
    return result + rest
  }
}
