import Testing

@testable import Configuration

@Suite("A call's caller, and what became of its changes")
struct JournalCallerTests {
  private func file(_ path: String) -> Journal.Change {
    .file(.init(path: path, old: nil, new: "x"))
  }

  private func caller(_ id: UInt32) -> Journal.Change {
    .caller(.init(userID: id, throughUser: "bob", terminal: nil))
  }

  @Test("is the first that was written down")
  func callers() {
    let journal = Journal(
      parsing: [
        entry(1, 0, file("/a")), entry(1, 1, caller(5)), entry(1, 2, caller(6)),
        entry(2, 0, file("/b")), entry(3, 0, caller(7)),
      ].flatMap(Journal.line))
    #expect(journal.calls.map(\.id) == [1, 2])
    #expect(journal.calls.map { $0.caller?.userID } == [5, nil])
    #expect(journal.calls[0].caller?.throughUser == "bob")
    #expect(journal.calls[0].changes.map(\.index) == [0])
    #expect(journal.nextCall == 4)
  }

  @Test("are undone or failed by place, and open only as long as they are done")
  func states() {
    let journal = Journal(
      parsing: [
        entry(1, 0, file("/a")), entry(1, 1, file("/b")), entry(1, 2, file("/c")),
        entry(2, 0, .failed(call: 1, index: 1)), entry(2, 1, .undone(call: 1, index: 2)),
        entry(2, 2, file("/a")),
      ].flatMap(Journal.line))
    #expect(journal.calls.map { $0.changes.map(\.state) } == [[.done, .failed, .undone], [.done]])
    #expect(journal.calls[0].changes.map(\.isOpen) == [true, false, false])
    #expect(journal.calls.map(\.isOpen) == [true, true])
  }

  @Test("go with the call when the journal is trimmed, as do marks of calls that were lost")
  func trimming() {
    let entries = [
      entry(1, 0, file("/a")), entry(1, 1, caller(5)), entry(2, 0, .undone(call: 9, index: 0)),
      entry(3, 0, .undone(call: 1, index: 0)), entry(3, 1, file("/b")),
    ]
    let journal = Journal(parsing: entries.flatMap(Journal.line))
    let all = Journal(parsing: journal.trimmed(to: .max))
    // What was undone stays with its call.
    #expect(all.entries == [entries[0], entries[1], entries[3], entries[4]])
    #expect(all.nextCall == 10)
    let exactly = journal.trimmed(to: .max).count
    #expect(journal.trimmed(to: exactly).count == exactly)
    #expect(Journal(parsing: journal.trimmed(to: exactly - 1)).entries == [entries[4]])
    let none = Journal(parsing: [])
    #expect(Journal(parsing: none.trimmed(to: 0)).nextCall == 1)
  }

  @Test(
    "are counted from 1, without an end",
    arguments: [
      (1, true), (0, false), (-1, false), (.max, false), (.max - 1, true),
    ] as [(Int, Bool)])
  func numbers(call: Int, isTaken: Bool) {
    let entry = Journal.Entry(call: call, index: 0, time: 0, command: "", change: file("/a"))
    let journal = Journal(parsing: Journal.line(for: entry))
    #expect(journal.entries.isEmpty == !isTaken)
    #expect(journal.nextCall == (isTaken ? call + 1 : 1))
  }
}
