extension String {
  /// The candidate that was probably meant.
  ///
  /// At most two slips away and fewer than half the word's letters, else the only one that begins
  /// with the word.
  package func closest(among candidates: [String]) -> String? {
    let length = unicodeScalars.count
    let nearest =
      candidates
      .map { (candidate: $0, slips: slips(to: $0)) }
      .filter { $0.slips <= 2 && 2 * $0.slips < length }
      .min { $0.slips < $1.slips }
    if let nearest { return nearest.candidate }
    let longer = isEmpty ? [] : candidates.filter { $0.utf8.starts(with: utf8) }
    return longer.count == 1 ? longer.first : nil
  }

  /// The number of letters that must be added, left out, changed or swapped with their neighbour; 3
  /// means three or more where the lengths alone tell it.
  private func slips(to other: String) -> Int {
    let from = Array(unicodeScalars)
    let to = Array(other.unicodeScalars)
    guard abs(from.count - to.count) <= 2 else { return 3 }
    var beforeLast: [Int] = []
    var last = Array(0...to.count)
    for row in from.indices {
      var current = [row + 1]
      for column in to.indices {
        let change = last[column] + (from[row] == to[column] ? 0 : 1)
        var fewest = Swift.min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0 && column > 0 && from[row] == to[column - 1] && from[row - 1] == to[column] {
          fewest = Swift.min(fewest, beforeLast[column - 1] + 1)
        }
        current.append(fewest)
      }
      (beforeLast, last) = (last, current)
    }
    return last[to.count]
  }
}
