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

  @Test(arguments: [
    ("a=b\n\nc", "", true), ("a\r\n\r\n", "", true), ("\nx", "b\n", true), ("\n\r\nx", "b", true),
    ("\r\nx", "b\n", true), ("\nx", "b\n\r", true), ("\n", "b\n", true), ("x\n", "b\n", false),
    ("\nx", "b", false),
    ("x", "a\n\n", true), ("\nx", "\nb", false), ("x\n", "", false), ("", "", false),
    ("\n\nx", "b", true),
  ])
  func `an entry may end where an empty line is, also between two pieces`(
    bytes: String, carry: String, expected: Bool
  ) {
    let (bytes, carry) = (Array(bytes.utf8), Array(carry.utf8))
    #expect(EntryForm.export.mayEnd(in: bytes.span, behind: carry.span) == expected)
  }

  @Test(
    arguments: [
      ("MESSAGE=a\n\n", 0, "a", 11), ("MESSAGE=a\r\n\r\n", 0, "a", 13),
      ("MESSAGE=a=b\n\nx", 0, "a=b", 13),
      ("x\n\nMESSAGE=a\n\n", 3, "a", 14), ("MESSAGE=a\n", 0, nil, nil), ("MESSAGE=a", 0, nil, nil),
      ("\n", 0, "", 1),
      ("MESSAGE=\n\n", 0, "", 10), ("", 0, nil, nil), ("MESSAGE\n1234567", 0, nil, nil),
    ] as [(String, Int, String?, Int?)])
  func `an entry ends with an empty line`(text: String, start: Int, message: String?, end: Int?) {
    let bytes = Array(text.utf8)
    let place = EntryForm.export.readEntry(bytes.span, from: start)
    #expect(place.map { String(decoding: $0.entry.message, as: UTF8.self) } == message)
    #expect(place?.end == end)
  }

  @Test func `a field of any bytes has others behind it`() {
    let size: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0]
    let text = Array("MESSAGE\n".utf8) + size + Array("a\nb\n_HOSTNAME=h\n\n".utf8)
    let place = LogEntry.readExport(text.span, from: 0)
    #expect(place?.entry.message == Array("a\nb".utf8))
    #expect(place?.entry.wrapping.stamp.host == "h")
    #expect(place?.end == text.count)
    for count in 8..<20 {
      let isWhole = LogEntry.readExport(text.span.extracting(first: count), from: 0) != nil
      #expect(!isWhole)
    }
  }
}
