import Arguments

/// A time that isn't too short to look at all processes.
package struct Seconds: ArgumentValue, Equatable {
  package let number: Int

  static let placeholder = "SECONDS"
  static let expectation = "a whole number from 1 to 86400"

  package init(_ number: Int) {
    self.number = number
  }

  init?(argument: String) {
    guard let number = Int(argument), (1...86400).contains(number) else { return nil }
    self.number = number
  }
}
