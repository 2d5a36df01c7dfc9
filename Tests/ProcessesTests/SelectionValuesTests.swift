import Testing

@testable import Processes

@Suite("The number of a process")
struct SelectionValuesTests {
  @Test(
    "is of digits alone, and above 0",
    arguments: [
      ("1", true), ("2147483647", true), ("2147483648", false), ("0", false), ("-1", false),
      ("+1", false), ("", false), ("1 ", false), ("\u{0661}", false), ("7:1", true), ("7:", false),
      ("7:x", false), (":7", false),
    ])
  func number(argument: String, isOne: Bool) {
    #expect((ProcessNumber(argument: argument) != nil) == isOne)
  }
}
