import Testing

@testable import LogSources

@Suite("The first bytes of a packed file")
struct PackedFormatTests {
  @Test(
    "are its mark, and all of that",
    arguments: [
      ([0x1F, 0x8B], .gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz),
      ([0x28, 0xB5, 0x2F, 0xFD], .zstd),
      ([0x42, 0x5A, 0x68], .bzip2), ([0x04, 0x22, 0x4D, 0x18], .lz4),
      (Array("LPKSHHRH".utf8), .journal),
    ] as [([UInt8], PackedFormat)])
  func marks(mark: [UInt8], format: PackedFormat) {
    let longer = mark + [0]
    #expect(PackedFormat(beginning: mark.span) == format)
    #expect(PackedFormat(beginning: longer.span) == format)
    for index in mark.indices {
      var other = mark
      other[index] ^= 1
      #expect(PackedFormat(beginning: mark.span.extracting(first: index)) == nil)
      #expect(PackedFormat(beginning: other.span) == nil)
    }
  }
}
