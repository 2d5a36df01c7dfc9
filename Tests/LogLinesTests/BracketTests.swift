import Testing

@testable import LogLines

@Suite("Brackets before a line")
struct BracketTests {
  @Test(
    "hold the kernel's own time",
    arguments: [
      ("[    1.000000] x", "+1000000 | x"),
      ("[1.5]x", "+1500000 | x"),
      ("[1.1234567] x", "+1123456 | x"),
      ("[1.12345] x", "+1123450 | x"),
      ("[    5.000000 <    0.000012>] x", "+5000000 | x"),
      ("[    5.000000 >] x", "bare | [    5.000000 >] x"),
      ("[1.] x", "bare | [1.] x"),
      ("[.5] x", "bare | [.5] x"),
      ("[17] x", "bare | [17] x"),
      ("[9223372036854.775807] x", "+9223372036854775807 | x"),
      ("[9223372036854.775808] x", "bare | [9223372036854.775808] x"),
      ("[9223372036855.000000] x", "bare | [9223372036855.000000] x"),
      ("[  1.000000 x", "bare | [  1.000000 x"),
      ("[] x", "bare | [] x"),
      ("[+0.000012] x", " | x"),
      ("[+x] x", "bare | [+x] x"),
      ("[<    0.000012>] x", " | x"),
      ("[<    0.000012] x", "bare | [<    0.000012] x"),
      ("[<x>] x", "bare | [<x>] x"),
    ])
  func seconds(line: String, expected: String) {
    #expect(shown(line) == expected.drop { $0 == " " })
  }

  @Test(
    "hold who printed it",
    arguments: [
      ("[    1.000000][   T12] x", "+1000000 T12 | x"), ("[C3] x", "C3 | x"),
      ("[T] x", "bare | [T] x"), ("[T1x] x", "bare | [T1x] x"), ("[A1] x", "bare | [A1] x"),
    ])
  func callers(line: String, expected: String) {
    #expect(shown(line) == expected)
  }

  @Test(
    "hold a date in words, whatever their order and language",
    arguments: [
      ("[Tue Nov 12 12:30:02 2019] x", "2019-11-12 12:30:2 | x"),
      ("[Nov12 12:30] x", "?-11-12 12:30:0 | x"),
      ("[mar. 3 déc. 2019 12:30:02] x", "2019-12-3 12:30:2 | x"),
      ("[Di 12. Nov 12:30:02 2019] x", "2019-11-12 12:30:2 | x"),
      ("[a1:30 3] x", "?-?-3 1:30:0 | x"),
      ("[a 1:30 1] x", "?-?-1 1:30:0 | x"),
      ("[a 1:30 31] x", "?-?-31 1:30:0 | x"),
      ("[a 1:30 32] x", "bare | [a 1:30 32] x"),
      ("[a 1:30 0] x", "bare | [a 1:30 0] x"),
      ("[Nov 12 123 12:30] x", "?-11-12 12:30:0 | x"),
      ("[Nov 12 12345 12:30] x", "?-11-12 12:30:0 | x"),
      ("[Nov 12:30:02 2019] x", "bare | [Nov 12:30:02 2019] x"),
      ("[ab:30 3] x", "bare | [ab:30 3] x"),
      ("[:30 3] x", "bare | [:30 3] x"),
      ("[Nov 12 12 30] x", "bare | [Nov 12 12 30] x"),
      ("[2019-11-12T12:30:02] x", "2019-11-12 12:30:2 | x"),
    ])
  func dates(line: String, expected: String) {
    #expect(shown(line) == expected)
  }

  @Test("aren't looked for further than any time is long", arguments: [(64, true), (65, false)])
  func width(width: Int, isTime: Bool) {
    let time = String(repeating: " ", count: width - 3) + "1.5"
    #expect(shown("[\(time)] x") == (isTime ? "+1500000 | x" : "bare | [\(time)] x"))
  }

  @Test(
    "have a host and a tag behind them in the journal's short form",
    arguments: [
      ("[    1.000000] h kernel: x", "+1000000 on h kernel | x"),
      ("[    1.000000] h earlyoom[5]: x", "+1000000 on h by earlyoom | x"),
      ("[    1.000000] h cron[5]: x", "+1000000 | h cron[5]: x"),
      ("[    1.000000] kernel: x", "+1000000 | kernel: x"),
      ("[    1.000000] h", "+1000000 | h"),
    ])
  func tags(line: String, expected: String) {
    #expect(shown(line) == expected)
  }
}
