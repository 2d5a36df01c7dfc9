/// The number of a Linux release, as far as it decides how memory is judged.
public struct KernelVersion: Hashable, Sendable {
  /// 6 in 6.1.176.
  public let major: Int
  /// 1 in 6.1.176.
  public let minor: Int
  /// 176 in 6.1.176; to 2.6 it is the number that tells the generation.
  public let patch: Int

  /// From its numbers.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }
}

extension KernelVersion {
  /// Reads the output of `uname -r`: `6.1.0-50-cloud-amd64`, `2.6.32-754.el6`, `7.2-rc1`.
  ///
  /// The text after the numbers is the distributor's and ignored. Refuses text that doesn't begin
  /// with two numbers, and numbers that no kernel will ever have.
  public init?(parsing release: String) {
    let parts = release.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return nil }
    let digits = parts.map { $0.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
    guard digits[0].count == parts[0].count,
      let major = Int(Substring(digits[0])), let minor = Int(Substring(digits[1]))
    else { return nil }
    // In "7.2-rc1.fc44" the last number belongs to the distributor.
    let isPatchNext = digits[1].count == parts[1].count && parts.count == 3 && !digits[2].isEmpty
    guard let patch = isPatchNext ? Int(Substring(digits[2])) : 0 else { return nil }
    self.init(major, minor, patch)
  }
}

extension KernelVersion: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension KernelVersion: CustomStringConvertible {
  /// The number as people write it: `2.4`, `2.6.0`, `2.6.36`, `5.9`, `6.1.10`.
  public var description: String {
    // In 2.6 the third number told releases apart, as the second does today.
    let isPatchShown = patch != 0 || (major, minor) == (2, 6)
    return "\(major).\(minor)" + (isPatchShown ? ".\(patch)" : "")
  }
}
