import ProcFS

/// The pages found for many processes of equal score at the look before, so that not every look
/// reads all of them.
///
/// Each look reads a part anew, so that all are read within a few looks. A process whose score
/// changes is read at once.
package struct TieCache: Sendable {
  /// In the order of a scan: the highest score first, and among equals the highest number.
  private var entries: [Entry] = []
  private var former: [Entry] = []
  private var position = 0
  private var look = 0

  package init() {}

  private struct Entry {
    var place: ScoreScan.Entry
    var pages: Int
  }

  /// The most looks until all are read.
  private static let mostLooks = 8
  /// The least number of processes read at each look.
  private static let fewest = 64

  private var looksForAll: Int { max(1, min(Self.mostLooks, former.count / Self.fewest)) }

  /// Starts a new look.
  mutating func begin() {
    swap(&former, &entries)
    entries.removeAll(keepingCapacity: true)
    position = 0
    look += 1
  }

  /// The pages that a process had; `nil` if it is its turn to be read. Calls must come in the order
  /// of a scan.
  mutating func pages(of place: ScoreScan.Entry) -> Int? {
    while position < former.count, former[position].place.precedes(place) { position += 1 }
    guard position < former.count, former[position].place == place,
      entries.count % looksForAll != look % looksForAll
    else { return nil }
    return former[position].pages
  }

  mutating func note(_ pages: Int, of place: ScoreScan.Entry) {
    entries.append(Entry(place: place, pages: pages))
  }
}
