import Configuration
import Testing

@Suite("A journal")
struct JournalTests {
  @Test("is a line an entry, which people can read")
  func line() {
    let entry = Journal.Entry(
      call: 3, index: 1, time: 1_700_000_000, command: "oomctl tune swappiness=10",
      change: .setting(.init(path: "sys/vm/swappiness", old: "60", new: "10", boot: "b")))
    let fields = "setting 3 1 1700000000 oomctl_tune_swappiness=10 sys/vm/swappiness 60 10 b"
      .split(separator: " ").joined(separator: "\t").replacing("_", with: " ")
    #expect(String(decoding: Journal.line(for: entry), as: UTF8.self) == "\(fields)\t9fbd8b15\n")
  }

  @Test(
    "gives back what was written",
    arguments: [
      .adjustment(
        .init(
          boot: "b", namespace: "4026531836", pid: 17, startTicks: 1, name: "nginx",
          file: "oom_score_adj", old: 0, new: -900, upTicks: 2)),
      .adjustment(
        .init(
          boot: "", namespace: "", pid: .max, startTicks: .max, name: "", file: "oom_adj",
          old: .min,
          new: .max, upTicks: .max)),
      .file(.init(path: "/a", old: nil, new: "")), .file(.init(path: "/a", old: "", new: nil)),
      .file(.init(path: "/a", old: nil, new: nil)),
      .file(.init(path: "/a", old: "\\N", new: "a\n\tb\\\n")),
      .setting(.init(path: "sys/vm/swappiness", old: "1\t2\n", new: "-1", boot: "b")),
      .undone(call: 1, index: 0), .undone(call: .max - 1, index: .max),
    ] as [Journal.Change])
  func roundTrip(change: Journal.Change) {
    let entries = [
      Journal.Entry(call: 1, index: 0, time: 0, command: "oomctl", change: change),
      Journal.Entry(call: 2, index: .max, time: .min, command: "", change: change),
    ]
    let journal = Journal(parsing: entries.flatMap(Journal.line))
    #expect(journal.entries == entries)
    #expect(journal.damagedLineCount == 0 && !journal.isTorn)
  }

  @Test(
    "takes any text and stays a line an entry",
    arguments: [
      "\t", "\n", "\r\n", "\\", "\\t", "\\N", "\\\\n", "\\x41", "\0\u{1}\u{1b}[2J\u{7f}", "\u{9b}",
      "é😀", "\u{301}", "\u{fffd}", "\u{202e}", " ", "a\tb\nc", "foo) Z 1", "'; reboot",
      String(repeating: "\t\\", count: 5000),
    ])
  func hostileText(text: String) {
    let entry = Journal.Entry(
      call: 1, index: 0, time: 0, command: text,
      change: .adjustment(
        .init(
          boot: text, namespace: text, pid: 1, startTicks: 1, name: text, file: text, old: 0,
          new: 0,
          upTicks: 0)))
    let file = Journal.Entry(
      call: 1, index: 1, time: 0, command: text,
      change: .file(.init(path: text, old: text, new: text)))
    let bytes = Journal.line(for: entry) + Journal.line(for: file)
    #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 2)
    #expect(!bytes.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || $0 == 0x7F })
    let journal = Journal(parsing: bytes)
    // The same bytes, not only what Swift holds to be the same text.
    #expect(journal.entries == [entry, file])
    #expect(journal.entries.flatMap(Journal.line) == bytes)
  }

  @Test("is empty at first")
  func empty() {
    let journal = Journal(parsing: [])
    #expect(journal.entries.isEmpty && journal.calls.isEmpty)
    #expect(journal.damagedLineCount == 0 && !journal.isTorn && journal.nextCall == 1)
  }
}
