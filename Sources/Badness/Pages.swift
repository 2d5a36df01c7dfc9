/// A number of memory pages; how large one is, the machine says.
public struct Pages: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Negative only as a difference.
  public var count: Int

  /// From a count.
  public init(_ count: Int) { self.count = count }

  /// From a count.
  public init(integerLiteral count: Int) { self.init(count) }

  /// The size in bytes, or the largest number there is when that overflows.
  public func bytes(pageSize: Int) -> Int {
    Int(clamping: Int128(count) * Int128(pageSize))
  }
}

extension Pages: Comparable {
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  /// Wraps, as the kernel's counters do.
  public static func + (left: Self, right: Self) -> Self { Self(left.count &+ right.count) }

  /// Wraps, as the kernel's counters do.
  public static func - (left: Self, right: Self) -> Self { Self(left.count &- right.count) }
}
