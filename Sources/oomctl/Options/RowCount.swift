import Arguments

/// How many rows to show.
struct RowCount: ArgumentValue, Equatable {
  let number: Int

  static let placeholder = "N"
  static let expectation = "a whole number from 1 to 1000000"

  init(_ number: Int) {
    self.number = number
  }

  init?(argument: String) {
    guard let number = Int(argument), (1...1_000_000).contains(number) else { return nil }
    self.number = number
  }
}
