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
