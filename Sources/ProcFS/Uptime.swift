/// `/proc/uptime` (fs/proc/uptime.c).
public struct Uptime: Hashable, Sendable {
  /// Seconds since boot, those in suspend included.
  public var seconds: Int
}

extension Uptime: KernelText {
  public static var expectation: String { "seconds since boot, as 350735.47" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    guard let value = cursor.decimal(in: text) else { return nil }
    seconds = Int(clamping: value.whole)
  }
}
