import Configuration
import Testing

@Suite("A call in the journal")
struct JournalCallTests {
  private static func file(_ path: String) -> Journal.Change {
    .file(.init(path: path, old: nil, new: "x"))
  }

  private static let entries = [
    entry(1, 0, file("/a")), entry(1, 1, file("/b")), entry(2, 0, file("/c")),
    entry(3, 0, .undone(call: 1, index: 1)), entry(3, 1, .undone(call: 2, index: 0)),
    entry(4, 0, file("/d")),
  ]
  private let journal = Journal(parsing: entries.flatMap(Journal.line))

  @Test("has its changes, and knows which of them were undone")
  func calls() {
    #expect(journal.calls.map(\.id) == [1, 2, 4])
    #expect(journal.calls.map(\.time) == [101, 102, 104])
    #expect(journal.calls.map(\.command) == ["oomctl 1", "oomctl 2", "oomctl 4"])
    #expect(journal.calls.map { $0.changes.map(\.index) } == [[0, 1], [0], [0]])
    #expect(journal.calls.map { $0.changes.map(\.isSettled) } == [[false, true], [true], [false]])
    #expect(journal.calls.map(\.isSettled) == [false, true, false])
    #expect(journal.calls.first?.changes.map(\.change) == [Self.file("/a"), Self.file("/b")])
    #expect(journal.nextCall == 5)
  }

  @Test("stays one where another was written between its lines")
  func interleaved() {
    let entries = [
      entry(2, 0, Self.file("/a")), entry(1, 0, Self.file("/b")), entry(2, 1, Self.file("/c")),
    ]
    let calls = Journal(parsing: entries.flatMap(Journal.line)).calls
    #expect(calls.map(\.id) == [2, 1])
    #expect(calls.map(\.changes.count) == [2, 1])
  }

  @Test("is dropped as a whole where the journal grows too long, the oldest first")
  func trimming() {
    var counts: Set<[Int]> = []
    let all = journal.trimmed(to: .max)
    // The latest call stays.
    let least = journal.trimmed(to: 0).count
    for size in 0...all.count {
      let bytes = journal.trimmed(to: size)
      let trimmed = Journal(parsing: bytes)
      #expect(bytes.count <= max(size, least))
      #expect(trimmed.nextCall == 5 && trimmed.damagedLineCount == 0 && !trimmed.isTorn)
      #expect(trimmed.calls == journal.calls.suffix(trimmed.calls.count))
      #expect(trimmed.trimmed(to: size) == bytes)
      counts.insert(trimmed.calls.map(\.id))
    }
    #expect(counts == [[4], [2, 4], [1, 2, 4]])
    #expect(Journal(parsing: all).calls == journal.calls)
  }

  @Test("leaves nothing behind when it is dropped but its number")
  func marks() {
    let trimmed = Journal(parsing: journal.trimmed(to: 0))
    #expect(trimmed.entries.map(\.call) == [4] && trimmed.nextCall == 5)
    let room = journal.trimmed(to: .max).count - 1
    let rest = Journal(parsing: journal.trimmed(to: room)).entries
    #expect(rest.map(\.call) == [2, 3, 4])
  }
}
