extension Replay {
  /// The outcome of choosing once more by the kernel's own rule.
  package enum Verdict: Equatable, Sendable {
    /// The process that the kernel chose comes first here too.
    case confirmed
    /// So it does among others with the same points.
    case confirmedTie(ReplayTie)
    /// So it does if something holds that the log doesn't tell.
    case consistent(ReplayCondition)
    /// There is nothing to choose from, or the kernel didn't choose.
    case notCheckable(ReplayReason)
    /// Another comes first.
    case mismatch(ReplayMismatch)
  }
}

extension Replay.Verdict {
  /// For people, and in JSON.
  package var text: String {
    switch self {
    case .confirmed: "confirmed"
    case .confirmedTie(let tie): "confirmed (tie, \(tie.text))"
    case .consistent(let condition): "consistent if \(condition.text)"
    case .notCheckable(let reason): "not checkable (\(reason.text))"
    case .mismatch(let mismatch): "mismatch (\(mismatch.text))"
    }
  }

  /// The text that follows the word.
  var detail: String? {
    switch self {
    case .confirmed: nil
    case .confirmedTie(let tie): tie.text
    case .consistent(let condition): condition.text
    case .notCheckable(let reason): reason.text
    case .mismatch(let mismatch): mismatch.text
    }
  }

  /// For tables.
  package var word: String {
    switch self {
    case .confirmed: "confirmed"
    case .confirmedTie: "tie"
    case .consistent: "consistent"
    case .notCheckable: "-"
    case .mismatch: "mismatch"
    }
  }

  /// `nil` where that can't be said without knowing more.
  var agrees: Bool? {
    switch self {
    case .confirmed, .confirmedTie: true
    case .consistent, .notCheckable: nil
    case .mismatch: false
    }
  }
}

/// Several with the most points.
package struct ReplayTie: Equatable, Sendable {
  /// The number of processes, the chosen one included.
  let count: Int
  let order: Order
  /// True where all of them have the lowest score there is, which hides how much they differ: up to
  /// 5.8.
  let isAtFloor: Bool

  enum Order: Equatable, Sendable {
    case first, last, unknown
  }

  var text: String {
    let place =
      switch order {
      case .first: "first of \(count) in list order"
      case .last: "last of \(count) in list order"
      case .unknown: "one of \(count); the order within the cgroup isn't printed"
      }
    return isAtFloor ? "\(place), all raised to 1 point" : place
  }
}

/// The reason why another process should have been chosen.
package enum ReplayMismatch: Equatable, Sendable {
  /// This one comes first, with so many points more.
  case top(String, by: Int128)
  /// The chosen one may not be killed at all.
  case exempt(String)

  var text: String {
    switch self {
    case .top(let name, let margin): "top is \(name), \(margin) ahead"
    case .exempt(let name): "\(name) can't be chosen"
    }
  }
}
