/// The source of a page, of which a log is a part.
package struct Markup {
  /// True once a tag has shown that the lines are a page's.
  package private(set) var isShown = false

  package init() {}

  /// The text that a page shows where this is a line of its source; `nil` of a line of another log. A tag in a
  /// name isn't one: a page is shown by a tag before a line, or, where `isAlone` says that it has no prefix that would
  /// show more, by one that breaks lines.
  package mutating func text(of line: Span<UInt8>, isAlone: Bool) -> [UInt8]? {
    if !isShown {
      guard
        Self.beginsWithTag(line) || Self.showsEntities(line)
          || isAlone && line.offset(of: "<br") != nil
      else { return nil }
      isShown = true
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var reader = Reader()
    while let byte = reader.next(in: line) {
      if byte == UInt8(ascii: "<"), let end = Self.takeTag(in: line, at: &reader) {
        if let end { bytes.append(end) }
      } else {
        bytes.append(byte)
        reader.offset += 1
      }
    }
    return bytes.span.unmarked
  }

  /// True of a line with a sign that all tags and entities begin with: others show no page, and needn't be looked at.
  package static func canShow(_ line: Span<UInt8>) -> Bool {
    line.offset(of: UInt8(ascii: "<"), from: 0) != nil
      || line.offset(of: UInt8(ascii: "&"), from: 0) != nil
      || line.offset(of: "]]>") != nil
  }

  /// A tag, or what marks text as plain, before anything else. Of a task with such a name there is more to read.
  private static func beginsWithTag(_ line: Span<UInt8>) -> Bool {
    var reader = Reader(offset: line.margin)
    guard takeTag(in: line, at: &reader) != nil else { return false }
    return !line.starts(with: " invoked oom-", at: reader.offset)
  }

  /// True of the kernel's words with entities for signs that it prints.
  private static func showsEntities(_ line: Span<UInt8>) -> Bool {
    for words in [
      "oom-killer: gfp_mask&#", "oom-kill:constraint&#", "oom-killer&#58; gfp_mask",
    ] as [StaticString] where line.offset(of: words) != nil { return true }
    guard let verb = line.offset(of: "Killed process ") else { return false }
    return line.offset(of: " &#40;", from: verb) != nil
      || line.offset(of: " &lpar;", from: verb) != nil
  }

  /// Takes off a tag, and gives what stands in its place, which may be nothing; `nil` where there is none.
  private static func takeTag(in line: Span<UInt8>, at reader: inout Reader) -> UInt8?? {
    if reader.skip("<![CDATA[", in: line) || reader.skip("]]>", in: line) { return .some(nil) }
    var next = reader
    guard next.skip("<", in: line) else { return nil }
    let isEnd = next.skip("/", in: line)
    let start = next.offset
    while let byte = next.next(in: line), byte.isLetter || byte.isDigit { next.offset += 1 }
    let name = line.text(in: start..<next.offset).lowercased()
    let isBlock = blocks.contains(name)
    guard isBlock || inline.contains(name) else { return nil }
    let rest = line.extracting(next.offset..<min(line.count, next.offset + longestTag))
    guard let close = rest.offset(of: UInt8(ascii: ">"), from: 0),
      close == 0 || rest[0].isBlank || rest[0] == UInt8(ascii: "/")
    else { return nil }
    reader.offset = next.offset + close + 1
    if name == "br" || isEnd && isBlock { return UInt8(ascii: "\n") }
    return name == "td" && isEnd ? UInt8(ascii: " ") : .some(nil)
  }

  private static let longestTag = 256
  private static let blocks = ["br", "p", "div", "li", "tr", "pre"]
  private static let inline = [
    "span", "code", "td", "table", "tbody", "body", "html", "tt", "b", "i", "font", "a", "ol", "ul",
    "samp", "blockquote", "line",
  ]
}
