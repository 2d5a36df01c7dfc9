import Testing

@testable import Rendering

@Suite("Keys")
struct KeyDecoderTests {
  @Test(
    "are told by their bytes",
    arguments: [
      ("a", [Key.character("a")]), ("é日", [.character("é"), .character("日")]),
      ("\r\n\t", [.enter, .enter, .tab]), ("\u{7F}\u{8}", [.backspace, .backspace]),
      ("\u{C}\u{1}", [.control("l"), .control("a")]),
      ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
      ("\u{1B}OA\u{1B}OH\u{1B}OF\u{1B}OM", [.up, .home, .end, .enter]),
      ("\u{1B}[H\u{1B}[1~\u{1B}[7~", [.home, .home, .home]),
      ("\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[4~", [.pageUp, .pageDown, .delete, .end]),
      ("\u{1B}[1;5A\u{1B}[6;2~", [.up, .pageDown]),
      ("\u{1B}[15~\u{1B}[[Ax\u{1B}[200~", [.character("x")]),
      ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}x", [.escape, .character("x")]),
      ("\u{0}\u{1C}", []), ("\u{202E}\u{9B}x", [.character("x")]),
    ])
  func keys(text: String, keys: [Key]) {
    var whole = KeyDecoder()
    #expect(whole.keys(from: text.utf8) == keys)
    #expect(!whole.isWaiting)
    var piecewise = KeyDecoder()
    #expect(text.utf8.flatMap { piecewise.keys(from: [$0]) } == keys)
  }

  @Test("are an escape when nothing follows one")
  func escape() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.flush() == [.escape])
    #expect(!decoder.isWaiting)
    #expect(decoder.flush().isEmpty)
  }

  @Test(
    "of broken bytes are none, and the next is heard",
    arguments: [
      [0xFF], [0xC3], [0xE6, 0x97], [0x80], [0xC0, 0x80], [0xF5], [0x1B, 0x5B, 0x39],
    ] as [[UInt8]])
  func broken(bytes: [UInt8]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: bytes).isEmpty)
    _ = decoder.flush()
    #expect(decoder.keys(from: [0x71]) == [.character("q")])
  }

  @Test(
    "are told by their sequences",
    arguments: [
      ("[2~", []), ("[3~", [.delete]), ("[4~", [.end]), ("[8~", [.end]), ("[1~", [.home]),
      ("[7~", [.home]), ("[5~", [.pageUp]), ("[6~", [.pageDown]), ("[9~", []), ("[11~", []),
      ("[~", []), ("[F", [.end]), ("[E", []), ("[M", []), ("OM", [.enter]), ("OP", []),
      ("[3;2~", [.delete]), ("[[A", []), ("[[", []), ("[1;5H", [.home]),
    ] as [(String, [Key])])
  func sequences(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: "\u{1B}\(text)".utf8) == keys)
    #expect(decoder.isWaiting == (text == "[["))
  }

  @Test("of UTF-8 are those of two, three and four bytes")
  func lengths() {
    for text in ["\u{A1}", "ÿ", "\u{7FF}", "\u{800}", "日", "\u{FFFD}", "😀", "\u{10FFFD}"] {
      var decoder = KeyDecoder()
      let character = Character(text)
      let isSeen = !SafeText.isUnsafe(text.unicodeScalars.first ?? " ")
      #expect(decoder.keys(from: text.utf8) == (isSeen ? [.character(character)] : []))
      #expect(decoder.keys(from: "a".utf8) == [.character("a")])
    }
  }

  @Test(
    "of one byte are the control keys, and what can be seen",
    arguments: [
      (0x01, .control("a")), (0x1A, .control("z")), (0x08, .backspace), (0x7F, .backspace),
      (0x09, .tab), (0x0A, .enter), (0x0D, .enter), (0x20, .character(" ")),
      (0x7E, .character("~")), (0x00, nil), (0x1C, nil), (0x1F, nil),
    ] as [(UInt8, Key?)])
  func bytes(byte: UInt8, key: Key?) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [byte]) == (key.map { [$0] } ?? []))
  }

  @Test(
    "are heard again behind a sequence that is too long",
    arguments: [
      (13, [.up]), (14, [.up]), (15, [.character("A")]), (16, [.character("1"), .character("A")]),
    ] as [(Int, [Key])])
  func longSequences(count: Int, keys: [Key]) {
    var decoder = KeyDecoder()
    let digits = [UInt8](repeating: 0x31, count: count)
    #expect(decoder.keys(from: [0x1B, 0x5B] + digits + Array("A".utf8)) == keys)
  }

  @Test("of an endless sequence take no room")
  func endless() {
    var decoder = KeyDecoder()
    let keys = decoder.keys(from: [0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 1000) + [0x71])
    #expect(keys.last == .character("q"))
  }
}
