import Configuration

/// A line on a service's adjustment that reaches nobody.
package struct IgnoredAdjustment: Equatable, Sendable {
  package let line: UnitFiles.Declaration
  /// Why, as the end of a sentence: `stands in [Unit], where systemd ignores it`.
  package let reason: String
  /// What mends it, as the beginning of one.
  package let remedy: String
}

extension UnitFiles {
  private static let key = "OOMScoreAdjust"

  /// The adjustment that a start of the service would give its process, and the line that says so; `nil` where
  /// none does.
  package var adjustment: (value: Int, line: Declaration)? {
    var found: (value: Int, line: Declaration)?
    for line in declarations where line.key == Self.key && line.section == "Service" {
      if line.value.isEmpty { found = nil }
      if let value = DropIn.adjustment(ofText: line.value) { found = (value, line) }
    }
    return found
  }

  /// Lines that systemd passes over, for their section or their value.
  package var ignoredAdjustments: [IgnoredAdjustment] {
    declarations.filter { $0.key == Self.key && !$0.value.isEmpty }.compactMap { line in
      if line.section != "Service" {
        return IgnoredAdjustment(
          line: line, reason: "stands in [\(line.section)], where systemd ignores it",
          remedy: "Move it to [Service]")
      }
      guard DropIn.adjustment(ofText: line.value) == nil else { return nil }
      return IgnoredAdjustment(
        line: line, reason: "is no number from -1000 to 1000: systemd ignores it",
        remedy: "Correct it")
    }
  }

  /// The number that an ignored line means all the same.
  package static func meaning(of line: Declaration) -> Int? {
    DropIn.adjustment(ofText: line.value)
  }
}
