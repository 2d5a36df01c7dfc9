/// A way in which a log gets damaged.
enum Mutation: CaseIterable {
  case byte, bit, cut, insert
  case dropLine, doubleLine, swapLines, joinLines, splitLine, moveLine, borrowLine
  case number, hugeLine, repeatByte, endEarly

  /// One of them, anywhere.
  static func apply(to input: inout [UInt8], with seeds: [[UInt8]], random: inout Random) {
    guard !input.isEmpty else { return }
    let place = random.below(input.count)
    switch allCases[random.below(allCases.count)] {
    case .byte: input[place] = UInt8(random.below(256))
    case .bit: input[place] ^= 1 << UInt8(random.below(8))
    case .cut: input.removeSubrange(place..<min(input.count, place + random.below(40)))
    case .insert:
      let words = Self.words[random.below(Self.words.count)]
      input.insert(contentsOf: Array(words.utf8), at: place)
    case .dropLine: input.removeSubrange(line(around: place, in: input))
    case .doubleLine:
      let line = line(around: place, in: input)
      input.insert(contentsOf: Array(input[line]), at: line.lowerBound)
    case .swapLines:
      let first = line(around: place, in: input)
      guard first.upperBound < input.count else { return }
      let second = line(around: first.upperBound, in: input)
      let both = Array(input[second]) + Array(input[first])
      input.replaceSubrange(first.lowerBound..<second.upperBound, with: both)
    case .joinLines:
      if let end = input[place...].firstIndex(of: 10) { input.remove(at: end) }
    case .splitLine: input.insert(10, at: place)
    case .moveLine:
      let line = line(around: place, in: input)
      let moved = Array(input[line])
      input.removeSubrange(line)
      let target = Self.line(around: random.below(input.count + 1), in: input).lowerBound
      input.insert(contentsOf: moved, at: target)
    case .borrowLine:
      let other = seeds[random.below(seeds.count)]
      let line = line(around: random.below(other.count), in: other)
      input.insert(
        contentsOf: Array(other[line]), at: Self.line(around: place, in: input).lowerBound)
    case .number: replaceNumber(in: &input, from: place, random: &random)
    case .hugeLine:
      let length = 1 << random.below(17)
      input.insert(contentsOf: repeatElement(input[place], count: length), at: place)
    case .repeatByte:
      input.insert(contentsOf: repeatElement(input[place], count: random.below(20)), at: place)
    case .endEarly: input.removeSubrange(place...)
    }
  }

  /// The line that a byte is in, with its end.
  private static func line(around place: Int, in input: [UInt8]) -> Range<Int> {
    let start = input[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let end = input[place...].firstIndex(of: 10).map { $0 + 1 } ?? input.count
    return start..<end
  }

  private static func replaceNumber(in input: inout [UInt8], from place: Int, random: inout Random)
  {
    guard let start = input[place...].firstIndex(where: isDigit) else { return }
    let end = input[start...].firstIndex { !isDigit($0) } ?? input.count
    let number = numbers[random.below(numbers.count)]
    input.replaceSubrange(start..<end, with: Array(number.utf8))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private static let numbers = [
    "", "0", "-1", "1", "00000000000000000000001", "2147483648", "4294967296",
    "9007199254740992", "18014398509481984", "9223372036854775807", "9223372036854775808",
    "18446744073709551615", "18446744073709551616", "99999999999999999999999999999999999999",
    "1e9", "0x10", "12:30:02", "[1]", "1.5", "+7",
  ]

  private static let words = [
    "\n", "\n\n", "\r\n", "\0", " ", ")", "(", ") total-vm:1kB", ",pid=1,uid=0", ",task=a",
    " invoked oom-killer: ", "Killed process 7 (x)", "kernel: ", "[    1.000000] ", "<4>", "> ",
    "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name", "Mem-Info:", "#012", "\\x0a", "\\n",
    "&lt;", "{\"MESSAGE\":\"", "MESSAGE\n", "MESSAGE=", "\"", "\u{FEFF}", "\u{1B}[31m",
    "oom-kill:constraint=CONSTRAINT_MEMCG,", "Tasks in / are going to be killed",
    "4,1,1,-;", "Nov 12 12:30:02 a kernel: ", "2019-11-12T12:30:02+01:00 a kernel: ",
  ]
}
