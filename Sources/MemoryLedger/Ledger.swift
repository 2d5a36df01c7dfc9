/// All of a machine's RAM, or of what is charged to a memory cgroup, by what it is used for.
///
/// The parts add up to the whole: what nobody counts is a part, too.
package struct Ledger: Equatable, Sendable {
  /// In bytes.
  package let total: Int
  /// Those that are known, the largest first, and what nobody counts at its place; no part is 0.
  package let entries: [Entry]
  /// Lines that this kernel doesn't print, by its names: what they would tell is in what nobody counts.
  package let missing: [String]

  /// What zram holds, before it is compressed, in bytes; `nil` where its devices don't tell.
  package var heldByZram: Int?

  /// A use, with its size in bytes; what nobody counts is below 0 where counters lag behind.
  package struct Entry: Equatable, Sendable {
    package let kind: LedgerKind
    package let bytes: Int
  }

  /// - Parameters:
  ///   - total: In bytes.
  ///   - parts: In bytes; `nil` and less than 0 for what isn't told.
  package init(total: Int, _ parts: [LedgerKind: Int?], missing: [String] = []) {
    self.total = total
    self.missing = missing
    let known = LedgerKind.allCases.compactMap { kind in
      (parts[kind] ?? nil).flatMap { $0 > 0 ? Entry(kind: kind, bytes: $0) : nil }
    }
    let rest = known.reduce(total) { $0 &- $1.bytes }
    let all = rest == 0 ? known : known + [Entry(kind: .unaccounted, bytes: rest)]
    entries = all.sorted { $0.bytes > $1.bytes }
  }

  /// The bytes of a kind; 0 where there are none or they aren't told.
  package subscript(kind: LedgerKind) -> Int {
    entries.first { $0.kind == kind }?.bytes ?? 0
  }

  /// The use, other than processes' own, that holds most of what is in use and doesn't come back by itself: a
  /// quarter of all at least, and more than processes have.
  package var holder: Entry? {
    let held = entries.first {
      !$0.kind.isDroppable && $0.kind != .anonymous && ($0.kind != .unaccounted || tellsMost)
    }
    return held.flatMap { $0.bytes >= total / 4 && $0.bytes > self[.anonymous] ? $0 : nil }
  }

  /// True where no line is missing that most memory stands in, so that what nobody counts is just that.
  var tellsMost: Bool { !missing.contains { Self.largest.contains($0) } }

  private static let largest = ["AnonPages", "Cached", "Slab"]

  /// The bytes that go with all processes, at most.
  package var freedByKilling: Int {
    entries.reduce(0) { $0 &+ ($1.kind.isFreedByKill == true ? $1.bytes : 0) }
  }
}
