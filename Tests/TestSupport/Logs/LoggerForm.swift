/// What loggers, terminals and collectors put around each line of the kernel's, as a pattern.
///
/// In it `{T}` stands for `12:30:02`, `{F}` for the fraction of a second, `{U}` for seconds since boot, `{S}` for
/// the time since 1970 in seconds, and the message for `{M}` as it is, `{J}` as JSON and `{C}` as a
/// field of a table.
public struct LoggerForm: Sendable, CustomStringConvertible {
  public let description: String
  private let pattern: String

  init(_ name: String, _ pattern: String) {
    description = name
    self.pattern = pattern
  }

  /// The log that holds these records, a line each.
  public func log(of records: [LogRecord]) -> [UInt8] {
    records.flatMap { record in record.lines.flatMap { line(Array($0), of: record) + [10] } }
  }

  private func line(_ text: [UInt8], of record: LogRecord) -> [UInt8] {
    let time = TimeOfDay(of: record)
    var bytes: [UInt8] = []
    var rest = Array(pattern.utf8)[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")), rest.count > 2 {
      bytes += rest[..<open]
      let value: [UInt8]
      switch rest[open + 2] == UInt8(ascii: "}") ? rest[open + 1] : 0 {
      case UInt8(ascii: "T"): value = Array(time.toSeconds.utf8)
      case UInt8(ascii: "F"): value = Array(time.fraction.utf8)
      case UInt8(ascii: "U"):
        let (whole, part) = record.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        value = Array("\(column(whole, 5)).\(digits(part, 6))".utf8)
      case UInt8(ascii: "S"): value = Array("\(time.universal / 1_000_000)".utf8)
      case UInt8(ascii: "M"): value = text
      case UInt8(ascii: "J"): value = text.flatMap { $0 == 34 || $0 == 92 ? [92, $0] : [$0] }
      case UInt8(ascii: "C"): value = text.flatMap { $0 == 34 ? [34, 34] : [$0] }
      default:
        bytes.append(rest[open])
        rest = rest[(open + 1)...]
        continue
      }
      bytes += value
      rest = rest[(open + 3)...]
    }
    return bytes + rest
  }
}

extension LoggerForm {
  /// The forms that are known, with the kernel's own time or without.
  public static let all: [LoggerForm] = [
    .init("tag alone", "kernel: {M}"),
    .init("tag and uptime", "kernel: [{U}] {M}"),
    .init("host and tag", "host kernel: {M}"),
    .init("host, tag and uptime", "web-07 kernel: [{U}] {M}"),
    .init("time without a date", "{T} web-07 kernel: {M}"),
    .init("time without a date, and uptime", "{T} web-07 kernel: [{U}] {M}"),
    .init("time in brackets", "[{T}] [{U}] {M}"),
    .init("OpenWrt's logread", "Tue Nov 12 {T} 2019 kern.warn kernel: [{U}] {M}"),
    .init("OpenWrt's logread, without uptime", "Tue Nov 12 {T} 2019 kern.err kernel: {M}"),
    .init("the year first", "2019 Nov 12 {T} web-07 kernel: {M}"),
    .init("Cyrillic month", "ноя 12 {T} web-07 kernel: {M}"),
    .init("Ukrainian month", "лис 12 {T} web-07 kernel: {M}"),
    .init("French month", "févr. 12 {T} web-07 kernel: {M}"),
    .init("French August", "août 12 {T} web-07 kernel: {M}"),
    .init("German month", "Mär 12 {T} web-07 kernel: [{U}] {M}"),
    .init("Polish month", "paź 12 {T} web-07 kernel: {M}"),
    .init("Chinese month", "11月 12 {T} web-07 kernel: {M}"),
    .init("Korean month", "11월 12 {T} web-07 kernel: {M}"),
    .init("dmesg -T in Chinese", "[二 11月 12 {T} 2019] {M}"),
    .init("dmesg -T in Russian", "[Вт ноя 12 {T} 2019] {M}"),
    .init("Android", "<4>[{U}] {M}"),
    .init("Android with processor and task", "<4>[{U}] c0   1234 {M}"),
    .init("MediaTek", "<4>[{U}] (3)[1234:kworker/u8:1]{M}"),
    .init("MediaTek with levels", "[{U}] <3>.(0)[345:kswapd0]{M}"),
    .init("Samsung", "<4>[{U}]  [0:    kswapd0:   56] {M}"),
    .init("Samsung, glued", "[{U}][3:     java_vm: 1234] {M}"),
    .init("logcat", "11-12 {T}.123     0     0 W         : {M}"),
    .init("logcat with uptime", "11-12 {T}.123     0     0 W [{U}]: {M}"),
    .init("logcat, brief", "W/        (    0): {M}"),
    .init("vmware.log", "2019-11-12T{T}.{F}Z| vcpu-0| I125: Guest: [{U}] {M}"),
    .init("vmware.log, short", "2019-11-12T{T}.123Z In(05) vcpu-1 - Guest: <4>[{U}] {M}"),
    .init("Talos", "10.5.0.2: kern: warning: [2019-11-12T{T}.{F}Z]: {M}"),
    .init("Talos, console", "[{U}] {M}"),
    .init(
      "Docker's JSON",
      "{\"log\":\"[{U}] {J}\\n\",\"stream\":\"stdout\",\"time\":\"2019-11-12T{T}.{F}Z\"}"),
    .init(
      "Docker's JSON of a syslog",
      "{\"log\":\"Nov 12 {T} web-07 kernel: {J}\\n\",\"stream\":\"stderr\",\"time\":\"2019-11-12T{T}Z\"}"
    ),
    .init("CRI", "2019-11-12T{T}.{F}789Z stdout F [{U}] {M}"),
    .init("CRI of a syslog", "2019-11-12T{T}.{F}789+01:00 stderr F web-07 kernel: {M}"),
    .init("docker logs -t", "2019-11-12T{T}.{F}789Z [{U}] {M}"),
    .init(
      "CloudWatch", "{\"timestamp\":{S}123,\"message\":\"[{U}] {J}\",\"ingestionTime\":{S}999}"),
    .init("CloudWatch, text", "2019-11-12T{T}.123Z web-07 kernel: [{U}] {M}"),
    .init(
      "Stackdriver",
      "{\"insertId\":\"a\",\"textPayload\":\"[{U}] {J}\",\"timestamp\":\"2019-11-12T{T}.{F}Z\"}"),
    .init(
      "Stackdriver, structured",
      "{\"jsonPayload\":{\"message\":\"[{U}] {J}\",\"pid\":1},\"timestamp\":\"2019-11-12T{T}Z\"}"),
    .init("Loki", "{\"stream\":{\"job\":\"x\"},\"values\":[[\"{S}000000000\",\"[{U}] {J}\"]]}"),
    .init("Loki, logcli", "2019-11-12T{T}Z {job=\"kern\", host=\"web-07\"} [{U}] {M}"),
    .init(
      "Elasticsearch",
      "{\"@timestamp\":\"2019-11-12T{T}Z\",\"host\":{\"name\":\"web-07\"},\"message\":\"kernel: {J}\"}"
    ),
    .init("CSV", "\"2019-11-12 {T}\",\"web-07\",\"kernel: {C}\""),
    .init("CSV with uptime", "2019-11-12 {T},web-07,kern,\"[{U}] {C}\""),
    .init("quoted string", "\"[{U}] {C}\""),
    .init("TAI64N", "@400000005dca987f075bcd15 kern.warn: [{U}] {M}"),
    .init("TAI64N of a syslog", "@400000005dca987f075bcd15 web-07 kernel: {M}"),
    .init("tio", "[{T}.123] [{U}] {M}"),
    .init("minicom", "[2019-11-12 {T}.123] [{U}] {M}"),
    .init("minicom, without uptime", "[2019-11-12 {T}] {M}"),
    .init("docker compose", "node-1  | [{U}] {M}"),
    .init("docker compose of a syslog", "node-1 | Nov 12 {T} web-07 kernel: {M}"),
    .init("kubectl logs --prefix", "[pod/node-1/kmsg] [{U}] {M}"),
    .init("quoted with bars", "| [{U}] {M}"),
    .init("quoted five times", "> > > > > kernel: {M}"),
    .init("quoted five times, with uptime", "> > > > > [{U}] {M}"),
    .init("no-break blanks", "[{U}]\u{A0}{M}"),
    .init("page with entities", "[{U}]&nbsp;{M}"),
    .init("dropped messages", "** 2 printk messages dropped ** [{U}] {M}"),
    .init("line numbers", "  1201  [{U}] {M}"),
    .init("line numbers of less", "   1201 Nov 12 {T} web-07 kernel: {M}"),
    .init("ts", "Nov 12 {T} [{U}] {M}"),
    .init("ts -s", "00:00:17 [{U}] {M}"),
    .init("conserver", "[-- web-07 {T} --] [{U}] {M}"),
    .init("Windows' slashes", "12/11/2019 {T} web-07 kernel: {M}"),
    .init("screen with a time stamp", "12.11.2019 {T} [{U}] {M}"),
    .init("syslog-ng with a level", "Nov 12 {T} web-07 kern.warning kernel: {M}"),
    .init("brackets round the level", "[WARN] [{U}] {M}"),
  ]
}
