import Testing

@testable import LogLines

@Suite("What a log is stored as")
struct TextFormTests {
  /// A form whose lines tell of no order, but for their times.
  private static func form() -> TextForm { TextForm { _, _ in nil } }

  /// What comes of a log in pieces of a size.
  private func lines(of log: [UInt8], pieces size: Int = .max) -> (text: String, form: TextForm) {
    var (form, text) = (Self.form(), [UInt8]())
    var rest = log[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(size))
      text += form.take(piece.span)
      rest = rest.dropFirst(piece.count)
    }
    text += form.finish()
    return (String(decoding: text, as: UTF8.self), form)
  }

  private static func times(_ seconds: [Int]) -> String {
    seconds.map { "[\($0).000000] a\n" }.joined()
  }

  @Test(
    "shows by its bytes",
    arguments: [
      ("a\nb\n", "a\nb\n", true, false), ("a\r\nb\r\n", "a\r\nb\r\n", true, false),
      ("a\rb\r", "a\nb\n", false, false), ("a\r", "a\r", true, false),
      ("a\rb", "a\nb", false, false),
      ("\u{0B}\ra\r", "\u{0B}\na\n", false, false), ("", "", true, false),
      (times([4, 3, 2, 1]), times([1, 2, 3, 4]), false, true),
      (times([4, 3, 2, 1]) + "b", "b\n" + times([1, 2, 3, 4]), false, true),
      (times([4, 3, 2, 1]) + "\n", "\n" + times([1, 2, 3, 4]), false, true),
      (times([4, 3, 2]), times([4, 3, 2]), true, false),
      ("a\u{0}b\u{0}\n\u{0}", "ab\n", false, false),
    ])
  func forms(log: String, expected: String, isPlain: Bool, isNewestFirst: Bool) {
    for size in [1, 3, 4, 5, .max] {
      let (text, form) = lines(of: Array(log.utf8), pieces: size)
      #expect(text == expected)
      #expect(form.isPlain == isPlain)
      #expect(form.isNewestFirst == isNewestFirst)
    }
  }

  @Test(
    "is known as soon as anything decides it",
    arguments: [
      (times([1, 2]), true), (times([1, 1]), false), ("[1.000000] a\n[2.000000] a", false),
      ("a\u{0}b\u{0}", true), ("a\u{0}b", false),
      (String(repeating: "a", count: (16 << 10) - 1), false),
      (String(repeating: "a", count: 16 << 10), true),
    ])
  func decisions(beginning: String, isKnown: Bool) {
    var form = Self.form()
    let bytes = Array(beginning.utf8)
    #expect(form.take(bytes.span).isEmpty != isKnown)
  }

  @Test(
    "is decided by the first 16 KiB, however many bytes come at once",
    arguments: [(0, false), (1, true)])
  func deciding(behind: Int, isOfReturns: Bool) {
    let start = "a\r" + String(repeating: "b", count: (16 << 10) - 3 + behind)
    let (text, _) = lines(of: Array("\(start)\nc".utf8))
    #expect(text.hasPrefix("a\n") == isOfReturns)
    let (rest, _) = lines(
      of: Array((String(repeating: "b", count: (16 << 10) - 1 + behind) + "\rc").utf8))
    #expect(rest.hasSuffix("\rc"))
  }

  @Test("isn't waited for where lines come as they are written")
  func live() {
    var form = TextForm.live
    let text = Array(Self.times([4, 3, 2, 1]).utf8)
    #expect(form.isPlain)
    #expect(form.take(text.span) == text)
    #expect(form.finish() == [])
  }

  @Test("is turned round a mebibyte at a time, up to the last line that is whole")
  func blocks() {
    var form = Self.form()
    let beginning = Array(Self.times([4, 3, 2, 1]).utf8)
    let filler = [UInt8](repeating: 97, count: (16 << 10) - 1) + [10]
    var bytes = beginning + [UInt8]((0..<63).map { _ in filler }.joined())
    bytes += [UInt8](repeating: 98, count: (1 << 20) - bytes.count - 1)
    #expect(form.take(bytes.span) == [])
    let last: [UInt8] = [99]
    let turned = form.take(last.span)
    #expect(form.isNewestFirst)
    #expect(turned.starts(with: filler))
    #expect(
      String(decoding: turned.suffix(beginning.count), as: UTF8.self) == Self.times([1, 2, 3, 4]))
    #expect(turned.count == beginning.count + 63 * filler.count)
    #expect(form.finish() == bytes.suffix(bytes.count - turned.count) + [99, 10])
  }
}
