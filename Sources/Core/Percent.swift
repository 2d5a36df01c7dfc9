/// Shares as pressure stall information has them.
package enum Percent {
  /// From hundredths of a percent, to a tenth.
  package static func text(_ hundredths: Int) -> String {
    let tenths = hundredths / 10 + (hundredths % 10 >= 5 ? 1 : 0)
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
