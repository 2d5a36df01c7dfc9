import Testing

@testable import LogLines

@Suite("The pattern of a prefix")
struct PrefixPatternTests {
  @Test(
    "fits what differs in times, levels, numbers and names",
    arguments: [
      ("12:30:02 info: ", "17:45:59 info: x", 15), ("[17] info ", "[main] warn x", 12),
      ("web1 ", "web x", 4), ("web ", "web1 x", 5), ("a  b: ", "a b: x", 5),
      ("a   ", "a   x", 4), ("a  ", "a   x", 3), ("(1) <2> {3} ", "(x) <y> {z} x", 12),
      ("a.b-c_d/e+f@g ", "h x", 2), ("ä1 ", "1 x", 2), ("x[ ", "x[ y", 3),
      ("a   ", "a  x", nil), ("a   ", "a  ", nil), ("a ", "a", nil), ("a: ", "b: x", nil),
      ("a[1] ", "b[1] x", nil), ("a: ", "a x", nil), ("[1] ", "(1) x", nil), ("; ", ": x", nil),
      ("| ", "| x", 2), ("| ", "; x", nil), ("a b ", "a", nil), ("1 ", "| x", nil),
    ] as [(String, String, Int?)])
  func fits(prefix: String, line: String, end: Int?) throws {
    let found = PrefixPattern(Array(prefix.utf8).span)
    let pattern = try #require(found)
    #expect(pattern.end(in: Array(line.utf8).span) == end)
    #expect(pattern.end(in: Array(prefix.utf8).span) == prefix.utf8.count)
  }

  @Test(
    "has as many parts as a prefix can",
    arguments: [(0, false), (1, true), (64, true), (65, false)])
  func parts(count: Int, isPattern: Bool) {
    let prefix = [UInt8](repeating: UInt8(ascii: "|"), count: count)
    #expect((PrefixPattern(prefix.span) != nil) == isPattern)
  }
}
