import Testing

@testable import LogLines

@Suite("The wrapping of a line")
struct WrappingTests {
  private static let message = "Out of memory: Killed process 700 (java)"

  @Test(
    "is taken off, whoever has put it around the kernel's words",
    arguments: [
      "", "[   12.345678] ", "<6>[   12.345678] ", "[   12.345678][  T700] ", "6,12,12345678,-;",
      "kern  :err   : [   12.345678] ", "Nov 12 12:30:02 host kernel: ",
      "Nov 12 12:30:02 host kernel: [   12.345678] ",
      "2019-11-12T12:30:02.123456+01:00 host kernel: ",
      "Tue 2019-11-12 12:30:02 CET host kernel: ", "1573558202.123456 host kernel: ",
      "> > [   12.345678] ", "messages-2:17:Nov 12 12:30:02 host kernel: ",
    ])
  func forms(prefix: String) {
    let line = Array((prefix + Self.message).utf8)
    let wrapping = Wrapping(of: line.span)
    #expect(line.span.extracting(wrapping.textStart..<line.count).text == Self.message)
  }
}
