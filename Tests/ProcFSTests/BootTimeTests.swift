import ProcFS
import TestSupport
import Testing

@Suite("The time of the boot")
struct BootTimeTests {
  @Test(
    "is in the line of stat that is called so",
    arguments: [
      ("btime 1795230712\n", 1_795_230_712), ("cpu 1 2\nbtime 5\nbtime 6\n", 5),
      ("xbtime 5\nbtimes 6\nbtime\t7\n", 7), ("btime 18446744073709551615\n", .max),
      ("btime\n", nil), ("btime x\n", nil), ("", nil), ("cpu 1\n", nil), ("1 btime 5\n", nil),
    ] as [(String, Int?)])
  func seconds(text: String, expected: Int?) {
    #expect(BootTime(text: text)?.seconds == expected)
  }

  @Test("is read from a proc file system")
  func file() throws {
    let tree = try FixtureTree(["stat": "cpu 1\nbtime 12\n"])
    #expect(try tree.proc().bootTime.seconds == 12)
  }
}
