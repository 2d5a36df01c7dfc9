import Arguments

/// An amount of memory as users type it: bare bytes, `K` `M` `G` `T` and `KiB`… by 1024, `kB`… by 1000.
package struct ByteCount: ArgumentValue, Equatable {
  package let bytes: Int

  static let placeholder = "SIZE"
  static let expectation = "a size as 512M, 2GiB or 1000000"

  init(_ bytes: Int) {
    self.bytes = bytes
  }

  package init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), let unit = Self.units[String(argument.dropFirst(digits.count))]
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  private static let units: [String: Int] = [
    "": 1, "B": 1,
    "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
    "kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
  ]
}
