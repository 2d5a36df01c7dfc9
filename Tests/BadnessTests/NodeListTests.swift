import Badness
import Testing

@Suite("A list of memory nodes")
struct NodeListTests {
  @Test(
    "is of numbers and ranges",
    arguments: [
      ("0", [0]), ("0-1,3", [0, 1, 3]), ("3,0", [3, 0]), ("1-1", [1]), ("1023", [1023]),
      ("1022-1023", [1022, 1023]), ("0,2-4,7", [0, 2, 3, 4, 7]),
    ])
  func reads(text: String, numbers: [Int]) throws {
    let list = try #require(NodeList(text))
    #expect(list.numbers == numbers && list.text == text)
  }

  @Test(
    "is refused where it is none, or names what no kernel has",
    arguments: [
      "", ",", "0,", ",0", "0,,1", "-", "-1", "1-", "2-1", "0-1-2", "1024", "0-1024", "1024-1025",
      "+1", "0-+1", "x", "1x", " 1", "1 ", "0x1", "\u{0661}", "99999999999999999999",
    ])
  func refuses(text: String) { #expect(NodeList(text) == nil) }
}
