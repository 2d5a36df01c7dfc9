/// Memory nodes as the kernel lists them, `0-1,3` (cpuset(7), List format).
public struct NodeList: Equatable, Sendable {
  /// The numbers of the nodes, as they were listed; each from 0 to 1023.
  public let numbers: [Int]
  /// The list as it was written.
  public let text: String

  /// `nil` for what is no such list.
  public init?(_ text: String) {
    var numbers: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.first?.isNumber ?? false ? Int($0) : nil }
      guard let first = ends[0], let last = ends.count > 1 ? ends[1] : first,
        (0..<1024).contains(first), (first..<1024).contains(last)
      else { return nil }
      numbers += first...last
    }
    self.numbers = numbers
    self.text = text
  }
}
