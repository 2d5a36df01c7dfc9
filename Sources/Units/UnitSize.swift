/// An amount of memory as unit files give it (systemd.resource-control(5)): bytes with K, M, G or T of base
/// 1024, a percentage of all RAM, or `infinity`.
package enum UnitSize: Equatable, Sendable {
  case bytes(UInt64)
  /// Hundredths of a percent of all RAM: systemd takes two places after the point.
  case ofRAM(hundredths: UInt64)
  case infinity

  /// `nil` for what systemd refuses.
  package init?(parsing text: String) {
    if text == "infinity" {
      self = .infinity
    } else if text.utf8.last == UInt8(ascii: "%") {
      guard let hundredths = Self.decimal(text.dropLast(), places: 2), hundredths <= 10_000 else {
        return nil
      }
      self = .ofRAM(hundredths: hundredths)
    } else {
      let units: [(String, UInt64)] = [
        ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40), ("P", 1 << 50),
        ("E", 1 << 60), ("B", 1),
      ]
      let unit = units.first { text.hasSuffix($0.0) }
      let number = unit == nil ? text[...] : text.dropLast()
      guard let thousandths = Self.decimal(number.stripped, places: 3) else { return nil }
      let (whole, overflows) = (thousandths / 1000).multipliedReportingOverflow(by: unit?.1 ?? 1)
      guard !overflows else { return nil }
      self = .bytes(whole + (thousandths % 1000) * ((unit?.1 ?? 1) / 1000))
    }
  }

  /// Bytes, in whole pages as the kernel keeps them; `nil` is no limit.
  package func bytes(ofRAM total: UInt64, page: UInt64) -> UInt64? {
    let bytes: UInt64
    switch self {
    case .infinity: return nil
    case .bytes(let amount): bytes = amount
    case .ofRAM(let hundredths): bytes = UInt64(Double(total) * Double(hundredths) / 10_000)
    }
    return page > 0 ? bytes / page * page : bytes
  }

  /// A decimal number times a power of ten.
  private static func decimal(_ text: Substring, places: Int) -> UInt64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    guard let first = parts.first, !first.isEmpty, parts.count == 1 || !fraction.isEmpty,
      "\(first)\(fraction)".utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      )
    else { return nil }
    let digits = fraction.utf8.prefix(places)
    let padding = String(repeating: "0", count: places - digits.count)
    return UInt64("\(first)\(String(decoding: digits, as: UTF8.self))\(padding)")
  }
}

extension Substring {
  fileprivate var stripped: Substring {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest = rest.dropLast() }
    return rest
  }
}
