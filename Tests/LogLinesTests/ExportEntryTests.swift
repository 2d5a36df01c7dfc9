import Testing

@testable import LogLines

@Suite struct ExportEntryTests {
  @Test(arguments: ["\n", "\r\n"])
  func `an entry begins behind an empty line, with a cursor or a time`(end: String) {
    let first = ["__CURSOR=1", "MESSAGE=a", "", ""].joined(separator: end)
    let second = ["__CURSOR=2", "MESSAGE=b", "__REALTIME_TIMESTAMP=3"].joined(separator: end)
    let bytes = Array((first + second).utf8)
    for offset in first.utf8.count...bytes.count {
      #expect(
        LogEntry.entryStart(in: bytes.span, around: offset, from: 0) == first.utf8.count)
    }
    for offset in 0..<first.utf8.count {
      #expect(LogEntry.entryStart(in: bytes.span, around: offset, from: 0) == 0)
    }
  }

  @Test(
    arguments: [
      (5, 5), (6, nil), (1 << 40, nil), (1 << 56, nil), (-1, nil), (Int.min, nil),
    ] as [(Int, Int?)])
  func `bytes of any kind have their length before them`(length: Int, expected: Int?) {
    let size = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    let bytes = Array("MESSAGE\n".utf8) + size + Array("a\nb=c\n\n".utf8)
    let place = LogEntry.readExport(bytes.span, from: 0)
    #expect(place?.entry.message.count == expected)
  }
}
