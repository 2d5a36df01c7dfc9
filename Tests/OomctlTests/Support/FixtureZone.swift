import TestSupport

/// A memory zone of a made machine; amounts are pages.
struct FixtureZone {
  var node = 0
  var name: String
  var free: Int
  var min: Int
  var low: Int
  var high: Int
  var managed: Int
  var protection: [Int] = []
  /// `nil` as to 2.6.27.
  var cache: Int? = 0
  /// Free blocks by order.
  var blocks = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100]

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
  func with(_ zones: [FixtureZone]) -> Self {
    with {
      $0.files["proc/zoneinfo"] = .file(Array(zones.map(\.text).joined().utf8))
      $0.files["proc/buddyinfo"] = .file(Array(zones.map(\.blockLine).joined().utf8))
    }
  }

  /// The same with these lines in `meminfo`, in kB, in place of those that follow from the rest.
  func with(memory lines: [(String, Int)]) -> Self {
    let text = lines.map { "\($0.0): \($0.1) kB\n" }.joined()
    return with { $0.files["proc/meminfo"] = .file(Array(text.utf8)) }
  }
}
