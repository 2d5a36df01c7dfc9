extension Int {
  /// A place in an order, as 1st, 12th or 23rd.
  package var ordinal: String {
    let isTeen = 11...13 ~= self % 100
    switch self % 10 {
    case 1 where !isTeen: return "\(self)st"
    case 2 where !isTeen: return "\(self)nd"
    case 3 where !isTeen: return "\(self)rd"
    default: return "\(self)th"
    }
  }
}
