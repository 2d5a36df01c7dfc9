/// A limit for the messages of a kind in a minute; the others are counted.
struct Allowance {
  /// In a minute.
  let most: Int
  private var start: Int64?
  private var count = 0
  /// Those that were left out, not yet told as a sum.
  private(set) var withheld = 0

  private static let window: Int64 = 60_000_000

  init(_ most: Int) {
    self.most = most
  }

  /// True where one more may come at that time, by the monotonic clock.
  mutating func admits(at now: Int64) -> Bool {
    if start.map({ now - $0 >= Self.window }) ?? true {
      start = now
      count = 0
    }
    count += 1
    if count > most { withheld += 1 }
    return count <= most
  }

  /// The time at which the sum is to be reported; `nil` where there is none.
  var due: Int64? { withheld > 0 ? start.map { $0 + Self.window } : nil }

  /// The sum, which is told with that.
  mutating func takeSum() -> Int? {
    guard withheld > 0 else { return nil }
    defer { withheld = 0 }
    return withheld
  }
}
