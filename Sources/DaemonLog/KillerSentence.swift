import LogLines

/// The meaning of one line of a program, or of a driver, that kills when memory runs out.
enum KillerSentence {
  /// It kills now. Time and place are the line's.
  case kill(DaemonKill)
  /// The reason for a kill that follows.
  case reason(String)
  /// The state of memory around a reason.
  case state(String)
  /// The number of cgroups among which the next kill is chosen.
  case candidates(Int)
  /// More on the kill before it.
  case addition(Addition)
  /// The number of processes that a kill in this unit took; it may come before the kill's own line.
  case unit(String, processes: Int)
  /// The kill before it didn't come about.
  case failure
  /// An attempt failed, which no kill's line had told of.
  case fruitless
  /// Part of what it says, and of no interest.
  case filler

  /// What a further line says of a kill.
  struct Addition {
    var resident: Kibibytes?
    var reason: String?
    var invoker: Invoker?
    var processes: Int?
  }
}

extension KillerSentence {
  /// Reads a line of a program, by the tag that it logs under; `nil` for other programs, and for what is
  /// about no kill.
  static func read(_ line: Span<UInt8>, by tag: String) -> (killer: String, KillerSentence)? {
    let line = line.extracting(line.trimmed)
    switch tag {
    case "systemd-oomd": return systemd(line).map { (tag, $0) }
    // The service manager counts on behalf of the killer.
    case "systemd": return unit(line).map { ("systemd-oomd", $0) }
    case "earlyoom":
      return (earlyoom(line) ?? firstEarlyoom(line)).map { (tag, $0) }
    case "lowmemorykiller", "lmkd": return android(line)
    default: return nil
    }
  }

  /// Reads a line of the kernel's log: of a driver, or of a program that writes there.
  static func read(inKernelLog line: Span<UInt8>) -> (killer: String, KillerSentence)? {
    let line = line.extracting(line.trimmed)
    guard line.count > 0 else { return nil }
    switch line[0] {
    case UInt8(ascii: "o"): return oomd(line).map { ("oomd", $0) }
    case UInt8(ascii: "["): return talos(line).map { ("talos", $0) } ?? driver(line)
    case UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "K"): return driver(line)
    default: return nil
    }
  }

  /// Reads a line that names nobody: only words that are unmistakable count. `isExpected` is true where such
  /// a killer has given its reason just before.
  static func read(
    untagged line: Span<UInt8>, isExpected: Bool
  ) -> (killer: String, KillerSentence)? {
    let line = line.extracting(line.trimmed)
    guard line.count > 0 else { return nil }
    switch line[0] {
    case UInt8(ascii: "s"), UInt8(ascii: "k"), UInt8(ascii: "l"), UInt8(ascii: "m"),
      UInt8(ascii: "L"), UInt8(ascii: "O"), UInt8(ascii: "d"):
      if let sentence = earlyoom(line) { return ("earlyoom", sentence) }
    case UInt8(ascii: "K"):
      if isExpected, let sentence = firstEarlyoom(line) { return ("earlyoom", sentence) }
    case UInt8(ascii: "C") where isExpected:
      if let sentence = firstEarlyoom(line) { return ("earlyoom", sentence) }
    default: break
    }
    if let sentence = systemd(line), sentence.isWhole(line) { return ("systemd-oomd", sentence) }
    return logcat(line)
  }
}

extension Reader {
  /// Skips what a number ends with, and gives the number.
  mutating func natural(before end: StaticString, in line: Span<UInt8>) -> Int? {
    guard let number = natural(in: line), skip(end, in: line) else { return nil }
    return number
  }

  /// A decimal number with a fraction, a point or a comma between; it is passed over.
  mutating func skipDecimal(in line: Span<UInt8>) -> Bool {
    guard natural(in: line) != nil else { return false }
    if skip(".", in: line) || skip(",", in: line) { return natural(in: line) != nil }
    return true
  }
}

extension Span<UInt8> {
  /// As text, with one blank where there are several.
  var condensed: String {
    var bytes: [UInt8] = []
    for offset in 0..<count where !(self[offset].isBlank && bytes.last?.isBlank == true) {
      bytes.append(self[offset])
    }
    return bytes.span.text
  }
}
