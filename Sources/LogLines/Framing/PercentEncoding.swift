/// Text as forms and addresses carry it (RFC 3986): `%20` or `+` stands for a blank.
package struct PercentEncoding {
  /// True once a line has shown it.
  private var isShown = false
  /// True where a `+` is a blank.
  private var hasPlus = false

  package init() {}

  /// What a line says; `nil` where it isn't encoded. A line with a blank in it isn't, nor is an address: what
  /// somebody looked for is no log.
  package mutating func text(of line: Span<UInt8>) -> [UInt8]? {
    guard line.offset(of: "%") != nil, Self.isWhole(line) else { return nil }
    if !isShown {
      guard Self.isShown(by: line) else { return nil }
      isShown = true
      hasPlus = line.offset(of: "%20") == nil
    }
    guard hasPlus else { return line.decoded(behind: UInt8(ascii: "%")) }
    let spaced = line.array.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    return spaced.span.decoded(behind: UInt8(ascii: "%"))
  }

  private static func isWhole(_ line: Span<UInt8>) -> Bool {
    guard line.count > 0, line[0] != UInt8(ascii: "/") else { return false }
    for offset in 0..<line.count {
      let byte = line[offset]
      if byte.isBlank || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\"") { return false }
    }
    return line.offset(of: "://") == nil
  }

  private static func isShown(by line: Span<UInt8>) -> Bool {
    for words in [
      "invoked%20oom-killer", "invoked+oom-killer", "Killed%20process%20", "Killed+process+",
      "oom-kill%3Aconstraint%3D",
    ] as [StaticString] where line.offset(of: words) != nil { return true }
    return false
  }
}
