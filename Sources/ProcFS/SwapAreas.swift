/// Swap devices and files, from `/proc/swaps` (mm/swapfile.c `swap_show`).
public struct SwapAreas: Hashable, Sendable {
  /// In the kernel's order.
  public var areas: [Area] = []

  /// One device or file.
  public struct Area: Hashable, Sendable {
    /// Its path, as `/dev/zram0`; blanks are spelt out, as `\040`.
    public var name: String
    /// Bytes.
    public var size: Int
    /// Bytes of it in use.
    public var used: Int
  }

  /// Bytes of all together, those included that are being switched off.
  public var size: Int { areas.reduce(0) { $0 &+ $1.size } }
}

extension SwapAreas: KernelText {
  public static var expectation: String { "lines of a name, a type, two sizes and a priority" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    // The headings.
    guard !cursor.line(in: text).isEmpty else { return nil }
    while !cursor.isAtEnd(in: text) {
      // The kernel spells blanks in names out.
      let name = text.text(in: cursor.word(in: text))
      cursor.skipBlanks(in: text)
      guard !name.isEmpty, !cursor.word(in: text).isEmpty else { return nil }
      cursor.skipBlanks(in: text)
      guard let size = Self.bytes(at: &cursor, in: text) else { return nil }
      cursor.skipBlanks(in: text)
      guard let used = Self.bytes(at: &cursor, in: text) else { return nil }
      areas.append(Area(name: name, size: size, used: used))
      _ = cursor.line(in: text)
    }
  }

  private static func bytes(at cursor: inout Cursor, in text: Span<UInt8>) -> Int? {
    guard let kibibytes = cursor.integer(in: text), kibibytes >= 0, kibibytes <= Int.max >> 20
    else { return nil }
    return kibibytes << 10
  }
}

extension ProcFS {
  /// The areas that there are to swap to.
  public var swapAreas: SwapAreas {
    get throws(ProcFSError) { try directory.read("swaps") }
  }
}
