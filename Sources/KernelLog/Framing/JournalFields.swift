/// What of a journal entry matters here: `systemd.journal-fields(7)`.
struct JournalFields {
  var message: [UInt8] = []
  var realtime: Int?
  var monotonic: Int?
  var sourceMonotonic: Int?
  var boot: String?
  var host: String?
  var transport: String?
  var identifier: String?

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
    } else if key.holds("SYSLOG_IDENTIFIER", in: whole) {
      identifier = value.text
    }
  }

  private func number(_ text: Span<UInt8>) -> Int? {
    var reader = Reader()
    return reader.natural(in: text)
  }

  /// A message of the kernel's came through its own transport; what calls itself so needn't be.
  var wrapping: Wrapping {
    var wrapping = Wrapping()
    wrapping.hasPrefix = true
    wrapping.stamp.clock = realtime.map { .universal($0) }
    wrapping.stamp.monotonic = sourceMonotonic ?? monotonic
    wrapping.stamp.boot = boot
    wrapping.stamp.host = host
    if let transport {
      wrapping.origin = transport == "kernel" ? .kernel : .program(identifier ?? "")
    } else if let identifier {
      wrapping.origin = .named(identifier)
    } else {
      // Fields were left out by whoever exported it.
      wrapping.origin = .kernel
    }
    return wrapping
  }
}
