extension DropIn {
  /// The adjustment in a unit's file or drop-in, read as systemd does (`config_parse`,
  /// `config_parse_exec_oom_score_adjust`). `nil` where it sets none, or takes it back.
  package static func adjustment(in bytes: [UInt8]) -> Int? { assignment(in: bytes) ?? nil }

  /// The adjustment, where a file that takes back what others set has an assignment, of nothing.
  package static func assignment(in bytes: [UInt8]) -> Int?? {
    var adjustment: Int??
    var isService = false
    for line in logicalLines(of: bytes) {
      if line.first == UInt8(ascii: "[") {
        // The lines after a broken heading aren't read at all.
        guard line.last == UInt8(ascii: "]") else { break }
        isService = line.elementsEqual("[Service]".utf8)
      }
      guard isService, let equals = line.firstIndex(of: UInt8(ascii: "=")),
        line[..<equals].stripped.elementsEqual("OOMScoreAdjust".utf8)
      else { continue }
      let value = line[(equals + 1)...].stripped
      if value.isEmpty {
        adjustment = .some(nil)
      } else if let number = number(value), AdjustmentRange.all.contains(number) {
        adjustment = number
      }
    }
    return adjustment
  }

  /// Lines without comments, each put together with those that continue it.
  static func logicalLines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var pending: [UInt8] = []
    for physical in physicalLines(of: bytes[...].withoutByteOrderMark) {
      let line = physical.drop(while: \.isSpace)
      if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: ";") { continue }
      pending += line
      if endsInBackslash(line) {
        pending[pending.endIndex - 1] = UInt8(ascii: " ")
      } else {
        lines.append(pending[...].stripped)
        pending = []
      }
    }
    return lines + [pending[...].stripped]
  }

  /// True where the last backslash isn't itself escaped by the one before it.
  private static func endsInBackslash(_ line: ArraySlice<UInt8>) -> Bool {
    var rest = line
    while rest.popLast() == UInt8(ascii: "\\") {
      if rest.popLast() != UInt8(ascii: "\\") { return true }
    }
    return false
  }

  /// A line ends with a line feed, a carriage return, both in either order, or a zero byte.
  private static func physicalLines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes
    while let end = rest.firstIndex(where: \.isLineEnd) {
      lines.append(rest[..<end])
      let following = rest[(end + 1)...]
      let isPair =
        rest[end] != 0 && following.first.map { $0.isLineEnd && $0 != rest[end] } ?? false
      rest = isPair ? following.dropFirst() : following
    }
    return lines + [rest]
  }

  /// As strtol(3) reads a number whose base it has to find.
  private static func number(_ word: ArraySlice<UInt8>) -> Int? {
    let isNegative = word.first == UInt8(ascii: "-")
    let digits = (isNegative || word.first == UInt8(ascii: "+") ? word.dropFirst() : word).text
    // The initialiser would take a second sign.
    guard !digits.contains("-"), !digits.contains("+") else { return nil }
    let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
    guard
      let magnitude = isHexadecimal
        ? UInt32(digits.dropFirst(2), radix: 16)
        : UInt32(digits, radix: digits.hasPrefix("0") ? 8 : 10)
    else { return nil }
    return isNegative ? -Int(magnitude) : Int(magnitude)
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D || self == 0 }

  /// One of systemd's `WHITESPACE`.
  fileprivate var isSpace: Bool { isBlank || self == 0x0A || self == 0x0D }
}

extension ArraySlice<UInt8> {
  var stripped: Self {
    var rest = drop(while: \.isSpace)
    while rest.last?.isSpace == true { rest = rest.dropLast() }
    return rest
  }
}
