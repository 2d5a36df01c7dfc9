/// A size in units of 1024 bytes, which the kernel prints as `kB`.
public struct Kibibytes: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number of units.
  public var count: Int

  /// From a count.
  public init(_ count: Int) { self.count = count }

  /// From a count.
  public init(integerLiteral count: Int) { self.init(count) }

  /// The size in bytes, or the largest number there is when that overflows.
  public var bytes: Int {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1024)
    return overflow ? .max : bytes
  }
}

extension Kibibytes: Comparable {
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}
