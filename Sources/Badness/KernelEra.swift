/// One row in a table of how something worked in successive kernels.
public protocol KernelEra: Sendable {
  /// The release that names the era: the first one that brought it.
  var since: KernelVersion { get }

  /// The lowest version number in the era, where an older series took it over.
  var lowest: KernelVersion { get }

  /// All rows, oldest first.
  static var history: [Self] { get }
}

extension KernelEra {
  /// The release `since`, except for rules that were carried back.
  public var lowest: KernelVersion { since }

  /// The row that holds for a kernel, or `nil` before the first one.
  @inlinable
  public static func inForce(in kernel: KernelVersion) -> Self? {
    history.last { $0.lowest <= kernel }
  }

  /// The row named by its first release, such as `3.14`.
  public static func named(_ era: String) -> Self? {
    history.first { $0.since.description == era }
  }
}
