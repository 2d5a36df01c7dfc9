import TestSupport

/// A memory zone of a made machine; amounts are pages.
package struct FixtureZone {
  package var node = 0
  package var name: String
  package var free: Int
  package var min: Int
  package var low: Int
  package var high: Int
  package var managed: Int
  package var protection: [Int] = []
  /// `nil` as to 2.6.27.
  package var cache: Int? = 0
  /// Free blocks by order.
  package var blocks = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100]

  package init(
    node: Int = 0, name: String, free: Int, min: Int, low: Int, high: Int, managed: Int,
    protection: [Int] = [], cache: Int? = 0, blocks: [Int] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100]
  ) {
    self.node = node
    self.name = name
    self.free = free
    self.min = min
    self.low = low
    self.high = high
    self.managed = managed
    self.protection = protection
    self.cache = cache
    self.blocks = blocks
  }

  fileprivate var text: String {
    let reserve = protection.map(String.init).joined(separator: ", ")
    return """
      Node \(node), zone \(name)
        pages free     \(free)
              min      \(min)
              low      \(low)
              high     \(high)
              spanned  \(managed)
              present  \(managed)
              managed  \(managed)
              protection: (\(reserve))

      """ + (cache.map { "      nr_zone_inactive_file \($0)\n      nr_zone_active_file 0\n" } ?? "")
  }

  fileprivate var blockLine: String {
    "Node \(node), zone \(name) " + blocks.map(String.init).joined(separator: " ") + "\n"
  }
}

extension FixtureMachine {
  /// The same with other zones.
  package func with(_ zones: [FixtureZone]) -> Self {
    with {
      $0.files["proc/zoneinfo"] = .file(Array(zones.map(\.text).joined().utf8))
      $0.files["proc/buddyinfo"] = .file(Array(zones.map(\.blockLine).joined().utf8))
    }
  }

  /// The same with these lines in `meminfo`, in kB, in place of those that follow from the rest.
  package func with(memory lines: [(String, Int)]) -> Self {
    let text = lines.map { "\($0.0): \($0.1) kB\n" }.joined()
    return with { $0.files["proc/meminfo"] = .file(Array(text.utf8)) }
  }
}
