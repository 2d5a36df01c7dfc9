import Testing

@testable import LogLines

@Suite("The direction of a log's times")
struct TimeDirectionTests {
  /// Of lines that say in which order they stand: `1` before `2`.
  private static func order(_ line: Span<UInt8>, _ next: Span<UInt8>) -> Bool? {
    let (one, other) = (line.text, next.text)
    if one.hasSuffix("1"), other.hasSuffix("2") { return true }
    return one.hasSuffix("2") && other.hasSuffix("1") ? false : nil
  }

  private func direction(of lines: [String]) -> TimeDirection {
    var direction = TimeDirection { Self.order($0, $1) }
    let text = Array(lines.map { $0 + "\n" }.joined().utf8)
    direction.follow(text.span)
    return direction
  }

  @Test(
    "shows with the first that goes up, or the third that goes down",
    arguments: [
      ([], false, false), (["[1.0] a"], false, false), (["[1.0] a", "[2.0] a"], true, false),
      (["[3.0] a", "[2.0] a"], false, false), (["[4.0] a", "[3.0] a", "[2.0] a"], false, false),
      (["[4.0] a", "[3.0] a", "[2.0] a", "[1.0] a"], false, true),
      (["[4.0] a", "[3.0] a", "[2.0] a", "[1.0] a", "[9.0] a"], true, false),
      (["[4.0] a", "b", "[3.0] a", "b", "[2.0] a", "b", "[1.0] a"], false, true),
      (["[4.0] a", "[4.0] a", "[4.0] a", "[4.0] a", "[4.0] a"], false, false),
      (["a 1", "a 2"], true, false), (["a 2", "a 1"], false, true),
      (["[1.0] 2", "[1.0] 1"], false, true),
      (["[2.0] 1", "[1.0] 2"], false, false),
      (
        [
          #"{"MESSAGE":"a","__REALTIME_TIMESTAMP":"1"}"#,
          #"{"MESSAGE":"a","__REALTIME_TIMESTAMP":"2"}"#,
        ],
        true, false
      ),
    ])
  func directions(lines: [String], goesUp: Bool, goesDown: Bool) {
    let direction = direction(of: lines)
    #expect(direction.goesUp == goesUp)
    #expect(direction.goesDown == goesDown)
  }

  @Test("is told by whole lines, and by none of them twice")
  func pieces() {
    var direction = TimeDirection { Self.order($0, $1) }
    let text = Array("[4.0] a\n[3.0] a\n[2.0] a\n[1.0] a\n".utf8)
    for end in 0..<text.count {
      direction.follow(text.span.extracting(first: end))
      #expect(!direction.goesDown)
    }
    direction.follow(text.span)
    #expect(direction.goesDown && !direction.goesUp)
  }

  @Test(
    "is told by what stands in the first 512 bytes of a line",
    arguments: [(510, true), (511, false)])
  func longLines(width: Int, isSeen: Bool) {
    let margin = String(repeating: "x", count: width)
    #expect(direction(of: [margin + "01", margin + "02"]).goesUp == isSeen)
  }
}
