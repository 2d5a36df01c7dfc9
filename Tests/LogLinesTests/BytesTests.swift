import Testing

@testable import LogLines

@Suite struct BytesTests {
  @Test(arguments: [([], true), ([0, 0x7F], true), ([0x7F, 0x80], false), ([0xFF], false)])
  func `bytes are plain up to 127`(bytes: [UInt8], expected: Bool) {
    #expect(bytes.span.isPlain == expected)
  }

  @Test(arguments: [("a\n", 1), ("a\r\n", 1), ("\n", 0), ("\r\n", 0), ("\r\r\n", 1)])
  func `a line's text ends before both halves of its end`(line: String, end: Int) {
    let bytes = Array(line.utf8)
    #expect(bytes.span.textEnd(of: bytes.count - 1) == end)
  }
}
