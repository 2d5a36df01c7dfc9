import ProcFS
import Processes

/// Memory that several processes have in common, and what the dead among them had of it.
struct SharedPool {
  /// Whether nothing is freed before all is: a file lives as long as anybody maps a page of it.
  private let isWhole: Bool
  /// What the dead had, by how many mappings there are of each page.
  private var claims: [Int: [Int]] = [:]
  /// Bytes that nobody has any more.
  private(set) var freed = 0

  init(isWhole: Bool) {
    self.isWhole = isWhole
  }

  /// Somebody has died that had this.
  mutating func add(_ shares: MappedMemory.Shares) {
    for (count, bytes) in shares.bytes { claims[count, default: []].append(bytes) }
  }

  mutating func update() {
    let parts = claims.map { count, claims in
      (freed: Self.freed(claims, mappings: count), largest: claims.max() ?? 0)
    }
    // What is told in kB has lost up to one for each mapping.
    let isComplete = parts.allSatisfy { $0.freed >= $0.largest - $0.largest / 50 - Self.smallPart }
    freed = isWhole && !isComplete ? 0 : ProcessStatus.sum(parts.map(\.freed))
  }

  /// Of a part between two numbers of sharers, which is a matter of rounding.
  private static let smallPart = 64 << 10

  /// How much at most can have lost all its mappings: of each byte there must have been so many, each in
  /// another claim.
  private static func freed(_ claims: [Int], mappings: Int) -> Int {
    if mappings == 1 { return ProcessStatus.sum(claims) }
    guard claims.count >= mappings else { return 0 }
    var low = 0
    var high = claims.max() ?? 0
    while low < high {
      let middle = low + (high - low + 1) / 2
      let sum = claims.reduce(Int128(0)) { $0 + Int128(min($1, middle)) }
      if sum >= Int128(middle) * Int128(mappings) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
