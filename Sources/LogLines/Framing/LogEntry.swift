/// The fields that matter here of an entry that has several: of the journal's,
/// `systemd.journal-fields(7)`, and of `dmesg --json`.
package struct LogEntry {
  package var message: [UInt8] = []
  /// Lines that a collector carries in it, in place of a message.
  package private(set) var carried: CarriedLines?
  var realtime: Int?
  var monotonic: Int?
  var sourceMonotonic: Int?
  var boot: String?
  var caller: String?
  var host: String?
  var transport: String?
  var identifier: String?
  /// The facility of syslog; the kernel's is 0.
  var facility: Int?
  /// The user that wrote it, which journald knows for sure.
  var writer: Int?

  init() {}

  /// An entry of a collector's.
  init(carrying lines: CarriedLines?) { carried = lines }

  mutating func set(_ key: Span<UInt8>, to value: Span<UInt8>) {
    let whole = 0..<key.count
    if key.holds("MESSAGE", in: whole) {
      message = value.array
    } else if key.holds("__REALTIME_TIMESTAMP", in: whole) {
      realtime = number(value)
    } else if key.holds("__MONOTONIC_TIMESTAMP", in: whole) {
      monotonic = number(value)
    } else if key.holds("_SOURCE_MONOTONIC_TIMESTAMP", in: whole) {
      sourceMonotonic = number(value)
    } else if key.holds("_BOOT_ID", in: whole) {
      boot = value.text
    } else if key.holds("_HOSTNAME", in: whole) {
      host = value.text
    } else if key.holds("_TRANSPORT", in: whole) {
      transport = value.text
    } else if key.holds("SYSLOG_FACILITY", in: whole) {
      facility = number(value)
    } else if key.holds("_UID", in: whole) {
      writer = number(value)
    } else if key.holds("SYSLOG_IDENTIFIER", in: whole) {
      identifier = value.text
    } else {
      setOfRing(key, to: value)
    }
  }

  /// Sets a field by the name that dmesg gives it; the journal's own names are in capitals.
  private mutating func setOfRing(_ key: Span<UInt8>, to value: Span<UInt8>) {
    let whole = 0..<key.count
    if key.holds("msg", in: whole) {
      message = value.array
      transport = "ring"
    } else if key.holds("time", in: whole) {
      var reader = Reader()
      monotonic = Wrapping.seconds(in: value, at: &reader)
    } else if key.holds("caller", in: whole) {
      caller = value.text
    } else if key.holds("pri", in: whole), let priority = number(value) {
      // It stands above the level's three bits.
      facility = priority >> 3
    } else if key.holds("fac", in: whole) {
      facility = value.text == "kern" ? 0 : 1
    }
  }

  private func number(_ text: Span<UInt8>) -> Int? {
    var reader = Reader()
    return reader.natural(in: text)
  }

  /// The users that people have (login.defs(5)); daemons have lower ones, or dynamic ones above.
  private static let people = 1000...60_000

  package var wrapping: Wrapping {
    var wrapping = Wrapping()
    wrapping.hasPrefix = true
    wrapping.isWhole = true
    wrapping.stamp.clock = realtime.map { .universal($0) }
    wrapping.stamp.monotonic = sourceMonotonic ?? monotonic
    wrapping.stamp.boot = boot
    wrapping.stamp.caller = caller
    wrapping.stamp.host = host
    wrapping.origin = origin
    return wrapping
  }

  /// A message of the kernel's came through its own transport; what calls itself so needn't be. Nor is it a
  /// daemon whatever a person calls so: at most her own service manager.
  private var origin: Wrapping.Origin {
    if let writer, Self.people.contains(writer) {
      return .program(identifier == "systemd" ? Wrapping.Origin.personsManager : "")
    }
    // The program that exported it may have left fields out.
    guard transport ?? "kernel" == "kernel" else { return .program(identifier ?? "") }
    if transport == nil, let identifier, identifier != "kernel" { return .program(identifier) }
    guard facility ?? 0 != 0 else { return .kernel }
    guard let identifier, identifier != "kernel" else { return .kernelLogWriter }
    return .program(identifier)
  }
}
