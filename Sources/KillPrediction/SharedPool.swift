import ProcFS
import Processes

/// Memory that several processes have in common, and the parts that the dead among them had.
struct SharedPool {
  /// True if nothing is freed until all of it is: a file lives as long as a process maps a page of
  /// it.
  private let isWhole: Bool
  /// The parts that the dead had, by the number of mappings of each page.
  private var claims: [Int: [Int]] = [:]
  /// Bytes that no process has any more.
  private(set) var freed = 0

  init(isWhole: Bool) {
    self.isWhole = isWhole
  }

  /// Adds the part of a process that has died.
  mutating func add(_ shares: MappedMemory.Shares) {
    for (count, bytes) in shares.bytes { claims[count, default: []].append(bytes) }
  }

  mutating func update() {
    let parts = claims.map { count, claims in
      (freed: Self.freed(claims, mappings: count), largest: claims.max() ?? 0)
    }
    // Sizes in kB have lost up to one for each mapping.
    let isComplete = parts.allSatisfy { $0.freed >= $0.largest - $0.largest / 50 - Self.smallPart }
    freed = isWhole && !isComplete ? 0 : ProcessStatus.sum(parts.map(\.freed))
  }

  /// The part, in bytes, that may be missing because of rounding between two numbers of sharers.
  private static let smallPart = 64 << 10

  /// The most bytes that can have lost all their mappings: each byte must have been in that many
  /// different claims.
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
