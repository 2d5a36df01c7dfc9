import Rendering
import Testing

@Suite("A value")
struct ValueTests {
  @Test(
    "is written for people",
    arguments: [
      (.absent, "-"), (.integer(0), "0"), (.integer(-1000), "-1000"),
      (.integer(18_446_744_073_709_551_615), "18446744073709551615"), (.size(2048), "2.0K"),
      (.microseconds(0), "0.000000"), (.microseconds(1_000_000), "1.000000"),
      (.microseconds(999_999), "0.999999"), (.microseconds(-1_234_567), "-1.234567"),
      (.start("a", bytes: 7), "a… (cut at 7 bytes)"), (.text("a b"), "a b"), (.text(""), ""),
      (.flag(true), "yes"), (.flag(false), "no"),
    ] as [(Value, String)])
  func text(value: Value, expected: String) {
    #expect(value.text(sizes: .binary) == expected)
  }

  @Test("has its size in the style asked for")
  func sizes() {
    #expect(Value.size(2000).text(sizes: .decimal) == "2.0K")
    #expect(Value.size(2000).text(sizes: .bytes) == "2000")
    #expect(Value.integer(2000).text(sizes: .binary) == "2000")
  }

  @Test("is made of what is there, or absent")
  func optionals() {
    #expect(Value(Int?.none) == .absent && Value(String?.none) == .absent)
    #expect(Value(size: nil) == .absent && Value(size: 0) == .size(0))
    #expect(Value(UInt64?.some(.max)) == .integer(18_446_744_073_709_551_615))
    #expect(Value(Int.min) == .integer(-9_223_372_036_854_775_808))
    #expect(Value("") == .text("") && Value(0) == .integer(0))
  }

  @Test(
    "is sorted by its size, and what is absent comes first",
    arguments: [
      [.absent, .integer(-5), .integer(0), .integer(9), .integer(10)],
      [.absent, .size(-1), .size(0), .size(1 << 60)],
      [.absent, .text(""), .text("A"), .text("B"), .text("a"), .text("é")],
      [.absent, .flag(false), .flag(true)], [.absent, .microseconds(-1), .microseconds(1)],
      [.absent, .start("a", bytes: 1), .text("b"), .start("c", bytes: 1), .start("d", bytes: 1)],
    ] as [[Value]])
  func order(values: [Value]) {
    #expect(values.reversed().sorted() == values)
    for (left, right) in zip(values, values.dropFirst()) {
      #expect(left < right && !(right < left) && !(left < left))
    }
  }
}

@Suite("Values of two kinds")
struct MixedValueTests {
  @Test("have no order but that of what is absent")
  func order() {
    let values: [Value] = [.integer(1), .size(2), .microseconds(3), .text("4"), .flag(true)]
    for (index, one) in values.enumerated() {
      #expect(Value.absent < one && !(one < .absent) && !(one < one))
      for other in values[(index + 1)...] { #expect(!(one < other) && !(other < one)) }
    }
    #expect(!(Value.flag(true) < .flag(true)) && !(Value.flag(false) < .flag(false)))
  }
}

@Suite("Emphasis")
struct EmphasisTests {
  @Test(
    "is a code around the text, or nothing",
    arguments: [
      (.heading, "\u{1b}[1mx\u{1b}[0m"), (.danger, "\u{1b}[31mx\u{1b}[0m"),
      (.notice, "\u{1b}[33mx\u{1b}[0m"), (.faint, "\u{1b}[2mx\u{1b}[0m"),
    ] as [(Emphasis.Role, String)])
  func applies(role: Emphasis.Role, expected: String) {
    #expect(Emphasis.ansi.apply(role, to: "x") == expected)
    #expect(Emphasis.none.apply(role, to: "x") == "x")
    #expect(Emphasis.ansi.apply(role, to: "") == "")
  }
}
