import KernelLog
import TestSupport
import Testing

/// What tools make of a log's bytes before anybody reads them.
@Suite struct TextFormTests {
  private func bytes(_ era: Era, _ style: LogStyle = .dmesg) -> [UInt8] {
    let before = (0..<4).map { ForeignLines.record($0, at: 900_000_000 + $0) }
    return style.log(of: before + ReportComposer.records(of: Shortage(era))).bytes
  }

  private func check(_ log: [UInt8], is era: Era, keepsLines: Bool = true) {
    let whole = kills(in: bytes(era))
    for size in [1, 7, 4096, .max] {
      let found = events(in: log, pieces: size).kills
      #expect(found.map(\.unwrapped) == whole.map(\.unwrapped))
      if keepsLines { #expect(found.map(\.line) == whole.map(\.line)) }
    }
  }

  private func utf16(_ text: [UInt8], mark: Bool, isLittle: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(String(decoding: text, as: UTF8.self).utf16)
    return units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return isLittle ? [low, high] : [high, low]
    }
  }

  @Test(arguments: [Era.e0, .e3, .e7, .e10], [true, false])
  func `UTF-16 is read, with a mark or without`(era: Era, isLittle: Bool) {
    for mark in [true, false] {
      check(utf16(bytes(era), mark: mark, isLittle: isLittle), is: era)
    }
  }

  @Test func `characters of two units, and halves of them, are read`() {
    let line =
      "[   12.000001] Out of memory: Killed process 9 (\u{1F600}☃) total-vm:4kB, anon-rss:4kB\n"
    let log = utf16(Array(line.utf8), mark: true, isLittle: true)
    for size in 1...9 {
      #expect(events(in: log, pieces: size).kills.map(\.victim.name) == ["\u{1F600}☃"])
    }
    #expect(kills(in: Array(log.prefix(3))).isEmpty)
  }

  @Test(arguments: [Era.e0, .e3, .e7, .e10])
  func `carriage returns alone end lines where nothing else does`(era: Era) {
    check(bytes(era).map { $0 == 10 ? 13 : $0 }, is: era)
  }

  @Test(arguments: Era.allCases, [LogStyle.dmesg, .dmesgOld, .consoleCaller])
  func `the newest line may come first`(era: Era, style: LogStyle) {
    var records = ReportComposer.records(of: Shortage(era))
    for index in records.indices { records[index].microseconds += index }
    let log = style.log(of: records)
    let lines = log.bytes.split(separator: 10)
    // Lines of one record stay in their order.
    guard log.lines.allSatisfy({ $0.count == 1 }) else { return }
    let turned = Array(lines.reversed().joined(separator: [10])) + [10]
    let (found, whole) = (kills(in: turned), kills(in: log.bytes))
    #expect(found.map(\.unwrapped) == whole.map(\.unwrapped))
    #expect(found.map(\.line) == whole.map { lines.count + 1 - $0.line })
  }

  @Test func `times that go back once don't turn a log round`() {
    let kill = "Out of memory: Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB"
    let log =
      "Dec 31 23:59:59 web kernel: a\nJan  1 00:00:00 web kernel: b\nJan  1 00:00:00 web kernel: \(kill)\n"
    #expect(kills(in: log).map(\.line) == [3])
  }
}
