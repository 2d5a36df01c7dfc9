import Testing

@testable import LogLines

@Suite("A log in UTF-16")
struct UTF16TextTests {
  private static func bytes(_ text: String, isLittle: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isLittle ? [low, high] : [high, low]
    }
  }

  @Test(
    "shows itself by its mark, or by zeros between letters",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], true), ([0xFF, 0xFE, 1, 0], true), ([0xFF, 0xFE, 0, 0], nil),
      ([0xFE, 0xFF, 0, 0x61], false), ([0xFE, 0xFF, 0, 1], false), ([0xFE, 0xFF, 0x61, 0], nil),
      ([1, 0, 1, 0], true), ([0, 1, 0, 1], false), ([0x61, 0, 0, 0], nil), ([0, 0, 0, 0x61], nil),
      ([0, 0, 0x61, 0], nil), ([0, 0x61, 0, 0], nil), ([0x61, 1, 0x61, 0], nil),
      ([0x61, 0, 0x61, 1], nil),
      ([1, 0x61, 0, 0x61], nil), ([0, 0x61, 1, 0x61], nil), ([0x61, 0, 0x61], nil),
      ([0xFE, 0xFE, 0x61, 0], nil), ([0x61, 0, 0x61, 0, 7], true),
    ] as [([UInt8], Bool?)])
  func mark(beginning: [UInt8], isLittle: Bool?) {
    var text = UTF16Text(beginning: beginning.span)
    #expect((text != nil) == (isLittle != nil))
    guard let isLittle else { return }
    let letter: [UInt8] = isLittle ? [0x62, 0] : [0, 0x62]
    let decoded = text?.decode(letter.span)
    #expect(decoded == [0x62])
  }

  @Test(
    "is the same in UTF-8, in whatever pieces it comes", arguments: [true, false],
    [1, 2, 3, 4, 5, 64])
  func decoding(isLittle: Bool, size: Int) throws {
    let plain =
      "az\u{7F}\u{80}ä€\u{D7FF}\u{E000}\u{FFFD}😀\u{10000}\u{10FFFF}\u{100}\u{3FF}\u{FFFF}."
    let bytes = Self.bytes("\u{FEFF}" + plain, isLittle: isLittle)
    let beginning = UTF16Text(beginning: bytes.span)
    var text = try #require(beginning)
    var decoded: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      decoded += text.decode(bytes.span.extracting(start..<min(start + size, bytes.count)))
    }
    #expect(String(decoding: decoded, as: UTF8.self) == plain)
  }

  @Test(
    "has half pairs, which are no characters",
    arguments: [
      ([0xD800, 0x61], "\u{FFFD}a"), ([0xDBFF, 0xE000], "\u{FFFD}\u{E000}"),
      ([0xDC00, 0x61], "\u{FFFD}a"),
      ([0xD83D, 0xD83D, 0xDE00], "\u{FFFD}😀"), ([0xDBFF, 0xDFFF], "\u{10FFFF}"),
      ([0x61, 0xD800], "a"),
    ] as [([UInt16], String)])
  func halves(units: [UInt16], expected: String) throws {
    let mark: [UInt8] = [0xFF, 0xFE, 0x61, 0]
    let beginning = UTF16Text(beginning: mark.span)
    var text = try #require(beginning)
    let bytes = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let decoded = text.decode(bytes.span)
    #expect(String(decoding: decoded, as: UTF8.self) == expected)
  }
}
