import Arguments
import Testing

@Suite("A hostile word")
struct HostileWordsTests {
  @Test(
    "is shown, never obeyed",
    arguments: [
      ("\u{1b}[2J", #"\x1b[2J"#), ("a\nb\r\t", #"a\nb\r\t"#),
      ("\u{0}\u{7}\u{7f}", #"\x00\x07\x7f"#),
      ("\u{9b}31m", #"\x9b31m"#), ("\u{202e}evil", #"\u{202e}evil"#), ("\u{2028}", #"\u{2028}"#),
      ("\u{feff}x", #"\u{feff}x"#), ("😀é", "😀é"), ("\u{fffd}", "\u{fffd}"), ("", ""),
    ])
  func printable(word: String, shown: String) {
    #expect(complaint([word]) == "unknown command '\(shown)'")
    #expect(complaint(["--" + word + "!"]) == "unknown option '--\(shown)!'")
    #expect(complaint(["generate", "manual", "bash", word]) == "unexpected operand '\(shown)'")
  }

  @Test("is shown by what a command says too")
  func ownWords() {
    #expect(UsageError.other("no\u{1b}").description == #"no\x1b"#)
  }

  @Test("is cut when it is long, however it is made")
  func long() {
    let letters = String(repeating: "x", count: 10_000)
    let marks = "x" + String(repeating: "\u{301}", count: 10_000)
    let escapes = String(repeating: "\u{1b}", count: 10_000)
    #expect(complaint([letters]) == "unknown command '\(letters.prefix(80))…'")
    for word in [letters, marks, escapes] {
      #expect(complaint([word]).unicodeScalars.count <= 100)
      #expect(complaint(["--" + word]).unicodeScalars.count <= 100)
      #expect(complaint(["rank", "-n", word]).unicodeScalars.count <= 150)
    }
    #expect(complaint([String(letters.prefix(80))]) == "unknown command '\(letters.prefix(80))'")
  }

  @Test(
    "of dashes has a meaning or none",
    arguments: [
      ("---", "unknown option '---'"), ("--=", "unknown option '--='"),
      ("--=x", "unknown option '--=x'"), ("-=", "unknown option '-='"),
      ("-", "unknown command '-'"),
      ("--", "nothing"), ("--cOuNt=", "unknown option '--cOuNt'"),
      ("-\u{301}", "unknown option '-\u{301}'"),
      ("--\u{301}root", "unknown option '--\u{301}root'"),
      ("-😀", "unknown option '-😀'"), ("--😀=😀", "unknown option '--😀'"),
    ])
  func dashes(word: String, expected: String) {
    #expect(complaint([word]).utf8.starts(with: expected.utf8))
  }

  @Test("is kept as it is where any word will do")
  func verbatim() throws {
    let word = "\u{301}\u{1b}=\n--x"
    #expect(try command(["rank", "--sort=" + word], as: Rank.self).sort == word)
    #expect(try command(["adjust", word], as: Adjust.self).targets.map(\.name) == [word])
  }

  @Test("is refused where a number is due", arguments: ["", " 5", "5 ", "٣", "1e3", "0x5", "--5"])
  func numbers(word: String) {
    #expect(complaint(["rank", "--count=" + word]).hasSuffix("expected a whole number"))
    #expect(
      complaint(["rank", "-n", "99999999999999999999"])
        == "invalid value '99999999999999999999' for '--count': expected a whole number")
  }
}
