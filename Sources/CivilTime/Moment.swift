import Glibc

/// A point in time, in seconds since 1970.
package struct Moment {
  let seconds: Int

  package init(_ seconds: Int) {
    self.seconds = seconds
  }

  /// As `2026-11-21T10:12:03Z`.
  package var iso: String {
    var (time, parts) = unsafe (time_t(seconds), tm())
    unsafe gmtime_r(&time, &parts)
    return unsafe Self.text(parts, "%Y-%m-%dT%H:%M:%SZ")
  }

  /// As `2026-11-21 11:12:03`, by the machine's own clock.
  package var local: String {
    var (time, parts) = unsafe (time_t(seconds), tm())
    unsafe localtime_r(&time, &parts)
    return unsafe Self.text(parts, "%Y-%m-%d %H:%M:%S")
  }

  private static func text(_ parts: tm, _ format: String) -> String {
    var parts = unsafe parts
    var buffer = [CChar](repeating: 0, count: 64)
    let count = unsafe strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
