import LogLines
import TestSupport

@testable import KernelLog

extension LogStyle {
  /// What the wrapping tells of a record; `nil` where that depends on the lines before.
  func stamp(of record: LogRecord) -> Stamp? {
    let time = TimeOfDay(of: record)
    var stamp = Stamp()
    if hasHost { stamp.host = "web-07" }
    if hasMonotonic { stamp.monotonic = record.microseconds }
    switch self {
    case .dmesgRelative: return nil
    case .dmesgCaller, .consoleCaller, .kmsgFull, .dmesgJSONDecoded:
      stamp.caller = "T\(record.caller)"
    case .journalJSON, .journalJSONBytes, .journalExport, .journalExportBinary, .journalPretty,
      .journalVerbose:
      stamp.clock = .universal(time.universal)
      stamp.boot = LogStyle.boot
    case .journalShortUnix: stamp.clock = .universal(time.universal)
    case .dmesgClock, .dmesgClockGerman, .dmesgClockFrench:
      stamp.clock = calendar(time, hasYear: true)
    case .journalShortFull: stamp.clock = calendar(time, hasYear: true)
    case .journalShort, .syslog, .syslogUptime, .syslogHostless, .syslogGlued, .busybox, .found:
      stamp.clock = calendar(time)
    case .journalShortPrecise: stamp.clock = calendar(time, hasFraction: true)
    case .journalShortISO: stamp.clock = calendar(time, hasYear: true, zone: 3600)
    case .dmesgISO, .journalShortISOPrecise, .syslogISO, .syslogRFC5424:
      stamp.clock = calendar(time, hasYear: true, hasFraction: true, zone: 3600)
    case .dmesgJSON, .dmesgDeltaAlone, .dmesgColoured: break
    case .dmesg, .dmesgOld, .dmesgRaw, .dmesgDecoded, .dmesgDelta, .kmsg, .console, .quoted: break
    case .wrapped, .entities, .journalShortMonotonic, .journalCat: break
    }
    return stamp
  }

  private var hasHost: Bool {
    switch self {
    case .journalShort, .journalShortPrecise, .journalShortISO, .journalShortISOPrecise: true
    case .journalShortFull, .journalShortUnix, .journalShortMonotonic: true
    case .journalJSON, .journalJSONBytes, .journalExport, .journalExportBinary: true
    case .journalPretty, .journalVerbose: true
    case .syslog, .syslogUptime, .syslogGlued, .syslogISO, .syslogRFC5424, .busybox, .found: true
    default: false
    }
  }

  private var hasMonotonic: Bool {
    switch self {
    case .dmesgClock, .dmesgClockGerman, .dmesgClockFrench, .dmesgRelative, .dmesgISO: false
    case .dmesgDeltaAlone: false
    case .journalShort, .journalShortPrecise, .journalShortISO, .journalShortISOPrecise: false
    case .journalShortFull, .journalShortUnix, .journalCat: false
    case .syslog, .syslogGlued, .syslogRFC5424, .found: false
    default: true
    }
  }

  private func calendar(
    _ time: TimeOfDay, hasYear: Bool = false, hasFraction: Bool = false, zone: Int? = nil
  ) -> Clock {
    .calendar(
      CalendarTime(
        year: hasYear ? 2019 : nil, month: 11, day: 12, hour: time.hour, minute: time.minute,
        second: time.second, microsecond: hasFraction ? time.microsecond : 0, zone: zone))
  }
}
