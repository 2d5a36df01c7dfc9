import Configuration
import Testing

@Suite("A damaged journal")
struct JournalDamageTests {
  private let entries = [
    entry(1, 0, .file(.init(path: "/a", old: nil, new: "[Service]\n"))),
    entry(1, 1, .setting(.init(path: "sys/vm/swappiness", old: "60", new: "10", boot: "b"))),
    entry(2, 0, .undone(call: 1, index: 0)),
  ]
  private var bytes: [UInt8] { entries.flatMap(Journal.line) }

  @Test("loses the line at which it was cut, and no other")
  func cuts() {
    for end in 0...bytes.count {
      let cut = Array(bytes[..<end])
      let journal = Journal(parsing: cut)
      let whole = cut.count { $0 == UInt8(ascii: "\n") }
      #expect(journal.isTorn == !(cut.last.map { $0 == UInt8(ascii: "\n") } ?? true))
      // A line that lacks its end only is whole.
      #expect(journal.entries.count - whole <= (journal.isTorn ? 1 : 0))
      #expect(journal.entries == Array(entries.prefix(journal.entries.count)))
      #expect(journal.entries.count + journal.damagedLineCount == whole + (journal.isTorn ? 1 : 0))
      let longer =
        cut + (journal.isTorn ? [UInt8(ascii: "\n")] : []) + Journal.line(for: entries[2])
      #expect(Journal(parsing: longer).entries == journal.entries + [entries[2]])
    }
  }

  @Test(
    "loses the line that was mangled, and no other", arguments: [0, 0x09, 0x0A, 0x31, 0x5C, 0xFF])
  func mangling(byte: UInt8) {
    for offset in bytes.indices where bytes[offset] != byte {
      var mangled = bytes
      mangled[offset] = byte
      let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
      let journal = Journal(parsing: mangled)
      // Without its end a line takes the next one along.
      let lost = bytes[offset] == UInt8(ascii: "\n") ? [line, line + 1] : [line]
      let rest = entries.indices.filter { !lost.contains($0) }.map { entries[$0] }
      #expect(journal.entries == rest || (line == 2 && journal.entries == entries))
    }
  }

  @Test(
    "skips what it doesn't know, and counts it",
    arguments: [
      "", "x", "\t", "\t\t", "00000000", "\t811c9dc5x", "dance\t7\t0\t0\toomctl\t1", "file\t7",
      "file\t7\t0\t0\tc\t/a\t\\N", "file\t7\t0\t0\tc\t/a\t\\N\t\\N\tmore",
      "file\t7\t0\t0\tc\t\\N\tx\ty", "file\t7\t0\t0\tc\t/a\t\\q\t", "file\t7\t0\t0\tc\t/a\t\\x4\t",
      "file\t7\t0\t0\tc\t/a\t\\xgg\t", "file\t7\t0\t0\tc\\\t/a\ta\tb",
      "file\t7\t-1\t0\tc\t/a\ta\tb",
      "file\t7\t0\t+5\tc\t/a\ta\tb", "file\t7\t\t0\tc\t/a\ta\tb", "file\t7\t-\t0\tc\t/a\ta\tb",
      "file\t7\t0\t99999999999999999999\tc\t/a\ta\tb", "file\t0\t0\t0\tc\t/a\ta\tb",
      "file\t7\t:\t0\tc\t/a\ta\tb", "file\t7\t/\t0\tc\t/a\ta\tb",
      "file\t7\t1:\t0\tc\t/a\ta\tb", "file\t7\t0\t18446744073709551616\tc\t/a\ta\tb",
      "file\t-1\t0\t0\tc\t/a\ta\tb", "file\t9223372036854775807\t0\t0\tc\t/a\ta\tb",
      "undone\t7\t0\t0\tc\t9223372036854775807\t0", "undone\t7\t0\t0\tc\t0\t0",
      "adjustment\t7\t0\t0\tc\tb\tn\t2147483648\t0\tx\toom_adj\t0\t0\t0",
    ])
  func unknown(line: String) {
    let bytes = self.bytes + sealed(line) + Array("\(line)\n".utf8) + self.bytes
    let journal = Journal(parsing: bytes)
    #expect(journal.entries == entries + entries)
    #expect(journal.damagedLineCount == 2)
  }

  @Test("gives no number to two calls, though it can't read what one of them did")
  func numbers() {
    #expect(Journal(parsing: sealed("dance\t7\tx")).nextCall == 8)
    #expect(
      Journal(parsing: Journal.line(for: entry(3, 0, .undone(call: 9, index: 0)))).nextCall == 10)
    #expect(Journal(parsing: Array("dance\t7\tx\n".utf8)).nextCall == 1)
  }

  @Test("still knows which change was undone")
  func places() {
    let lines = entries.map(Journal.line)
    let journal = Journal(parsing: lines[1] + lines[2])
    #expect(journal.calls.flatMap(\.changes).map(\.isSettled) == [false])
  }

  @Test("is read in time however it is made", .timeLimit(.minutes(1)))
  func size() {
    for byte in [0, 0x09, 0x0A, 0x5C, 0x61] as [UInt8] {
      #expect(Journal(parsing: [UInt8](repeating: byte, count: 1 << 20)).entries.isEmpty)
    }
    let many = (1...5000).map { entry($0, 0, .file(.init(path: "/a", old: nil, new: "x\n"))) }
    let journal = Journal(parsing: many.flatMap(Journal.line))
    #expect(journal.entries == many && journal.calls.count == 5000)
  }

  /// A line with the checksum that makes it whole.
  private func sealed(_ line: String) -> [UInt8] {
    let bytes = Array("\(line)\t".utf8)
    let checksum = bytes.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let digits = String(checksum, radix: 16)
    let zeros = String(repeating: "0", count: 8 - digits.count)
    return bytes + Array("\(zeros)\(digits)\n".utf8)
  }
}

/// An entry that a certain call made.
func entry(_ call: Int, _ index: Int, _ change: Journal.Change) -> Journal.Entry {
  Journal.Entry(
    call: call, index: index, time: 100 + call, command: "oomctl \(call)", change: change)
}
