import Arguments

/// Memory nodes as the kernel lists them, `0-1,3`.
struct NodeList: ArgumentValue, Equatable {
  let numbers: [Int]
  let text: String

  static let placeholder = "NODES"
  static let expectation = "memory nodes, as 0-1,3"

  init?(argument: String) {
    var numbers: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.first?.isNumber ?? false ? Int($0) : nil }
      guard let first = ends[0], let last = ends.count > 1 ? ends[1] : first,
        (0..<1024).contains(first), (first..<1024).contains(last)
      else { return nil }
      numbers += first...last
    }
    self.numbers = numbers
    text = argument
  }
}
