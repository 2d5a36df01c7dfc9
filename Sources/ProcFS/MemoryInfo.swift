/// `/proc/meminfo` (proc_meminfo(5), fs/proc/meminfo.c). A line that this kernel doesn't print is `nil`.
public struct MemoryInfo: Hashable, Sendable {
  /// The lines that are kept, spelt as the kernel does.
  public enum Line: String, Sendable, CaseIterable {
    case total = "MemTotal"
    case free = "MemFree"
    case available = "MemAvailable"
    case buffers = "Buffers"
    case cached = "Cached"
    case reclaimableSlab = "SReclaimable"
    case highTotal = "HighTotal"
    case highFree = "HighFree"
    case lowTotal = "LowTotal"
    case lowFree = "LowFree"
    case swapTotal = "SwapTotal"
    case swapFree = "SwapFree"
    case commitLimit = "CommitLimit"
    case committed = "Committed_AS"
    case vmallocTotal = "VmallocTotal"
  }

  private var values: [Line: Kibibytes] = [:]

  /// The amount in a line; `nil` when this kernel doesn't print it.
  public subscript(line: Line) -> Kibibytes? { values[line] }

  /// Whether it is a kernel with 32-bit `long`s: its address space for vmalloc is at most 4 GiB.
  public var is32Bit: Bool? {
    values[.vmallocTotal].map { $0.count > 0 && $0.count <= 4 << 20 }
  }
}

extension MemoryInfo: KernelText {
  public static var expectation: String { "lines of meminfo, as MemTotal: 16314580 kB" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = text.key(at: &cursor)
      if let line = Line(rawValue: text.text(in: key)), let amount = cursor.integer(in: text) {
        values[line] = Kibibytes(amount)
      }
      _ = cursor.line(in: text)
    }
    guard values[.total] != nil else { return nil }
  }
}
