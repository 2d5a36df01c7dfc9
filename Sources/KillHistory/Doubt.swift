import LogSources

/// The reason why a kill that a log tells of may be none.
enum Doubt: Equatable, Sendable {
  /// Every user can write to its log, and another one that covers the time lacks it.
  case unconfirmed(by: LogSource)
  /// Every user can write to its log, and logs that could confirm it aren't read, or not yet.
  case open

  /// `nil` where it can't be told.
  var isUnconfirmed: Bool? {
    switch self {
    case .unconfirmed: true
    case .open: nil
    }
  }

  /// In a sentence; `source` is where the kill was found.
  func note(on source: String) -> String {
    let writers = "Every user can write to \(source)"
    return switch self {
    case .unconfirmed(let witness):
      "\(writers), and \(witness.name), which covers that time, has no such kill."
    case .open: "\(writers), and no other log was asked yet."
    }
  }
}
