import Arguments

/// The number of processes that take part in a drill.
struct MemberCount: ArgumentValue, Equatable {
  let number: Int

  static let placeholder = "N"
  static let expectation = "a whole number from 1 to 16"

  init?(argument: String) {
    guard let number = Int(argument), (1...16).contains(number) else { return nil }
    self.number = number
  }
}
