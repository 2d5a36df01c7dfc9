import Badness
import Testing

@testable import Core

@Suite("Values that are typed")
struct ArgumentValueTests {
  @Test(
    "are intervals in seconds, down to a tenth",
    arguments: [
      ("1", 1000), ("0.1", 100), ("0.100", 100), ("0.5", 500), ("0.25", 250), ("1.005", 1005),
      ("10", 10_000),
      ("86400", 86_400_000), ("86400.0", 86_400_000), ("086400", 86_400_000), ("0.099", nil),
      ("0", nil), ("86400.001", nil),
      ("86401", nil), ("1.", nil), (".5", nil), ("0.1000", nil), ("1.5.5", nil), ("-1", nil),
      ("+1", nil),
      ("1.-5", nil), ("x", nil), ("", nil), ("٣", nil), ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func intervals(argument: String, milliseconds: Int?) {
    #expect(Interval(argument: argument)?.milliseconds == milliseconds)
  }

  @Test(
    "are shown as they are typed",
    arguments: [
      (1000, "1"), (100, "0.1"), (1005, "1.005"), (1050, "1.05"), (250, "0.25"),
      (86_400_000, "86400"),
    ])
  func intervalText(milliseconds: Int, text: String) {
    #expect(Interval(milliseconds: milliseconds).text == text)
    #expect(Interval(argument: text)?.milliseconds == milliseconds)
  }

  @Test(
    "are sizes",
    arguments: [
      ("0", 0), ("1000000", 1_000_000), ("1B", 1), ("2K", 2048), ("3M", 3_145_728),
      ("1G", 1_073_741_824),
      ("1T", 1_099_511_627_776), ("1KiB", 1024), ("1MiB", 1_048_576), ("1GiB", 1_073_741_824),
      ("1TiB", 1_099_511_627_776), ("1kB", 1000), ("1MB", 1_000_000), ("1GB", 1_000_000_000),
      ("1TB", 1_000_000_000_000), ("8388607T", 9_223_370_937_343_148_032), ("8388608T", nil),
      ("1k", nil),
      ("1KB", nil), ("K", nil), ("", nil), ("-1", nil), ("1 K", nil), ("1.5G", nil), ("٣", nil),
    ] as [(String, Int?)])
  func sizes(argument: String, bytes: Int?) {
    #expect(ByteCount(argument: argument)?.bytes == bytes)
  }

  @Test(
    "are page sizes",
    arguments: [
      ("1024", 1024), ("4096", 4096), ("64K", 65_536), ("1M", 1_048_576), ("512", nil),
      ("1023", nil),
      ("2M", nil), ("1048577", nil), ("3K", nil), ("12288", nil), ("0", nil), ("x", nil),
    ] as [(String, Int?)])
  func pageSizes(argument: String, bytes: Int?) {
    #expect(PageSizeName(argument: argument)?.bytes == bytes)
  }

  @Test(
    "are whole numbers within bounds",
    arguments: [
      ("0", nil, nil), ("1", 1, 1), ("86400", 86400, 86400), ("86401", nil, 86401),
      ("1000000", nil, 1_000_000), ("1000001", nil, nil), ("-1", nil, nil), ("1.0", nil, nil),
    ] as [(String, Int?, Int?)])
  func numbers(argument: String, seconds: Int?, rows: Int?) {
    #expect(Seconds(argument: argument)?.number == seconds)
    #expect(RowCount(argument: argument)?.number == rows)
  }

  @Test("are kernels from 2.4 on, and rules by the kernel that they came with")
  func kernels() {
    for (argument, isKnown) in [
      ("2.4", true), ("6.1.0-50-amd64", true), ("2.2", false), ("x", false),
    ] {
      #expect((KernelName(argument: argument) != nil) == isKnown)
    }
    #expect(RuleName(argument: "5.9")?.rule.since == KernelVersion(5, 9))
    #expect(RuleName(argument: "5.8") == nil)
    #expect(MachineOptions(wordSizeName: .bits32).wordSize == .bits32)
    #expect(MachineOptions(wordSizeName: .bits64).wordSize == .bits64)
    #expect(MachineOptions().wordSize == nil)
  }

  @Test("are texts that aren't empty")
  func texts() {
    #expect(PlainText(argument: " ")?.text == " ")
    #expect(PlainText(argument: "") == nil)
  }
}

@Suite("Small words of messages")
struct SmallWordsTests {
  @Test(
    "count places",
    arguments: [
      (0, "0th"), (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (9, "9th"), (10, "10th"),
      (11, "11th"), (12, "12th"),
      (13, "13th"), (14, "14th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (101, "101st"),
      (111, "111th"),
      (112, "112th"), (113, "113th"), (114, "114th"), (121, "121st"),
    ])
  func ordinals(number: Int, text: String) {
    #expect(number.ordinal == text)
  }

  @Test(
    "name the last part of a path",
    arguments: [
      ("/a/b", "b"), ("/a/b/", "b"), ("a", "a"), ("/", "/"), ("", ""), ("a//b", "b"),
    ])
  func paths(path: String, last: String) {
    #expect(path.lastPathComponent == last)
  }

  @Test(
    "are quoted for a unit's file",
    arguments: [
      ("/usr/bin/a", "/usr/bin/a"), ("/a b", "\"/a b\""), ("a'b", "\"a'b\""), ("a;b", "\"a;b\""),
      ("a%b", "\"a%%b\""), ("a$b", "\"a$$b\""), ("a\"b", #""a\"b""#), (#"a\b"#, #""a\\b""#),
      ("a,b", "a,b"),
    ])
  func units(word: String, quoted: String) {
    #expect(UnitText.quoted(word) == quoted)
  }

  @Test("begin sentences")
  func capitals() {
    #expect("abc".capitalizedFirst == "Abc")
    #expect("".capitalizedFirst == "")
  }

  @Test("are sums that stay at the end of their scale")
  func saturation() {
    #expect(Int8(100).addingSaturating(27) == 127)
    #expect(Int8(100).addingSaturating(28) == 127)
    #expect(Int8(-100).addingSaturating(-28) == -128)
    #expect(Int8(-100).addingSaturating(-29) == -128)
    #expect(Int8(100).addingSaturating(-100) == 0)
    for (one, other, product) in [
      (10, 12, 120), (10, 13, 127), (-10, -13, 127), (-10, 13, -128), (10, -13, -128), (0, -128, 0),
      (-1, -128, 127),
      (1, -128, -128),
    ] as [(Int8, Int8, Int8)] {
      #expect(one.multipliedSaturating(by: other) == product)
    }
  }
}
