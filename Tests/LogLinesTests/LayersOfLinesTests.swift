import Testing

@testable import LogLines

@Suite("What carries lines")
struct LayersOfLinesTests {
  private func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "in quoted-printable is decoded once the kernel's words show it",
    arguments: [
      (["a=3Db"], ["-"]), (["x invoked oom-killer: gfp_mask=3D0x1", "a=3Db"], ["=", "a=b"]),
      (["oom-kill:constraint=3DCONSTRAINT_NONE", "a=20b=", "c"], ["=", "…", "a bc"]),
      (["Killed=20process=207", "a=0A[1.0] b"], ["=", "a [1.0] b"]),
    ] as [([String], [String])])
  func quotedPrintable(lines: [String], expected: [String]) {
    var mail = QuotedPrintable()
    for (line, expected) in zip(lines, expected) {
      let shown: String
      switch mail.take(Array(line.utf8).span) {
      case .asItIs: shown = "-"
      case .unfinished: shown = "…"
      case .whole(let bytes): shown = expected == "=" ? "=" : text(bytes) ?? ""
      }
      #expect(shown == expected)
    }
  }

  @Test("in quoted-printable gives its last line, though that was to go on")
  func lastLine() {
    var mail = QuotedPrintable()
    _ = mail.take(Array("Killed=20process=207 =".utf8).span)
    #expect(text(mail.finish()) == "Killed process 7 ")
    #expect(mail.finish().isEmpty)
  }

  @Test(
    "in a form's encoding is decoded, but no address, nor what has blanks in it",
    arguments: [
      ("Killed%20process%207", "Killed process 7"), ("Killed+process+7%2C", "Killed process 7,"),
      ("GET /?q=Killed%20process%207", nil), ("/?q=Killed%20process%207", nil),
      ("http://a/Killed%20process%207", nil), ("a%20b", nil), ("Killed process 7", nil),
    ])
  func percentEncoding(line: String, expected: String?) {
    var form = PercentEncoding()
    #expect(text(form.text(of: Array(line.utf8).span)) == expected)
  }

  @Test(
    "on a page is shown by a tag in front of it, or by entities in the kernel's words",
    arguments: [
      ("<pre>a &lt;b&gt;", "a <b>"), ("<p>a<br/>b</p>", "a\nb\n"),
      ("  <span class=\"x\">a</span>", "  a"),
      ("<tr><td>7</td><td>a</td></tr>", "7 a \n"),
      ("Killed process 7 &#40;a&#x29;", "Killed process 7 (a)"),
      ("<TASK>", nil), ("<4>[1.0] a", nil), ("a<br>b", nil), ("[1.0] Killed process 7 (<br>)", nil),
      ("<br> invoked oom-killer: gfp_mask=0x1", nil),
    ])
  func markup(line: String, expected: String?) {
    var page = Markup()
    #expect(text(page.text(of: Array(line.utf8).span, isAlone: false)) == expected)
  }

  @Test("on a page whose lines tags break is one line of the log")
  func brokenByTags() {
    var page = Markup()
    #expect(
      text(page.text(of: Array("[1.0] a<br>[1.1] b".utf8).span, isAlone: true))
        == "[1.0] a\n[1.1] b")
  }

  @Test(
    "is what stands behind each, which those show whose end is known",
    arguments: [
      ("x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0 |", "[ 7] a |", "[ 7] a"),
      ("x invoked oom-killer: gfp_mask=0xd0, order=0, oom_sc", "a, oom_sc", "a, oom_sc"),
      ("[ pid ] uid oom_score_adj name</p>", "a</p>", "a"),
      ("[ pid ] uid oom_score_adj name 12:30:02", "a b 07:01:59 ", "a b"),
      ("[ pid ] uid oom_score_adj name", "a |", "a |"),
      ("[ pid ] uid oom_score_adj name |", "a", "a"),
    ])
  func trailer(header: String, line: String, expected: String) {
    var trailer = Trailer()
    trailer.note(Array(header.utf8).span)
    let bytes = Array(line.utf8)
    let end = trailer.start(in: bytes.span, behind: 0)
    #expect(String(decoding: bytes[..<end], as: UTF8.self) == expected)
  }

  @Test(
    "are several on one where their ends are letters",
    arguments: [
      ("[1.000000] a\\n[1.000001] b", ["[1.000000] a", "[1.000001] b"]),
      ("\"[1.000000] a\\n[1.000001] b\"", ["[1.000000] a", "[1.000001] b"]),
      ("b'[1.000000] a\\n[1.000001] b\\n'", ["[1.000000] a", "[1.000001] b", ""]),
      ("[1.000000] a\\nb", nil), ("[1.000000] a [1.000001] b", nil),
    ] as [(String, [String]?)])
  func together(line: String, expected: [String]?) {
    let lines = RunTogether.lines(of: Array(line.utf8).span)
    #expect(lines.map { $0.map { String(decoding: $0, as: UTF8.self) } } == expected)
  }

  @Test(
    "are the objects of an array",
    arguments: [
      ("[{\"a\":1},{\"b\":\"}\"}]", ["{\"a\":1}", "{\"b\":\"}\"}"]),
      ("{\"a\":[{\"b\":[{\"c\":1}]},{\"d\":2}]}", ["{\"c\":1}", "{\"d\":2}"]),
      ("{\"a\":[[\"b\",\"c\"]]}", []), ("[{\"a\":1", []),
    ] as [(String, [String])])
  func elements(line: String, expected: [String]) {
    let bytes = Array(line.utf8)
    let places = ArrayElements.places(in: bytes.span)
    #expect(places.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
  }
}
