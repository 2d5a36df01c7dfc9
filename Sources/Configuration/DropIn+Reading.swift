extension DropIn {
  /// The adjustment in a unit's file or drop-in, read as systemd does (`config_parse`,
  /// `config_parse_exec_oom_score_adjust`). `nil` where it sets none, or takes it back.
  package static func adjustment(in bytes: [UInt8]) -> Int? { assignment(in: bytes) ?? nil }

  /// The adjustment, where a file that takes back what others set has an assignment, of nothing.
  package static func assignment(in bytes: [UInt8]) -> Int?? {
    var adjustment: Int??
    for assignment in UnitFile(parsing: bytes).assignments
    where assignment.section == "Service" && assignment.key == "OOMScoreAdjust" {
      if assignment.value.isEmpty {
        adjustment = .some(nil)
      } else if let number = self.adjustment(ofText: assignment.value) {
        adjustment = number
      }
    }
    return adjustment
  }

  /// The adjustment that a value means; `nil` for what systemd refuses, with a line in its log, and passes over.
  package static func adjustment(ofText value: String) -> Int? {
    number(value).flatMap { AdjustmentRange.all.contains($0) ? $0 : nil }
  }

  /// Lines without comments, each put together with those that continue it.
  static func logicalLines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    numberedLines(of: bytes).map(\.text)
  }

  /// The same, each with the number of the line that it begins in; from 1, as editors count.
  static func numberedLines(of bytes: [UInt8]) -> [(number: Int, text: ArraySlice<UInt8>)] {
    var lines: [(number: Int, text: ArraySlice<UInt8>)] = []
    var pending: [UInt8] = []
    var beginning: Int?
    let physicalLines = physicalLines(of: bytes[...].withoutByteOrderMark)
    for (index, physical) in physicalLines.enumerated() {
      let line = physical.drop(while: \.isSpace)
      if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: ";") { continue }
      pending += line
      let number = beginning ?? index + 1
      if endsInBackslash(line) {
        pending[pending.endIndex - 1] = UInt8(ascii: " ")
        beginning = number
      } else {
        lines.append((number, pending[...].stripped))
        pending = []
        beginning = nil
      }
    }
    return lines + [(beginning ?? physicalLines.count, pending[...].stripped)]
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
  private static func number(_ word: String) -> Int? {
    let isNegative = word.utf8.first == UInt8(ascii: "-")
    let digits = isNegative || word.utf8.first == UInt8(ascii: "+") ? word.dropFirst() : word[...]
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
