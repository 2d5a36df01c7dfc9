/// One step on the way to a score.
public struct Term: Hashable, Sendable {
  /// The subject that is weighed, in words for people.
  public let name: String
  /// The operation on the score so far.
  public let operation: Operation
  /// The number used in the operation, in the unit of this step.
  public let operand: Int128
  /// The score after this step, cut to the type the kernel kept it in.
  public let result: Int128
  /// The contribution of the step, where the unit is pages; over all terms it sums to the badness.
  public let pages: Int128?

  /// The effect of a step on the score; the raw values are JSON's words.
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    case start
    case add
    case subtract
    case multiply
    case divide
    case shiftLeft = "shift_left"
    case shiftRight = "shift_right"
    case atLeast = "at_least"
    case atMost = "at_most"
    case replace
  }
}

extension Term {
  /// Everything that a kernel has ever weighed.
  enum Subject: String {
    case virtualMemory = "virtual memory"
    case children
    case cpuTime = "CPU time"
    case runTime = "run time"
    case nice
    case rawIO = "raw I/O"
    case otherNodes = "other nodes"
    case resident
    case swapped
    case pageTables = "page tables"
    case scale = "thousandths"
    case total = "total memory"
    case administrator = "administrator's bonus"
    case adjustment
    case origin = "origin of the shortage"
    case atLeastOne = "at least 1"
    case atMostThousand = "at most 1000"
  }
}

extension Term.Operation {
  /// The exact outcome; wraps only beyond 128 bits, which no C type can tell.
  func outcome(_ value: Int128, _ operand: Int128) -> Int128 {
    switch self {
    case .start, .replace: operand
    case .add: value &+ operand
    case .subtract: value &- operand
    case .multiply: value &* operand
    case .divide: value / operand
    case .shiftLeft: value << operand
    case .shiftRight: value >> operand
    case .atLeast: max(value, operand)
    case .atMost: min(value, operand)
    }
  }

  /// True where the step is worth showing only when it changes something.
  var isBound: Bool { self == .atLeast || self == .atMost }
}
