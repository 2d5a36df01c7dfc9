/// A kernel setting under `/proc/sys`, by name, type and range.
public struct Sysctl<Value: SysctlValue>: Sendable {
  /// The file below `/proc/sys`, as `vm/swappiness`.
  public let path: String
  /// The effect, in a line.
  public let summary: String
  /// The values that the newest kernel accepts; older ones may accept less (or check nothing).
  /// `nil` is unchecked.
  public let range: ClosedRange<Value>?

  /// As sysctl(8) spells it, `vm.swappiness`.
  public var name: String { String(path.map { $0 == "/" ? "." : $0 }) }

  init(_ path: String, _ range: ClosedRange<Value>? = nil, _ summary: String) {
    self.path = path
    self.summary = summary
    self.range = range
  }
}

/// A value that a setting can hold.
public protocol SysctlValue: KernelText, Comparable, Sendable {
  /// As it is written to the file.
  var sysctlText: String { get }
}

extension Int: SysctlValue {
  public var sysctlText: String { String(self) }
}

extension UInt64: SysctlValue {
  public var sysctlText: String { String(self) }
}

extension SysctlValue where Self: RawRepresentable<Int> {
  public static var expectation: String { Int.expectation }
  public var sysctlText: String { String(rawValue) }

  public init?(parsing text: Span<UInt8>) {
    guard let number = Int(parsing: text) else { return nil }
    self.init(rawValue: number)
  }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ProcFS {
  /// The present value.
  public func value<Value>(of setting: Sysctl<Value>) throws(ProcFSError) -> Value {
    try directory.read("sys/" + setting.path)
  }

  /// Writes a value, unless it lies outside the setting's range: then the kernel isn't asked.
  public func set<Value>(_ setting: Sysctl<Value>, to value: Value) throws(ProcFSError) {
    if let range = setting.range, !range.contains(value) {
      throw ProcFSError(
        path: directory.path(of: "sys/" + setting.path),
        reason: .malformed(
          "a value from \(range.lowerBound.sysctlText) to \(range.upperBound.sysctlText)"))
    }
    try directory.write(value.sysctlText, to: "sys/" + setting.path)
  }
}
