import Testing

@testable import Configuration

@Suite("What a unit is")
struct UnitContentsTests {
  private func file(_ text: String) -> UnitFile { UnitFile(parsing: Array(text.utf8)) }

  @Test("is all its assignments, each with its section and line")
  func assignments() {
    let file = file("A=1\n[Unit]\nB = \\\n2 \n# C=3\nnothing\n[Service]\nD=\nE=f=g\n[Broken\nF=1")
    #expect(
      file.assignments == [
        .init(section: "", key: "A", value: "1", line: 1),
        .init(section: "Unit", key: "B", value: "2", line: 3),
        .init(section: "Service", key: "D", value: "", line: 8),
        .init(section: "Service", key: "E", value: "f=g", line: 9),
      ])
  }

  @Test("has all values that a key was given since it was last empty")
  func values() {
    let file = file("[Unit]\nA=1\nA=2\n[Service]\nA=3\nB=4\n[Unit]\nB=5\nA=6")
    #expect(file.values(of: "A", in: "Unit") == ["1", "2", "6"])
    #expect(file.values(of: "A", in: "Service") == ["3"])
    #expect(file.values(of: "B", in: "Unit") == ["5"])
    #expect(file.values(of: "C", in: "Unit") == [])
    #expect(self.file("[Unit]\nA=1\nA=\nA=2").values(of: "A", in: "Unit") == ["2"])
    #expect(self.file("[Unit]\nA=1\nA=").values(of: "A", in: "Unit") == [])
  }

  @Test(
    "is an umbrella where it stays active and does nothing",
    arguments: [
      ("RemainAfterExit=yes", true), ("RemainAfterExit=on\nExecStart=/bin/true", true),
      ("RemainAfterExit=1\nExecStart=/bin/true\nExecStart=:", true),
      ("RemainAfterExit=Y\nExecStart=true", true),
      ("RemainAfterExit=t\nExecStart=-/bin/true x", true),
      ("RemainAfterExit=true\nExecStart=@-:+!/bin/true", true),
      ("RemainAfterExit=yes\nExecStart=/bin/truth", false),
      ("RemainAfterExit=yes\nExecStart=/true/run", false),
      ("RemainAfterExit=yes\nExecStart=/bin/true\nExecStart=/bin/run", false),
      ("RemainAfterExit=yes\nExecStart=/bin/run\nExecStart=", true),
      ("RemainAfterExit=yes\nExecStart=-", true),
      ("RemainAfterExit=no", false), ("ExecStart=/bin/true", false), ("RemainAfterExit=2", false),
      ("RemainAfterExit=yes\nRemainAfterExit=no", false),
      ("RemainAfterExit=no\nRemainAfterExit=yes", true),
      ("RemainAfterExit=yes\nRemainAfterExit=", false),
    ])
  func umbrella(text: String, isUmbrella: Bool) {
    #expect(file("[Service]\n\(text)").isUmbrella == isUmbrella)
    #expect(!file("[Unit]\n\(text)").isUmbrella)
  }

  @Test("is what it pulls in, too")
  func pulledIn() {
    let file = file(
      "[Unit]\nWants=a b\nBindsTo=d\nRequires=c\nUpholds=e\nAfter=f\nWants=g\n[Service]\nWants=h")
    #expect(file.pulledIn == ["a", "b", "g", "c", "d", "e"])
  }

  @Test(
    "has numbers as strtol(3) reads them",
    arguments: [
      ("0x1F", 31), ("0X1f", 31), ("+0x10", 16), ("-0x10", -16), ("010", 8), ("-0", 0), ("00", 0),
      ("08", nil), ("0x", nil), ("0xg", nil), ("+", nil), ("-", nil), ("+-1", nil), ("-+1", nil),
      ("1-", nil), ("-1000", -1000), ("1000", 1000), ("1001", nil), ("-1001", nil),
    ] as [(String, Int?)])
  func numbers(text: String, adjustment: Int?) {
    #expect(DropIn.adjustment(in: Array("[Service]\nOOMScoreAdjust=\(text)".utf8)) == adjustment)
  }

  @Test("tells an assignment of nothing from none")
  func assignment() {
    func assignment(_ text: String) -> Int?? { DropIn.assignment(in: Array(text.utf8)) }
    #expect(assignment("[Service]\n") == .none)
    #expect(assignment("[Service]\nOOMScoreAdjust=") == .some(nil))
    #expect(assignment("[Service]\nOOMScoreAdjust=3") == .some(3))
  }

  @Test(
    "is written in logical lines",
    arguments: [
      ("a\nb", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("a\n\rb", ["a", "b"]), ("a\rb", ["a", "b"]),
      ("a\n\nb", ["a", "", "b"]), ("a\r\rb", ["a", "", "b"]), ("a\0b", ["a", "b"]),
      ("a\0\nb", ["a", "", "b"]), ("a\n\0b", ["a", "b"]), ("a\\\nb", ["a b"]),
      ("a\\\\\nb", [#"a\\"#, "b"]), ("a\\\\\\\nb", [#"a\\ b"#]), ("\\\nb", ["b"]),
      ("a\n", ["a", ""]),
      ("", [""]), ("\u{feff}a", ["a"]), ("a\u{feff}", ["a\u{feff}"]),
    ])
  func lines(text: String, lines: [String]) {
    // What continues a line up to the end of the file is one more.
    #expect(DropIn.logicalLines(of: Array(text.utf8)).map(\.text) == lines + [""])
  }
}
