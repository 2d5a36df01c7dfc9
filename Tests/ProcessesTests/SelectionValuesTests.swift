import Badness
import ProcFS
import Testing

@testable import Processes

@Suite("The number of a process")
struct SelectionValuesTests {
  @Test(
    "is of digits alone, and above 0",
    arguments: [
      ("1", true), ("2147483647", true), ("2147483648", false), ("0", false), ("-1", false),
      ("+1", false), ("", false), ("1 ", false), ("\u{0661}", false), ("7:1", true), ("7:", false),
      ("7:x", false), (":7", false), ("7:1:2", false), ("0:5", false),
    ])
  func number(argument: String, isOne: Bool) {
    #expect((ProcessNumber(argument: argument) != nil) == isOne)
  }

  @Test("may come with an inode")
  func inode() {
    #expect(ProcessNumber(argument: "7:12")?.inode == 12)
    #expect(ProcessNumber(argument: "7")?.inode == nil)
    #expect(ProcessNumber(argument: "7:12")?.id.rawValue == 7)
  }

  @Test(
    "isn't a name, nor is what looks like one",
    arguments: [
      ("7", true, nil), ("7:5", true, nil), ("nginx", false, "nginx"), ("7z", false, "7z"),
      ("-x", false, "-x"), ("0", false, nil), ("-5", false, nil), ("", false, nil),
      ("99999999999", false, nil), ("7:", false, nil), ("-", false, nil), (":", false, nil),
      ("--5", false, "--5"), ("+5", false, "+5"), ("a:b", false, "a:b"),
    ] as [(String, Bool, String?)])
  func word(argument: String, isNumber: Bool, name: String?) {
    switch ProcessWord(argument: argument) {
    case .number: #expect(isNumber)
    case .name(let found): #expect(found == name && !isNumber)
    case nil: #expect(name == nil && !isNumber)
    }
  }
}

@Suite("The path of a memory cgroup")
struct CgroupPathTests {
  @Test(
    "begins with a slash, and holds nothing twice or upward",
    arguments: [
      ("/a/b", "/a/b"), ("a//b/", "/a/b"), ("/", "/"), ("", nil), ("/a/../b", nil), ("..", nil),
      ("/..a", "/..a"),
    ] as [(String, String?)])
  func reads(argument: String, path: String?) {
    #expect(CgroupPath(argument: argument)?.path == path)
  }

  @Test(
    "contains itself and what is below",
    arguments: [
      ("/", "/", true), ("/", "/a", true), ("/a", "/a", true), ("/a", "/a/b", true),
      ("/a", "/ab", false), ("/a/b", "/a", false), ("/a", "/", false), ("/a", "", false),
      ("/", "/../a", false), ("/..", "/a", true), ("/..", "/../b", true),
      ("/../b", "/../b/c", true),
      ("/../b", "/a", false),
    ])
  func contains(path: String, other: String, isIn: Bool) {
    #expect(CgroupPath(path).contains(other) == isIn)
  }

  @Test(
    "is no unit's name",
    arguments: [
      ("ssh", "ssh.service"), ("session-2.scope", "session-2.scope"), ("a/b", nil), ("", nil),
    ] as [(String, String?)])
  func units(argument: String, name: String?) {
    #expect(UnitName(argument: argument)?.name == name)
    #expect((UserName(argument: argument) == nil) == argument.isEmpty)
  }

  @Test("is no list of nodes")
  func nodes() {
    #expect(NodeList(argument: "0-1")?.numbers == [0, 1])
    #expect(NodeList(argument: "/a") == nil)
  }
}

@Suite("A pattern for command lines")
struct CommandPatternTests {
  @Test("matches anywhere in the first 4096 bytes")
  func matches() throws {
    let pattern = try #require(CommandPattern(argument: "x$"))
    #expect(pattern.matches("abx") && !pattern.matches("abxc") && pattern.text == "x$")
    let long = String(repeating: "a", count: 4095) + "xb"
    #expect(pattern.matches(long))
    #expect(!pattern.matches("a" + long))
  }

  @Test("says what is wrong with it")
  func problems() {
    #expect(CommandPattern(argument: "(") == nil)
    #expect(CommandPattern.problem(of: "a") == nil && CommandPattern.problem(of: "(") != nil)
    let plain = CommandPattern.expectation(insteadOf: "")
    #expect(CommandPattern.expectation(insteadOf: "a") == plain)
    #expect(CommandPattern.expectation(insteadOf: "(").hasPrefix("\(plain): "))
  }
}
