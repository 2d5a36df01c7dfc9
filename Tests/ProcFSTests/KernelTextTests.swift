import ProcFS
import TestSupport
import Testing

@Suite("A file of one value")
struct KernelTextTests {
  @Test(
    "holds a whole number, or is malformed",
    arguments: [
      ("666\n", 666), ("-1000\n", -1000), ("  5", 5), ("\t5\n", 5), ("0", 0),
      ("9223372036854775807\n", .max), ("9223372036854775808\n", nil),
      ("12345678901234567890\n", nil), ("", nil), ("\n", nil), ("5 6\n", nil), ("5x\n", nil),
      ("five\n", nil), ("5\0", nil), ("0x5\n", nil),
    ] as [(String, Int?)])
  func integer(text: String, expected: Int?) {
    #expect(Int(text: text) == expected)
  }

  @Test(
    "holds a natural number, or is malformed",
    arguments: [
      ("18446744073709551615\n", .max), ("0\n", 0), (" 7", 7), ("18446744073709551616\n", nil),
      ("-1\n", nil), ("", nil), ("7 8", nil),
    ] as [(String, UInt64?)])
  func natural(text: String, expected: UInt64?) {
    #expect(UInt64(text: text) == expected)
  }

  @Test(
    "holds a line",
    arguments: [
      ("6.1.0\n", "6.1.0"), ("6.1.0", "6.1.0"), ("a b\nc\n", "a b"), ("", ""), ("\n", ""),
    ])
  func line(text: String, expected: String) {
    #expect(String(text: text) == expected)
  }

  @Test("is repaired where it isn't UTF-8")
  func repairs() {
    let bytes: [UInt8] = [0x61, 0xff, 0x62]
    let text = String(parsing: bytes.span)
    #expect(text == "a\u{fffd}b")
  }

  @Test(
    "says what it expected when it is malformed",
    arguments: [
      ("oom_score", "a number from 0 to 18446744073709551615"), ("oom_score_adj", "a whole number"),
      ("oom_adj", "a whole number"), ("stat", "the 24 or more fields of a process's stat"),
      ("status", "the lines of a process's status"), ("statm", "the numbers of a process's statm"),
      ("cgroup", "lines of ID:CONTROLLERS:PATH"),
    ])
  func complains(file: String, expected: String) throws {
    let tree = try FixtureTree(["17/\(file)": "?\n"])
    let process = try tree.process()
    let error = #expect(throws: ProcFSError.self) {
      switch file {
      case "oom_score": _ = try process.oomScore
      case "oom_score_adj": _ = try process.adjustment
      case "oom_adj": _ = try process.legacyAdjustment
      case "stat": _ = try process.stat
      case "status": _ = try process.status
      case "statm": _ = try process.sizes
      default: _ = try process.cgroups
      }
    }
    #expect(error?.description == "\(tree.path)/17/\(file): expected \(expected)")
  }
}
