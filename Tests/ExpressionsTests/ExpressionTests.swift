import Glibc
import Testing

@testable import Expressions

@Suite("An expression")
struct ExpressionTests {
  @Test(
    "matches anywhere in a text",
    arguments: [
      ("b", "abc", true), ("^b", "abc", false), ("^a", "abc", true), ("c$", "abc", true),
      ("b$", "abc", false), ("^$", "", true), ("^$", "a", false), ("a|x|c$", "yyc", true),
      ("(^a|b)c", "xac", false), ("(^a|b)c", "xbc", true), ("(ab)+$", "xabab", true),
      ("^(ab)+$", "aba", false), ("^a{2,3}$", "aaaa", false), ("^a{2,3}$", "aaa", true),
      ("^a{,2}$", "", true), ("^a{2,}$", "aaaaa", true), ("^(a{2}){2}$", "aaaa", true),
      ("^a{0}b$", "b", true), ("a||b", "", true), ("()", "x", true), ("^(a|)*b$", "aab", true),
      ("(a*)*$", "b", true), (#"\.conf"#, "xconf", false), (#"\.conf"#, "a.conf", true),
      ("[[:digit:]_-]+$", "a-_1", true), ("^[^]a]$", "]", false), ("^[]a]$", "]", true),
      (#"\<b"#, "ab", false), (#"\bb\b"#, "a b c", true), (#"\Bb"#, "ab", true),
      ("a.b", "a\nb", true),
      ("a)", "a)", true), ("}", "}", true), (#"^\w+\s\W$"#, "ab_1 -", true),
      ("^caf..$", "café", true),
    ])
  func matching(pattern: String, text: String, expected: Bool) throws {
    #expect(try Expression(parsing: pattern).matches(Array(text.utf8).span) == expected)
  }

  @Test("knows each class of characters as the C library does")
  func classes() throws {
    for (name, holds) in [
      ("alnum", isalnum), ("alpha", isalpha), ("blank", isblank), ("cntrl", iscntrl),
      ("digit", isdigit), ("graph", isgraph), ("lower", islower), ("print", isprint),
      ("punct", ispunct), ("space", isspace), ("upper", isupper), ("xdigit", isxdigit),
    ] as [(String, (Int32) -> Int32)] {
      let expression = try Expression(parsing: "[[:\(name):]]")
      for byte in 0..<128 {
        let isIn = expression.matches([UInt8(byte)].span)
        #expect(isIn == (holds(Int32(byte)) != 0), "\(byte) in \(name)")
      }
    }
  }

  @Test(
    "is refused where it is none, or too much",
    arguments: [
      ("", .empty), (String(repeating: "a", count: 1001), .tooLong), ("a{1001}", .tooLarge),
      ("((a{10}){10}){11}", .tooLarge), ("((((a?){9}){9}){9}){9}", .tooLarge),
      (#"(a)\1"#, .backReference), (#"\9"#, .backReference), (#"a\"#, .trailingBackslash),
      ("(a", .openGroup), ("((a)", .openGroup), ("[a", .openBracket), ("[]", .openBracket),
      ("[[:alpha:", .openBracket), ("*", .nothingToRepeat), ("a|*", .nothingToRepeat),
      ("(+a)", .nothingToRepeat), ("^*", .nothingToRepeat), ("{2}", .nothingToRepeat),
      ("a{", .badInterval), ("a{x}", .badInterval), ("a{2,1}", .badInterval),
      ("a{1", .badInterval), ("a{99999999999999999999}", .badInterval), ("[b-a]", .badRange),
      ("[a-[:digit:]]", .badRange), ("[a-b-c]", .badRange), ("[[:word:]]", .unknownClass("word")),
      ("[[.tab.]]", .unknownClass("tab")),
    ] as [(String, ExpressionProblem)])
  func refusal(pattern: String, problem: ExpressionProblem) {
    #expect(throws: problem) { _ = try Expression(parsing: pattern) }
  }

  @Test("never has more steps than the most, however much it repeats")
  func size() throws {
    let literal = String(repeating: "a", count: Expression.longest)
    #expect(try Expression(parsing: literal).steps.count == 1000)
    #expect(try Expression(parsing: "((a{10}){10}){10}").steps.count == 1000)
    let nested = String(repeating: "(", count: 499) + "a" + String(repeating: ")", count: 499)
    #expect(try Expression(parsing: nested).steps == [.byte(UInt8(ascii: "a"))])
  }

  @Test(
    "may come to as many steps as the most, and not to one more",
    arguments: [
      ("a{1000}", 1000), ("a{1001}", nil), ("a{999,}", 1000), ("a{1000,}", nil), ("a{,500}", 1000),
      ("a{,501}", nil), ("a{998}b?", 1000), ("a{999}b?", nil), ("a{997}b*", 1000),
      ("a{998}b*", nil), ("a{998}b+", 1000), ("a{999}b+", nil), ("(ab){1,333}", 998),
      ("(ab){1,334}", nil),
      ("(ab){2,333}", 997), ("a{499}|b{499}", 1000), ("a{499}|b{500}", nil), ("a{998}|", 1000),
      ("a{999}|", nil), ("a{999}$", 1000), ("a{1000}$", nil), ("(){32767}", 0), ("a{0}", 0),
    ] as [(String, Int?)])
  func steps(pattern: String, count: Int?) {
    #expect((try? Expression(parsing: pattern))?.steps.count == count)
  }

  @Test("repeats up to a number of times that is never written out")
  func bounds() {
    #expect(throws: ExpressionProblem.badInterval) { _ = try Expression(parsing: "(){32768}") }
    #expect(throws: ExpressionProblem.badInterval) { _ = try Expression(parsing: "(){,32768}") }
    #expect(throws: ExpressionProblem.badInterval) { _ = try Expression(parsing: "(){}") }
    #expect(throws: Never.self) { _ = try Expression(parsing: "(){,}") }
    #expect(throws: Never.self) { _ = try Expression(parsing: "(){3,3}") }
  }

  @Test(
    "repeats a piece as often as it says",
    arguments: [
      ("ab*", 0...9), ("ab+", 1...9), ("ab?", 0...1), ("ab{3}", 3...3), ("ab{2,4}", 2...4),
      ("ab{2,}", 2...9), ("ab{,2}", 0...2), ("a(b|x){2,3}", 2...3), ("ab{2}{2}", 4...4),
      ("ab{0}", 0...0), ("ab{0,0}", 0...0), ("ab{1,1}", 1...1), ("a(b{2}){1,2}", 2...2),
    ])
  func repetitions(pattern: String, range: ClosedRange<Int>) throws {
    let expression = try Expression(parsing: "^\(pattern)c$")
    for count in 0...9 where pattern != "a(b{2}){1,2}" || count != 4 {
      let text = "a" + String(repeating: "b", count: count) + "c"
      #expect(expression.matches(Array(text.utf8).span) == range.contains(count), "\(count)")
    }
  }

  @Test(
    "has sets of any bytes",
    arguments: [0, 1, 63, 64, 126, 127, 128, 129, 200, 254, 255] as [UInt8])
  func sets(byte: UInt8) {
    var set = ByteSet()
    set.insert(byte)
    for other in UInt8.min...UInt8.max {
      #expect(set.contains(other) == (other == byte))
      #expect(set.inverted.contains(other) == (other != byte))
    }
    #expect(ByteSet { $0 != byte } == set.inverted)
  }

  @Test("counts no byte beyond ASCII among a class of characters")
  func foreign() throws {
    for name in ["alnum", "alpha", "cntrl", "graph", "lower", "print", "punct", "space", "upper"] {
      let expression = try Expression(parsing: "[[:\(name):]]")
      for byte in UInt8(128)...255 {
        let isIn = expression.matches([byte].span)
        #expect(!isIn)
      }
    }
  }

  @Test(
    "knows where words begin and end",
    arguments: [
      (#"^\<a"#, "a", true), (#"a\>$"#, "a", true), (#"a\>b"#, "ab", false),
      (#"a\> "#, "a ", true), (#"\<"#, " ", false), (#"\>"#, " ", false), (#"\b"#, "", false),
      (#"\B"#, "", true), (#"\b"#, "a", true), (#"a\b"#, "ab", false), (#"^\B"#, "a", false),
      (#"\B"#, "ab", true), (#"_\b"#, "_a", false), (#"z\b"#, "z-", true),
      (#"Z\b9"#, "Z9", false), (#"\`a"#, "ba", false), (#"a\'"#, "ab", false),
      (#"\`a\'"#, "a", true),
    ])
  func edges(pattern: String, text: String, expected: Bool) throws {
    #expect(try Expression(parsing: pattern).matches(Array(text.utf8).span) == expected)
  }

  @Test(
    "has ranges that ascend, to a single byte",
    arguments: [
      ("[a-a]", "a", true), ("[a-c]", "c", true), ("[a-c]", "d", false), ("[a-]", "-", true),
      ("[a-", "-", nil), ("[--a]", "-", true), ("[]-a]", "^", true), ("[]-a]", "b", false),
      ("[^a-c]", "d", true), ("[^a-c]", "b", false), ("[a^]", "^", true), ("[a[.-.]]", "-", true),
      ("[[.a.]-c]", "b", true), ("[a-[.c.]]", "c", true), ("[[=a=]-c]", "b", nil),
      ("[[:digit:]-c]", "b", nil), ("[[=ab=]]", "a", nil), ("[[..]]", "a", nil),
      ("[[:alpha:]", "a", nil), ("[[:alpha]", "a", nil), ("[[.a", "a", nil), ("[[.a.", "a", nil),
      ("[[a]", "[", true), ("[[a]", "a", true), ("[a-b-]", "-", true),
    ] as [(String, String, Bool?)])
  func ranges(pattern: String, text: String, expected: Bool?) {
    let expression = try? Expression(parsing: pattern)
    #expect(expression?.matches(Array(text.utf8).span) == expected)
  }

  @Test("says what is wrong in words, each in its own")
  func problems() {
    let all: [ExpressionProblem] = [
      .empty, .tooLong, .tooLarge, .backReference, .trailingBackslash, .openGroup, .openBracket,
      .nothingToRepeat, .badInterval, .badRange, .unknownClass("x"),
    ]
    #expect(Set(all.map(\.text)).count == all.count)
  }

  @Test("says the same as the C library's, of patterns and texts of any kind")
  func likeTheLibrary() {
    // An own generator: the same ones each time.
    var state: UInt64 = 14
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "a", "b", ".", "[ab]", "[^a]", "(", "(", ")", ")", "|", "*", "+", "?", "{2}", "{1,2}", "{,2}",
      "{2,}", "{0}", "^", "$", #"\b"#, #"\<"#, #"\>"#, #"\B"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, " ",
      #"\`"#, #"\'"#, "[[:alpha:]]", "[a-c]", "[]a]", "[^]a]", "[a-]", "é", #"\("#, "}", "]", "{",
      #"\n"#, "[[=a=]b]", "[[.-.]]", "[+--]", "[a-c-]", #"\"#, "-", "[", "()",
    ]
    var matches = 0
    for _ in 0..<3000 {
      let pattern = (0...next(9)).map { _ in pieces[next(pieces.count)] }.joined()
      let own = try? Expression(parsing: pattern)
      for _ in 0..<4 {
        // Without line ends: at those the library takes ^ and $ behind something to match, too.
        let text = (0..<next(9)).map { _ in Array("ab c_-é)]}".utf8)[next(11)] }
        let other = librarysAnswer(pattern, text)
        #expect(own?.matches(text.span) == other, "\(pattern) in \(text)")
        if other == true { matches += 1 }
      }
    }
    #expect(matches > 1000)
  }
}

/// `nil` where it refuses the pattern.
private func librarysAnswer(_ pattern: String, _ text: [UInt8]) -> Bool? {
  var compiled = unsafe regex_t()
  guard unsafe regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0 else { return nil }
  defer { unsafe regfree(&compiled) }
  return unsafe (text + [0]).withUnsafeBufferPointer { bytes in
    unsafe bytes.withMemoryRebound(to: CChar.self) {
      unsafe regexec(&compiled, $0.baseAddress, 0, nil, 0) == 0
    }
  }
}
