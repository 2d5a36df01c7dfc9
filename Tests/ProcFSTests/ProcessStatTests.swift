import ProcFS
import TestSupport
import Testing

@Suite("The stat of a process")
struct ProcessStatTests {
  /// The fields behind the name, as 6.1 prints them.
  static let fields =
    "S 3 17 17 0 -1 4194560 104 5 6 7 11 22 33 44 -5 -19 8 0 123456 3059712 9 18446744073709551615"

  @Test("has its fields")
  func ordinary() {
    var expected = ProcessStat()
    expected.name = "sleep"
    expected.state = "S"
    expected.parent = 3
    expected.flags = 4_194_560
    expected.userTicks = 11
    expected.systemTicks = 22
    expected.nice = -19
    expected.threadCount = 8
    expected.startTicks = 123_456
    expected.residentPages = 9
    #expect(ProcessStat(text: "17 (sleep) \(Self.fields) 1 2 3 0\n") == expected)
  }

  @Test(
    "has any name",
    arguments: [
      "", " ", "a b", "(sd-pam)", ") Z 1", "x) R 1 (y", "))))", "a\nb", "\u{1b}[31m", "\t", "é😀",
      "kworker/u256:3-events_unbound", "17 (sleep) S 3",
    ])
  func names(name: String) throws {
    let stat = try #require(ProcessStat(text: "17 (\(name)) \(Self.fields)\n"))
    #expect(stat.name == name && stat.state == "S" && stat.parent == 3)
  }

  @Test("has a name that isn't UTF-8 repaired")
  func repairs() {
    let bytes = Array("17 (a".utf8) + [0xff, 0x29, 0xc3] + Array(") \(Self.fields)\n".utf8)
    let stat = ProcessStat(parsing: bytes.span)
    #expect(stat?.name == "a\u{fffd})\u{fffd}" && stat?.residentPages == 9)
  }

  @Test("is refused wherever it is cut off before the field of the resident size")
  func cutOff() {
    let needed = "17 (sleep) \(Self.fields)".split(separator: " ").dropLast().joined(separator: " ")
    #expect(ProcessStat(text: needed)?.residentPages == 9)
    for length in 0..<needed.utf8.count {
      #expect(ProcessStat(text: String(needed.prefix(length))) == nil, "\(length) bytes")
    }
  }

  @Test(
    "is refused with a number that isn't one",
    arguments: [
      (4, "x"), (4, "4294967299"), (4, "99999999999999999999"), (9, "-1"), (9, "x"),
      (9, "18446744073709551616"), (14, "9223372036854775808"), (15, "-"), (19, "low"),
      (20, "99999999999999999999"), (22, "-1"), (22, "18446744073709551616"), (24, "many"),
      (24, "9223372036854775808"),
    ])
  func malformed(field: Int, text: String) {
    var words = Self.fields.split(separator: " ").map(String.init)
    words[field - 3] = text
    #expect(ProcessStat(text: "17 (sleep) \(words.joined(separator: " "))\n") == nil)
  }

  @Test(
    "tells a dead process and a kernel thread",
    arguments: [
      ("S", 0x40_0140, false, false), ("Z", 0x40_0144, true, false), ("X", 0, true, false),
      ("x", 0, true, false), ("I", 0x420_8060, false, true), ("R", 0x20_0000, false, true),
    ] as [(Character, UInt64, Bool, Bool)])
  func kinds(state: Character, flags: UInt64, isDead: Bool, isKernelThread: Bool) throws {
    let line = "2 (x) \(state) 0 0 0 0 -1 \(flags) 0 0 0 0 0 0 0 0 20 0 1 0 3 0 0\n"
    let stat = try #require(ProcessStat(text: line))
    #expect(stat.isDead == isDead && stat.isKernelThread == isKernelThread)
  }

  @Test("of nothing is nothing")
  func nothing() {
    let stat = ProcessStat()
    #expect(stat.name.isEmpty && stat.state == "?" && stat.parent == ProcessID(0))
    #expect(stat.flags == 0 && stat.startTicks == 0 && stat.residentPages == 0)
    #expect([stat.userTicks, stat.systemTicks, stat.nice, stat.threadCount] == [0, 0, 0, 0])
    #expect(!stat.isKernelThread && !stat.isDead)
  }
}
