import Arguments
import Badness
import Core
import Processes

/// A selector and a value for all processes that it means, split at the last `=`.
struct Assignment<Value: Sendable>: Sendable {
  let selector: Selector
  let value: Value

  init?(_ argument: String, value: (String) -> Value?) {
    guard let equals = argument.utf8.lastIndex(of: UInt8(ascii: "=")),
      let selector = Selector(argument: String(argument[..<equals])),
      let value = value(String(argument[argument.utf8.index(after: equals)...]))
    else { return nil }
    self.selector = selector
    self.value = value
  }
}

/// `SELECTOR=ADJ`
package struct SupposedAdjustment: ArgumentValue {
  let assignment: Assignment<Int>

  static let placeholder = "SELECTOR=ADJ"
  static let expectation =
    "processes and an adjustment from \(OOMAdjustment.minimum) to \(OOMAdjustment.maximum), as java=300"
  static let completion = Completion.processes

  init?(argument: String) {
    let assignment = Assignment(argument) { AdjustmentValue(argument: $0)?.number }
    guard let assignment else { return nil }
    self.assignment = assignment
  }
}

/// `SELECTOR=+SIZE`
package struct SupposedGrowth: ArgumentValue {
  let assignment: Assignment<Int>

  static let placeholder = "SELECTOR=+SIZE"
  static let expectation = "processes and a size, as java=+512M"
  static let completion = Completion.processes

  package init?(argument: String) {
    let assignment = Assignment(argument) { word -> Int? in
      ByteCount(argument: word.hasPrefix("+") ? String(word.dropFirst()) : word)?.bytes
    }
    guard let assignment else { return nil }
    self.assignment = assignment
  }
}
