import Testing

@testable import LogLines

@Suite("An entry in JSON of several lines")
struct PrettyEntryTests {
  private static let entry = "{\n\t\"MESSAGE\" : \"a } b\"\n}\n"

  @Test(
    "begins with a brace that is alone, or stands between two",
    arguments: [
      ("{", true), ("  {", true), ("        {", true), ("         {", false), ("},{", true),
      ("  },{", true), ("{ ", false), ("{}", false), ("}", false), ("}, {", false), ("", false),
      ("{\r", true), ("[", false),
    ])
  func beginnings(line: String, expected: Bool) {
    let form = EntryForm(firstLine: Array(line.utf8).span)
    #expect((form == .prettyJSON) == expected)
  }

  @Test(
    "is read where it is whole",
    arguments: [
      (entry, 0, "a } b", 0..<24), (entry + entry, 0, "a } b", 0..<24),
      (entry + entry, 24, "a } b", 25..<49), ("[\n   " + entry, 0, "a } b", 5..<29),
      ("{\n\"MESSAGE\":\"a\"\n},{\n", 0, "a", 0..<17), (String(entry.dropLast(2)), 0, nil, 0..<0),
      ("{\n\"log\":\"b\"\n}", 0, "", 0..<13),
    ] as [(String, Int, String?, Range<Int>)])
  func reading(text: String, start: Int, message: String?, range: Range<Int>) {
    let bytes = Array(text.utf8)
    let place = EntryForm.prettyJSON.readEntry(bytes.span, from: start)
    #expect(place.map { String(decoding: $0.entry.message, as: UTF8.self) } == message)
    #expect((place.map { $0.start..<$0.end } ?? 0..<0) == range)
    #expect(place?.entry.carried?.lines.count == (text.contains("log") ? 1 : nil))
  }

  @Test(
    "is parted from the next by commas, blanks and ends of others",
    arguments: [("},\n\t{", 0, 4), ("{", 0, 0), (" ,\r\n", 0, 4), ("x }", 0, 0), ("x }", 1, 3)])
  func between(text: String, start: Int, expected: Int) {
    let bytes = Array(text.utf8)
    #expect(EntryForm.prettyJSON.skipBetween(bytes.span, from: start) == expected)
    #expect(EntryForm.export.skipBetween(bytes.span, from: start) == start)
    #expect(EntryForm.verbose.skipBetween(bytes.span, from: start) == start)
  }

  @Test(
    "may end where a brace is a line's first",
    arguments: [
      ("}", "{\n", true), ("}", "", true), (" }", "\t", true), ("}", "x", false),
      ("x}\n }", "x", true),
      ("x}", "\n", false), ("a\nb}", "\n", false), ("a\n,}", "x", true), ("a}}\n", "x", false),
    ])
  func ends(bytes: String, carry: String, expected: Bool) {
    let (bytes, carry) = (Array(bytes.utf8), Array(carry.utf8))
    #expect(EntryForm.prettyJSON.mayEnd(in: bytes.span, behind: carry.span) == expected)
  }
}
