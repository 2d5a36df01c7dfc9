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

  @Test("of an endless sequence take no room")
  func endless() {
    var decoder = KeyDecoder()
    let keys = decoder.keys(from: [0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 1000) + [0x71])
    #expect(keys.last == .character("q"))
  }
}
