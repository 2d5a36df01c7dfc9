import Testing

@testable import LogLines

@Suite("The journal's entry in full")
struct VerboseEntryTests {
  private static let head = "Tue 2019-11-12 12:30:02 CET [s=1;i=2;b=3;m=bc614e;t=5972c7f9d0a40;x=9]"

  @Test(
    "begins with a date and the cursor",
    arguments: [
      (head, true), ("2019-11-12 [s=1]", true), ("2019-11- [s=1]", true),
      ("019-11-12 [s=1]", false),
      ("x019-11-12 [s=1]", false),
      ("201x-11-12 [s=1]", false), ("2019-11 [s=1]", false), ("2019-111 [s=1]", false),
      ("2019-11-12 12:30:02 [i=1]", false), ("2019-11-12 12:30:02", false),
      ("2019-11-12" + String(repeating: " ", count: 54) + "[s=1]", true),
      ("2019-11-12" + String(repeating: " ", count: 55) + "[s=1]", false),
      ("20191112 [s=1]", false),
    ])
  func beginnings(line: String, expected: Bool) {
    let form = EntryForm(firstLine: Array(line.utf8).span)
    #expect((form == .verbose) == expected)
  }

  @Test(
    "has indented fields, and further indented lines of theirs",
    arguments: [
      ("    MESSAGE=a\n    _HOSTNAME=h\n", "a", "h"),
      ("    MESSAGE=a\r\n    _HOSTNAME=h\r\n", "a", "h"),
      ("    _HOSTNAME=h\n    MESSAGE=a\n            b\n", "a\nb", "h"),
      ("    MESSAGE=a\n              b\n    _HOSTNAME=h\n", "a\n  b", "h"),
      ("    MESSAGE=a\n     x=b\n", "a\n", nil), ("    MESSAGE=a\n  \n", "a\n", nil),
      ("    MESSAGE=\n", "", nil), ("    x\n    MESSAGE=a\n", "a", nil),
      ("   MESSAGE=a\n", "", nil),
      ("    MESSAGE=a=b\n", "a=b", nil), ("", "", nil),
    ] as [(String, String, String?)])
  func fields(body: String, message: String, host: String?) throws {
    let entry = Self.head + "\n" + body
    let bytes = Array((entry + Self.head).utf8)
    let found = EntryForm.verbose.readEntry(bytes.span, from: 0)
    let place = try #require(found)
    #expect(String(decoding: place.entry.message, as: UTF8.self) == message)
    #expect(place.entry.wrapping.stamp.host == host)
    #expect(place.entry.wrapping.stamp.clock == .universal(0x5_972c_7f9d_0a40))
    #expect(place.entry.wrapping.stamp.monotonic == 0xbc614e)
    #expect(place.end == entry.utf8.count)
    let alone = EntryForm.verbose.readEntry(Array(entry.utf8).span, from: 0)
    #expect(alone?.end == nil)
  }

  @Test(
    "ends where a line isn't indented",
    arguments: [
      ("a", "\n", true), (" a", "\n", false), ("a", "x", false), ("\na", "x", true),
      ("\n a", "x", false),
      ("\n", "x", false), ("a", "", false), ("\n\n", "x", true),
    ])
  func ends(bytes: String, carry: String, expected: Bool) {
    let (bytes, carry) = (Array(bytes.utf8), Array(carry.utf8))
    #expect(EntryForm.verbose.mayEnd(in: bytes.span, behind: carry.span) == expected)
  }
}
