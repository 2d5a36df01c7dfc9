/// The way in which amounts of memory are written.
package enum SizeStyle: Sendable {
  /// In powers of 1024: `219M`, `7.3G`.
  case binary
  /// In powers of 1000.
  case decimal
  /// To the byte.
  case bytes

  /// An amount in bytes, short.
  package func text(_ bytes: Int) -> String {
    guard self != .bytes, let (number, unit) = scaled(bytes.magnitude) else { return String(bytes) }
    return (bytes < 0 ? "-" : "") + number + String(unit)
  }

  /// An amount in running text, as `7.3 GiB`.
  package func phrase(_ bytes: Int) -> String {
    let sign = bytes < 0 ? "-" : ""
    guard self != .bytes, let (number, unit) = scaled(bytes.magnitude) else {
      return bytes.magnitude == 1 ? "\(bytes) byte" : "\(bytes) bytes"
    }
    return sign + number + " " + (self == .binary ? "\(unit)iB" : unit == "K" ? "kB" : "\(unit)B")
  }

  /// Number and unit: one decimal place while that says something, and never four digits of a unit
  /// where the next one has a word for it. `nil` below the smallest unit.
  private func scaled(_ bytes: UInt) -> (number: String, unit: Character)? {
    let base: UInt = self == .decimal ? 1000 : 1024
    var size: UInt = base
    var units = [Character]("KMGTPE")[...]
    guard bytes >= base else { return nil }
    var whole: UInt { bytes / size + (bytes % size >= size / 2 ? 1 : 0) }
    // No number of bytes has four digits of the largest unit.
    while whole >= base {
      size *= base
      units.removeFirst()
    }
    let tenths = rounded(bytes, to: size)
    let isFine = tenths < (units.first == "K" || units.first == "M" ? 100 : 1000)
    return (isFine ? "\(tenths / 10).\(tenths % 10)" : "\(whole)", units[units.startIndex])
  }

  /// In tenths of a unit, half up.
  private func rounded(_ bytes: UInt, to unit: UInt) -> UInt {
    bytes / unit * 10 + (bytes % unit * 10 + unit / 2) / unit
  }
}
