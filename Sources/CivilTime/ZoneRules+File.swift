/// A file of the zone database (tzfile(5), RFC 9636).
extension ZoneRules {
  package init?(file bytes: [UInt8]) {
    guard let old = Block(in: bytes, at: 0, isWide: false) else { return nil }
    // From its second version on everything stands there again, with room for every year.
    let isWide = bytes[4] > 0
    let block = isWide ? Block(in: bytes, at: old.end, isWide: true) : old
    guard let block else { return nil }
    let offsets = (0..<block.kinds).map { block.offset(of: $0, in: bytes) }
    for index in 0..<block.count {
      let kind = block.kind(at: index, in: bytes)
      guard offsets.indices.contains(kind) else { return nil }
      changes.append(Change(moment: block.moment(at: index, in: bytes), offset: offsets[kind]))
    }
    first = offsets.first ?? 0
    guard isWide else { return }
    let footer = bytes[block.end...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    yearly = YearlyRule(String(decoding: footer, as: UTF8.self))
  }

  /// The places of a block's tables.
  private struct Block {
    let count: Int
    let kinds: Int
    let end: Int
    private let start: Int
    private let width: Int

    init?(in bytes: [UInt8], at offset: Int, isWide: Bool) {
      guard bytes.count >= offset + 44, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      let counts = (0..<6).map { Self.number(at: offset + 20 + 4 * $0, width: 4, in: bytes) }
      guard counts.allSatisfy({ (0...1 << 16).contains($0) }) else { return nil }
      width = isWide ? 8 : 4
      start = offset + 44
      count = counts[3]
      kinds = counts[4]
      end =
        start + count * (width + 1) + kinds * 6 + counts[5] + counts[2] * (width + 4)
        + counts[1] + counts[0]
      guard end <= bytes.count else { return nil }
    }

    func moment(at index: Int, in bytes: [UInt8]) -> Int {
      Self.number(at: start + index * width, width: width, in: bytes)
    }

    func kind(at index: Int, in bytes: [UInt8]) -> Int {
      Int(bytes[start + count * width + index])
    }

    func offset(of kind: Int, in bytes: [UInt8]) -> Int {
      Self.number(at: start + count * (width + 1) + kind * 6, width: 4, in: bytes)
    }

    /// With a sign, the highest byte first.
    private static func number(at offset: Int, width: Int, in bytes: [UInt8]) -> Int {
      bytes[offset..<offset + width].reduce(bytes[offset] > 127 ? -1 : 0) { $0 << 8 | Int($1) }
    }
  }
}
