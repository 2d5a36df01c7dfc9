import TestSupport
import Testing

@Suite("The reader of JSON that tests rely on")
struct StrictJSONTests {
  @Test(
    "refuses what isn't JSON",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "01", "+1", "1.", ".5", "nul",
      "\"a", "\"\u{1}\"", "\"\\x1b\"", "\"\\ud800\"", "\"\\u+123\"", "1 2", "{} {}", "[1 2]", "'a'",
    ])
  func refuses(text: String) {
    #expect(throws: DataError.self) { try JSON(Array(text.utf8)) }
  }

  @Test("refuses bytes that aren't UTF-8")
  func refusesBytes() {
    #expect(throws: DataError.self) { try JSON([0x22, 0xFF, 0x22]) }
  }

  @Test("reads all kinds of values")
  func reads() throws {
    let json = try JSON(
      Array(" {\"a\": [1, -20, 0.5], \"b\": null, \"c\": true, \"d\": \"\\u00e9\\n\\\"\"}\n".utf8))
    #expect(try json["a"].elements == [.number("1"), .number("-20"), .number("0.5")])
    #expect(try json["b"] == nil)
    #expect(try json["c"] == true)
    #expect(try json["d"] == "\u{E9}\n\"")
    #expect(throws: DataError.self) { try json["e"] }
  }
}
