extension ExpressionParser {
  /// Parses the repetitions after a piece that begins at `start`: any number, each of all before
  /// it.
  mutating func parseRepetitions(from start: Int) throws(ExpressionProblem) {
    while let byte = next {
      let bounds: (least: Int, most: Int?)
      switch byte {
      case UInt8(ascii: "*"): bounds = (0, nil)
      case UInt8(ascii: "+"): bounds = (1, nil)
      case UInt8(ascii: "?"): bounds = (0, 1)
      case UInt8(ascii: "{"):
        offset += 1
        bounds = try parseInterval()
        offset -= 1
      default: return
      }
      offset += 1
      try repeatPiece(from: start, bounds.least, bounds.most)
    }
  }

  /// Leaves the offset behind the `}`.
  private mutating func parseInterval() throws(ExpressionProblem) -> (least: Int, most: Int?) {
    let least = try parseNumber()
    switch take() {
    case UInt8(ascii: "}"):
      guard let least else { throw .badInterval }
      return (least, least)
    case UInt8(ascii: ","):
      let most = try parseNumber()
      guard take() == UInt8(ascii: "}"), (least ?? 0) <= most ?? .max else { throw .badInterval }
      return (least ?? 0, most)
    default: throw .badInterval
    }
  }

  /// A number up to RE_DUP_MAX; `nil` where there is no digit.
  private mutating func parseNumber() throws(ExpressionProblem) -> Int? {
    var number: Int?
    while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      number = (number ?? 0) * 10 + Int(digit - UInt8(ascii: "0"))
      guard number ?? 0 <= 32767 else { throw .badInterval }
      offset += 1
    }
    return number
  }

  /// Writes out the piece from `start` to the end as often as it may occur.
  private mutating func repeatPiece(
    from start: Int, _ least: Int, _ most: Int?
  ) throws(ExpressionProblem) {
    let piece = Array(steps[start...])
    steps.removeLast(piece.count)
    guard !piece.isEmpty else { return }
    let optional = most.map { ($0 - least) * (piece.count + 1) }
    let added = least * piece.count + (optional ?? (least > 0 ? 1 : piece.count + 2))
    guard steps.count + added <= Expression.mostSteps else { throw .tooLarge }
    for _ in 0..<least { steps += piece }
    guard let most else {
      if least > 0 {
        steps.append(.fork(Int16(-piece.count)))
      } else {
        steps.append(.fork(Int16(piece.count + 2)))
        steps += piece
        steps.append(.jump(Int16(-piece.count - 1)))
      }
      return
    }
    for remaining in stride(from: most - least, to: 0, by: -1) {
      steps.append(.fork(Int16(remaining * (piece.count + 1))))
      steps += piece
    }
  }
}
