/// Text as mail carries it (RFC 2045): `=20` stands for a blank, and a `=` at the end of a line for nothing.
package struct QuotedPrintable {
  /// True once a line has shown it: no kernel prints `gfp_mask=3D`.
  private(set) var isShown = false
  /// The beginning of a line, whose end comes with the next one.
  private var beginning: [UInt8] = []

  package init() {}

  /// What a line says together with those that it goes on with: `.none` where it goes on itself.
  package enum Text {
    case asItIs
    case unfinished
    case whole([UInt8])
  }

  package mutating func take(_ line: Span<UInt8>) -> Text {
    if !isShown {
      guard Self.isShown(by: line) else { return .asItIs }
      isShown = true
    }
    var end = line.count
    while end > 0, line[end - 1].isBlank || line[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let isSoft = end > 0 && line[end - 1] == UInt8(ascii: "=")
    let text = beginning + Self.decoded(line.extracting(0..<(isSoft ? end - 1 : line.count)))
    // What never ends is no line.
    guard isSoft, text.count < Self.longest else {
      beginning = []
      return .whole(text)
    }
    beginning = text
    return .unfinished
  }

  /// The line that was to go on, at the end.
  package mutating func finish() -> [UInt8] {
    defer { beginning = [] }
    return beginning
  }

  private static let longest = 16 << 10

  private static func isShown(by line: Span<UInt8>) -> Bool {
    for words in [
      "oom-killer: gfp_mask=3D", "oom-killer:=20gfp_mask=3D", "oom-kill:constraint=3D",
      "Killed=20process=20",
    ] as [StaticString] where line.offset(of: words) != nil { return true }
    // The kernel ends none of its lines so, which a mail program may break anywhere.
    let text = line.extracting(line.trimmed)
    guard 73...77 ~= line.count, text.ends(with: "=") else { return false }
    if line.offset(of: "illed process ") != nil { return true }
    return line.offset(of: " invoked oom-") != nil && !text.ends(with: "mask=")
      && !text.ends(with: "order=") && !text.ends(with: "adj=")
  }

  private static func decoded(_ line: Span<UInt8>) -> [UInt8] {
    // A line end among them is no line's: what a program says can hold it.
    line.decoded(behind: UInt8(ascii: "=")).map { $0 == 10 || $0 == 13 ? UInt8(ascii: " ") : $0 }
  }
}

extension Span<UInt8> {
  /// The text with the bytes that are written as two hexadecimal digits behind a mark.
  func decoded(behind mark: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var offset = 0
    while offset < count {
      if self[offset] == mark, offset + 2 < count, let high = self[offset + 1].hexadecimalValue,
        let low = self[offset + 2].hexadecimalValue
      {
        bytes.append(high << 4 | low)
        offset += 3
      } else {
        bytes.append(self[offset])
        offset += 1
      }
    }
    return bytes
  }
}
