extension Journal {
  /// What one call of oomctl changed.
  package struct Call: Hashable, Sendable {
    package let id: Int
    /// Unix time in seconds, of its first entry.
    package let time: Int
    package let command: String
    /// In the order of the file, never empty.
    package fileprivate(set) var changes: [RecordedChange]

    package var isUndone: Bool { changes.allSatisfy(\.isUndone) }
  }

  package struct RecordedChange: Hashable, Sendable {
    package let index: Int
    /// Never one that says what was undone.
    package let change: Change
    package let isUndone: Bool
  }

  /// All calls that changed something, the oldest first.
  package var calls: [Call] {
    let undone = Set(entries.compactMap(\.undone))
    var calls: [Call] = []
    var places: [Int: Int] = [:]
    for entry in entries where entry.undone == nil {
      let change = RecordedChange(
        index: entry.index, change: entry.change,
        isUndone: undone.contains(Place(call: entry.call, index: entry.index)))
      if let place = places[entry.call] {
        calls[place].changes.append(change)
      } else {
        places[entry.call] = calls.count
        calls.append(
          Call(id: entry.call, time: entry.time, command: entry.command, changes: [change]))
      }
    }
    return calls
  }

  /// A journal of at most so many bytes without the oldest calls, each gone as a whole, where this one
  /// is longer. The latest call stays, however long it is.
  ///
  /// It keeps `nextCall` whatever its size, and neither damaged lines nor what was undone of calls that
  /// are gone.
  package func trimmed(to size: Int) -> [UInt8] {
    var lines: [Int: [UInt8]] = [:]
    var order: [Int] = []
    for entry in entries {
      let call = entry.undone?.call ?? entry.call
      if lines[call] == nil {
        // The call itself was lost.
        guard entry.undone == nil else { continue }
        order.append(call)
      }
      lines[call, default: []] += Self.line(for: entry)
    }
    let first = lastCallLine
    var room = size - first.count
    let kept = order.reversed().prefix { call in
      room -= lines[call]?.count ?? 0
      return room >= 0 || call == order.last
    }
    return first + kept.reversed().flatMap { lines[$0] ?? [] }
  }
}

extension Journal {
  fileprivate struct Place: Hashable {
    let call: Int
    let index: Int
  }
}

extension Journal.Entry {
  fileprivate var undone: Journal.Place? {
    if case .undone(let call, let index) = change {
      Journal.Place(call: call, index: index)
    } else {
      nil
    }
  }
}
