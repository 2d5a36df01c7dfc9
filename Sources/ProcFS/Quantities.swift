/// The number of a process, from 1; unique among the living of one PID namespace.
public struct ProcessID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public let rawValue: Int32

  /// From a number.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// From a number.
  public init(_ number: Int32) {
    self.init(rawValue: number)
  }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ProcessID: CustomStringConvertible {
  public var description: String { String(rawValue) }

  /// From the name of a folder; `nil` when that isn't a number of a process.
  package init?(parsing name: Span<UInt8>) {
    guard name.count > 0, name[0] != UInt8(ascii: "0") else { return nil }
    var cursor = Cursor()
    guard let number = cursor.natural(in: name), cursor.isAtEnd(in: name),
      let id = Int32(exactly: number)
    else { return nil }
    self.init(id)
  }
}

/// An amount of memory in units of 1024 bytes, as `/proc` prints most of them ("kB").
public struct Kibibytes: Hashable, Comparable, Sendable {
  /// The number of units.
  public let count: Int

  /// From a count.
  public init(_ count: Int) {
    self.count = count
  }

  /// The amount in bytes; beyond `Int` it stays at its end.
  public var bytes: Int {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1024)
    return overflow ? (count < 0 ? .min : .max) : bytes
  }

  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}
