import Arguments
import Badness

/// An adjustment as it is typed, on the scale of `oom_score_adj`, of which that of `oom_adj` is a part.
package struct AdjustmentValue: ArgumentValue, Equatable {
  package let number: Int

  static let placeholder = "ADJ"
  static let expectation =
    "a whole number from \(OOMAdjustment.minimum) to \(OOMAdjustment.maximum)"

  package init?(argument: String) {
    guard let number = Int(argument), AdjustmentFile.modern.range.contains(number) else {
      return nil
    }
    self.number = number
  }
}

/// The amount by which an adjustment changes.
package struct Difference: ArgumentValue {
  package let number: Int

  static let placeholder = "±N"
  static let expectation = "a whole number from -2000 to 2000, as +100 or -50"

  init?(argument: String) {
    guard let number = Int(argument), (-2000...2000).contains(number) else { return nil }
    self.number = number
  }
}
