/// Swap devices and files, from `/proc/swaps` (mm/swapfile.c `swap_show`).
public struct SwapAreas: Hashable, Sendable {
  /// Bytes of all together, those included that are being switched off.
  public var size = 0
}

extension SwapAreas: KernelText {
  public static var expectation: String { "lines of a name, a type, two sizes and a priority" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    // The headings.
    guard !cursor.line(in: text).isEmpty else { return nil }
    while !cursor.isAtEnd(in: text) {
      // The kernel spells blanks in names out.
      for _ in 0..<2 {
        guard !cursor.word(in: text).isEmpty else { return nil }
        cursor.skipBlanks(in: text)
      }
      guard let kibibytes = cursor.integer(in: text), kibibytes >= 0,
        kibibytes <= Int.max >> 20
      else { return nil }
      size &+= kibibytes << 10
      _ = cursor.line(in: text)
    }
  }
}

extension ProcFS {
  /// What there is to swap to.
  public var swapAreas: SwapAreas {
    get throws(ProcFSError) { try directory.read("swaps") }
  }
}
