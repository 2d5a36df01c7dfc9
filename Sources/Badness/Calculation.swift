/// A score in the making, in the kernel's integer types.
struct Calculation {
  let wordSize: WordSize
  /// The type of the kernel's variable `points`.
  var variable: CInteger
  private(set) var value: Int128 = 0
  private(set) var terms: [Term] = []
  private let unit: BadnessUnit
  private let isRecording: Bool

  init(on wordSize: WordSize, in unit: BadnessUnit, recording isRecording: Bool) {
    self.wordSize = wordSize
    self.unit = unit
    self.isRecording = isRecording
    variable = .long
  }

  /// Takes one step.
  ///
  /// C computes in the wider type of the two operands; `type` names it where it isn't the
  /// variable's. A divisor is never zero: the kernel tests those that could be.
  mutating func apply(
    _ operation: Term.Operation, _ operand: Int128, for subject: Term.Subject,
    in type: CInteger? = nil
  ) {
    let converted = type?.holding(value, on: wordSize) ?? value
    let result = variable.holding(operation.outcome(converted, operand), on: wordSize)
    defer { value = result }
    guard isRecording, !(operation.isBound && result == value) else { return }
    terms.append(
      Term(
        name: subject.rawValue, operation: operation, operand: operand, result: result,
        pages: unit == .pages ? result - value : nil))
  }
}
