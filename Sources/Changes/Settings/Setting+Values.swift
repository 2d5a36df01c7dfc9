package import Badness

// Numbers that the kernel reads from a write: `proc_get_long` in kernel/sysctl.c. Tried on 6.18, in
// an IPC namespace: kernel.msgmax (an int), kernel.shmmax (an unsigned long), kernel.sem (a
// vector).

extension Setting {
  /// The reason why a kernel would refuse that text, or not keep what it says; `nil` where all is
  /// well.
  ///
  /// - Parameter present: What the file reads now: a vector has as many numbers as that.
  package func problem(
    with text: String, in kernel: KernelVersion, wordSize: WordSize,
    replacing present: String? = nil
  ) -> String? {
    guard let range = range(in: kernel, wordSize: wordSize) else {
      return "Linux \(kernel) has no such setting"
        + (eras.first.map { " (it came with \($0.since))" } ?? "")
    }
    let words = Self.words(text)
    guard !words.isEmpty else { return "expected a number" }
    let count = type == .vector ? present.map { Self.words($0).count } : 1
    if let count, words.count > count {
      return
        "expected \(count == 1 ? "one number" : "at most \(count) numbers"), not \(words.count)"
    }
    for word in words {
      guard let number = Self.number(word) else {
        return "expected a whole number: digits, or 0x and hexadecimal ones, without a plus sign"
      }
      // Before 5.17 a write of it succeeds and sets nothing, but overcommit_kbytes zeroes the ratio.
      if type == .unsignedLong, word.first == UInt8(ascii: "-") {
        return "must not be negative"
      }
      if number < range.lowerBound {
        return "\(number) is below \(range.lowerBound), the least that Linux \(kernel) accepts"
      }
      if number > range.upperBound {
        return "\(number) is above \(range.upperBound), the most that Linux \(kernel) accepts"
      }
    }
    return nil
  }

  /// The text that the file reads after such a write, in decimal: `0x3c` is `60`. The numbers of a
  /// vector that the text doesn't reach stay. `nil` where the kernel doesn't accept the text.
  package func stored(_ text: String, replacing present: String? = nil) -> String? {
    let numbers = Self.words(text).map { Self.number($0) }
    guard !numbers.isEmpty, !numbers.contains(nil) else { return nil }
    let rest = type == .vector ? Self.words(present ?? "").dropFirst(numbers.count) : []
    return
      (numbers.compactMap { $0.map(String.init) }
      + rest.map { String(decoding: $0, as: UTF8.self) }).joined(separator: " ")
  }

  /// These words with single blanks between: a file of settings has one line for each.
  package static func tidy(_ text: String) -> String {
    words(text).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// Numbers end at a blank, a tab or a newline; before them stands whatever isspace() knows.
  private static func words(_ text: String) -> [ArraySlice<UInt8>] {
    Array(text.utf8).split { " \t\n".utf8.contains($0) }
      .map { $0.drop { "\r\u{B}\u{C}".utf8.contains($0) } }.filter { !$0.isEmpty }
  }

  /// Longer words are refused, even if zeros make them long: `TMPBUFLEN`.
  private static let longestWord = 20

  /// One number; with 0 first it is octal, with 0x hexadecimal.
  private static func number(_ word: ArraySlice<UInt8>) -> Int128? {
    guard word.count <= longestWord else { return nil }
    let isNegative = word.first == UInt8(ascii: "-")
    let text = String(decoding: isNegative ? word.dropFirst() : word, as: UTF8.self)
    // The initialiser would take a sign.
    guard let first = text.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else {
      return nil
    }
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let digits = isHexadecimal ? text.dropFirst(2) : text[...]
    guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-"),
      let number = UInt64(digits, radix: isHexadecimal ? 16 : text.hasPrefix("0") ? 8 : 10)
    else { return nil }
    return isNegative ? -Int128(number) : Int128(number)
  }
}
