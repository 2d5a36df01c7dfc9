import LogLines

/// The last few processes of a kind, by which a further line about one is told from another's.
struct RecentProcesses {
  private var all: [(id: Int, stamp: Stamp)] = []

  private static let most = 64
  /// In microseconds; after that a number can be another process's.
  private static let longest = 60_000_000

  func contains(_ id: Int, _ stamp: Stamp) -> Bool {
    all.contains { $0.id == id && $0.stamp.isNear(stamp, Self.longest) }
  }

  /// Remembers one; `false` where it is known.
  @discardableResult
  mutating func insert(_ id: Int, _ stamp: Stamp) -> Bool {
    guard !contains(id, stamp) else { return false }
    if all.count == Self.most { all.removeFirst() }
    all.append((id, stamp))
    return true
  }
}
