extension Journal {
  /// The changes of one call of oomctl.
  package struct Call: Hashable, Sendable {
    package let id: Int
    /// Unix time in seconds, of its first entry.
    package let time: Int
    package let command: String
    /// The caller; `nil` where an older oomctl wrote it down.
    package fileprivate(set) var caller: Caller?
    /// In the order of the file, never empty.
    package fileprivate(set) var changes: [RecordedChange]

    /// True where there is something left to undo.
    package var isOpen: Bool { changes.contains(where: \.isOpen) }
  }

  package struct RecordedChange: Hashable, Sendable {
    package let index: Int
    /// One of a process, a file or a setting.
    package let change: Change
    package let state: State

    /// The state of a change.
    package enum State: String, Hashable, Sendable {
      case done, undone, failed
    }

    /// True where it can be undone.
    package var isOpen: Bool { state == .done }
  }

  /// All calls that changed something, the oldest first.
  package var calls: [Call] {
    var states: [Place: RecordedChange.State] = [:]
    var callers: [Int: Caller] = [:]
    for entry in entries {
      if let settled = entry.settled {
        states[settled] = entry.isFailure ? .failed : .undone
      } else if case .caller(let caller) = entry.change {
        callers[entry.call] = callers[entry.call] ?? caller
      }
    }
    var calls: [Call] = []
    var places: [Int: Int] = [:]
    for entry in entries where entry.isChange {
      let change = RecordedChange(
        index: entry.index, change: entry.change,
        state: states[Place(call: entry.call, index: entry.index)] ?? .done)
      if let place = places[entry.call] {
        calls[place].changes.append(change)
      } else {
        places[entry.call] = calls.count
        calls.append(
          Call(
            id: entry.call, time: entry.time, command: entry.command, caller: callers[entry.call],
            changes: [change]))
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
      let call = entry.settled?.call ?? entry.call
      if lines[call] == nil {
        // The call itself was lost.
        guard entry.settled == nil else { continue }
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
  /// The place of a change in the journal.
  struct Place: Hashable {
    let call: Int
    let index: Int
  }
}

extension Journal.Entry {
  /// Of which change it says what became of it; `nil` where it is something else.
  var settled: Journal.Place? {
    switch change {
    case .undone(let call, let index), .failed(let call, let index):
      Journal.Place(call: call, index: index)
    case .adjustment, .file, .setting, .caller: nil
    }
  }

  fileprivate var isFailure: Bool { if case .failed = change { true } else { false } }

  fileprivate var isChange: Bool {
    switch change {
    case .adjustment, .file, .setting: true
    case .undone, .failed, .caller: false
    }
  }
}
