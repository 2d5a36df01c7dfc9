import Testing

@testable import LogLines

@Suite("What stands before a prefix")
struct DecorationTests {
  @Test(
    "is passed over",
    arguments: [
      ("\u{FEFF}[    1.000000] x", "+1000000 | x"),
      ("\u{1B}[32m[    1.000000] \u{1B}[0m\u{1B}[31mx", "+1000000 | x"),
      ("\u{1B}_a\u{07}[    1.000000] x", "bare | \u{1B}_a\u{07}[    1.000000] x"),
      ("> > [    1.000000] x", "+1000000 | x"), (">> x", "bare | x"),
      ("&gt; x", "markup bare | x"),
      ("** 2 printk messages dropped ** [    1.000000] x", "+1000000 | x"),
      (
        "** x printk messages dropped ** [    1.000000] x",
        "bare | ** x printk messages dropped ** [    1.000000] x"
      ),
      ("  [    1.000000] x", "+1000000 | x"), ("  x", "bare |   x"),
      ("m-2:17:[    1.000000] x", "+1000000 | x"), ("17-[    1.000000] x", "+1000000 | x"),
      ("m-2:17: [    1.000000] x", "bare | m-2:17: [    1.000000] x"),
      ("m 2:[    1.000000] x", "bare | m 2:[    1.000000] x"), ("m-2:", "bare | m-2:"),
    ])
  func decorations(line: String, expected: String) {
    #expect(shown(line) == expected)
  }

  @Test("is a file's name, not a long text", arguments: [(255, true), (256, false)])
  func fileNames(width: Int, isName: Bool) {
    let line = String(repeating: "a", count: width) + ":[    1.000000] x"
    #expect(shown(line) == (isName ? "+1000000 | x" : "bare | \(line)"))
  }

  @Test(
    "is what had no line end, before the first line of a report",
    arguments: [
      ("foo[    1.000000] java invoked oom-killer: x", "java invoked oom-killer: x"),
      ("foo[    1.000000][   T12] java invoked oom-killer: x", "java invoked oom-killer: x"),
      ("foo[    1.000000] java oom-killer: gfp_mask=x", "java oom-killer: gfp_mask=x"),
      ("foo[    1.000000] java invoked ", "java invoked "),
      ("foo[    1.000000] [x] java invoked oom-killer: x", "[x] java invoked oom-killer: x"),
      ("foo[    1.000000] java invoked it", nil), ("foo[x] java invoked oom-killer: x", nil),
      ("foo[<    0.000012>] java invoked oom-killer: x", nil),
    ] as [(String, String?)])
  func unfinished(line: String, message: String?) {
    let caller = line.contains("T12") ? "T12 " : ""
    #expect(shown(line) == (message.map { "+1000000 \(caller)| \($0)" } ?? "bare | \(line)"))
  }

  @Test("is looked for as far as names and callers reach", arguments: [(128, true), (129, false)])
  func reach(distance: Int, isFound: Bool) {
    let prefix = "[    1.000000] "
    let message =
      String(repeating: "a", count: distance - prefix.utf8.count) + " invoked oom-killer: x"
    let line = "foo\(prefix)\(message)"
    #expect(shown(line) == (isFound ? "+1000000 | \(message)" : "bare | \(line)"))
  }

  @Test(
    "is indented further than the line that it goes on with",
    arguments: [(0, 13, false), (0, 14, true), (2, 15, false), (2, 16, true), (nil, 20, false)]
      as [(Int?, Int, Bool)])
  func further(margin: Int?, indentation: Int, isFurther: Bool) {
    let line = String(repeating: " ", count: indentation) + "[    1.000000] x"
    let expected = isFurther ? "further bare | \(line)" : "+1000000 | x"
    #expect(shown(line, behind: margin) == expected)
  }

  @Test(
    "leaves a line nobody's, the kernel's or a program's",
    arguments: [
      ("x", true, false, true), ("<6>x", true, false, true),
      ("[    1.000000] x", false, true, true), ("Nov 12 12:30:02 h kernel: x", false, true, true),
      ("Nov 12 12:30:02 h cron: x", false, false, false), ("6,1,5,-;x", false, true, false),
      ("14,1,5,-;x", false, false, false), ("                    x", false, false, true),
    ])
  func authors(line: String, isAnybodys: Bool, isKernels: Bool, canBeBroken: Bool) {
    let wrapping = Wrapping(of: Array(line.utf8).span, behind: 0)
    #expect(wrapping.isAnybodys == isAnybodys)
    #expect(wrapping.isKernels == isKernels)
    #expect(wrapping.canBeBroken == canBeBroken)
  }
}
