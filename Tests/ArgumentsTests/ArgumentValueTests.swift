import Testing

@testable import Arguments

@Suite("A value that a user can type")
struct ArgumentValueTests {
  private enum Few: String, CaseIterable, ArgumentValue { case a, b, c, d }
  private enum Many: String, CaseIterable, ArgumentValue { case a, b, c, d, e }

  @Test("is shown with its choices, as long as they are four at most")
  func choices() {
    #expect(Few.placeholder == "a|b|c|d" && Many.placeholder == "WORD")
    #expect(
      Few.expectation == "one of a, b, c, d" && Few.completion == .choices(["a", "b", "c", "d"]))
    #expect(Few(argument: "d") == .d && Few(argument: "e") == nil)
  }
}
