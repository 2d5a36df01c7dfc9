extension Expression {
  /// True if it matches anywhere in the text.
  package func matches(_ text: Span<UInt8>) -> Bool {
    // Spans of local arrays: a property's array would be checked for other owners at each change.
    let (steps, sets, count) = (steps.span, sets.span, steps.count)
    // The place where each step was reached last, so that at each place it is reached once.
    var reachedStore = Array(repeating: UInt32.max, count: count)
    var reached = reachedStore.mutableSpan
    // Steps that wait for a byte: those at this place in one half, those at the last in the other.
    var waitingStore = Array(repeating: UInt16(0), count: 2 * count)
    var waiting = waitingStore.mutableSpan
    var waitingCount = 0
    var half = 0
    // Steps that a fork put off.
    var pendingStore = Array(repeating: UInt16(0), count: count)
    var pending = pendingStore.mutableSpan
    for offset in 0...text.count {
      let place = UInt32(truncatingIfNeeded: offset)
      let before = offset > 0 ? text[offset - 1] : nil
      let surroundings = Surroundings(
        before: before, after: offset < text.count ? text[offset] : nil)
      let (former, formerCount) = (half, waitingCount)
      (half, waitingCount) = (count - half, 0)
      // The steps that the last byte led to, and after them the first step: a match may begin
      // anywhere.
      for index in 0...formerCount {
        var step = 0
        if index < formerCount, let before {
          step = Int(waiting[former + index])
          guard steps[step].takes(before, of: sets) else { continue }
          step += 1
        }
        var pendingCount = 0
        while true {
          guard step < count else { return true }
          var goesOn = reached[step] != place
          if goesOn {
            reached[step] = place
            switch steps[step] {
            case .byte, .anyByte, .set:
              waiting[half + waitingCount] = UInt16(truncatingIfNeeded: step)
              waitingCount += 1
              goesOn = false
            case .place(let asked):
              goesOn = surroundings.fulfil(asked)
              step += 1
            case .jump(let distance): step += Int(distance)
            case .fork(let distance):
              pending[pendingCount] = UInt16(truncatingIfNeeded: step + Int(distance))
              pendingCount += 1
              step += 1
            }
          }
          if !goesOn {
            guard pendingCount > 0 else { break }
            pendingCount -= 1
            step = Int(pending[pendingCount])
          }
        }
      }
    }
    return false
  }
}

extension Expression.Step {
  fileprivate func takes(_ byte: UInt8, of sets: Span<ByteSet>) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .anyByte: true
    case .set(let number): sets[Int(number)].contains(byte)
    case .place, .fork, .jump: false
    }
  }
}

/// The bytes around a place; `nil` at an end of the text.
private struct Surroundings {
  let before: UInt8?
  let after: UInt8?

  func fulfil(_ place: Expression.Place) -> Bool {
    let wasWord = before.map(ByteSet.isOfWord) ?? false
    let isWord = after.map(ByteSet.isOfWord) ?? false
    return switch place {
    case .start: before == nil
    case .end: after == nil
    case .wordStart: !wasWord && isWord
    case .wordEnd: wasWord && !isWord
    case .wordEdge: wasWord != isWord
    case .noWordEdge: wasWord == isWord
    }
  }
}

extension ByteSet {
  /// True if it belongs to a word: a letter, a digit or `_`.
  static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
