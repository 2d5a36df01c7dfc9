import Testing

@testable import CivilTime

@Suite("A file of the zone database")
struct ZoneFileTests {
  /// A block's header: of how much there is how many, as the file has it.
  private static func header(_ counts: [Int]) -> [UInt8] {
    Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { big($0, 4) }
  }

  private static func big(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// Both blocks, each with a change to one hour east at a time that fits into either, and leap seconds, of
  /// which files under `right/` tell; a rule for the years after them.
  private static func file(leapSeconds: Int) -> [UInt8] {
    let blocks = [4, 8].map { width in
      header([2, 2, leapSeconds, 1, 2, 8])
        + big(1_000_000, width) + [1]
        + big(0, 4) + [0, 0] + big(3600, 4) + [0, 4]
        + Array("UTC\0CET\0".utf8)
        + (0..<leapSeconds).flatMap { big(2_000_000 + $0, width) + big($0 + 1, 4) }
        + [0, 0] + [0, 0]
    }
    return blocks.joined() + Array("\nXXX-2\n".utf8)
  }

  @Test("is read past all its tables, to the rule behind them", arguments: [0, 1, 27])
  func tables(leapSeconds: Int) throws {
    let rules = try #require(ZoneRules(file: Self.file(leapSeconds: leapSeconds)))
    #expect(rules.offset(at: 999_999) == 0)
    #expect(rules.yearly?.offset(at: 3_000_000) == 7200)
  }

  @Test("is refused where it is cut")
  func cut() {
    let bytes = Self.file(leapSeconds: 1)
    let end = bytes.count - "\nXXX-2\n".utf8.count
    for count in 0..<end { #expect(ZoneRules(file: Array(bytes.prefix(count))) == nil) }
    #expect(ZoneRules(file: Array(bytes.prefix(end))) != nil)
  }

  /// The first version: one block with narrow numbers, and the given kind at its only change.
  private func old(kind: UInt8 = 1, kinds: Int = 2, version: UInt8 = 0) -> [UInt8] {
    var header = Self.header([0, 0, 0, 1, kinds, 0])
    header[4] = version
    let ways = [Self.big(-3600, 4) + [0, 0], Self.big(7200, 4) + [1, 0]]
    return header + Self.big(-1_000_000, 4) + [kind] + ways.prefix(kinds).joined()
  }

  @Test("of the first version has no rule, but moments before 1970, too")
  func firstVersion() throws {
    let rules = try #require(ZoneRules(file: old()))
    #expect(rules.offset(at: -1_000_001) == -3600 && rules.offset(at: -1_000_000) == 7200)
    #expect(rules.yearly == nil)
    #expect(ZoneRules(file: old(version: UInt8(ascii: "2"))) == nil)
  }

  @Test("is refused where it names kinds that it hasn't, or is too large")
  func wrong() {
    #expect(ZoneRules(file: old(kind: 2)) == nil && ZoneRules(file: old(kind: 0)) != nil)
    #expect(ZoneRules(file: old(kind: 0, kinds: 0)) == nil)
    var bytes = old()
    bytes[0] = 0
    #expect(ZoneRules(file: bytes) == nil)
    bytes = old()
    // 65537 leap seconds, or less than none.
    bytes.replaceSubrange(28..<32, with: [0, 1, 0, 1])
    #expect(ZoneRules(file: bytes + [UInt8](repeating: 0, count: 9 << 16)) == nil)
    bytes.replaceSubrange(28..<32, with: [255, 255, 255, 255])
    #expect(ZoneRules(file: bytes) == nil)
    bytes.replaceSubrange(28..<32, with: [0, 1, 0, 0])
    #expect(ZoneRules(file: bytes + [UInt8](repeating: 0, count: 9 << 16)) != nil)
  }

  @Test("may have no changes at all")
  func fixed() throws {
    let bytes = [4, 8].map { _ in Self.header([0, 0, 0, 0, 1, 0]) + Self.big(5, 4) + [0, 0] }
    let rules = try #require(ZoneRules(file: bytes.joined() + Array("\n\n".utf8)))
    #expect(rules.offset(at: 0) == 5 && rules.yearly == nil)
    #expect(
      ZoneRules(file: Self.header([0, 0, 0, 0, 0, 0]) + Self.header([0, 0, 0, 0, 0, 0]))
        == ZoneRules())
  }
}
