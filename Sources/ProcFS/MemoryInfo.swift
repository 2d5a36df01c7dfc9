/// `/proc/meminfo` (proc_meminfo(5), fs/proc/meminfo.c). A line that this kernel doesn't print is `nil`.
public struct MemoryInfo: Hashable, Sendable {
  /// The lines that are kept, spelt as the kernel does.
  public enum Line: String, Sendable, CaseIterable {
    case total = "MemTotal"
    case free = "MemFree"
    case available = "MemAvailable"
    case buffers = "Buffers"
    case cached = "Cached"
    case anonymous = "AnonPages"
    /// Shared memory and tmpfs.
    case shared = "Shmem"
    case slab = "Slab"
    case reclaimableSlab = "SReclaimable"
    case unreclaimableSlab = "SUnreclaim"
    case kernelStacks = "KernelStack"
    case pageTables = "PageTables"
    case perProcessor = "Percpu"
    case highTotal = "HighTotal"
    case highFree = "HighFree"
    case lowTotal = "LowTotal"
    case lowFree = "LowFree"
    case swapTotal = "SwapTotal"
    case swapFree = "SwapFree"
    case commitLimit = "CommitLimit"
    case committed = "Committed_AS"
    case vmallocTotal = "VmallocTotal"
    /// All huge pages of every size; from 4.19.
    case hugePages = "Hugetlb"
    /// One huge page of the default size.
    case hugePageSize = "Hugepagesize"
  }

  /// The lines about huge pages of the default size that count pages (mm/hugetlb.c
  /// `hugetlb_report_meminfo`).
  public enum HugePageCount: String, Sendable, CaseIterable {
    case total = "HugePages_Total"
    case free = "HugePages_Free"
    /// Promised, but not yet handed out.
    case reserved = "HugePages_Rsvd"
  }

  private var values: [Line: Kibibytes] = [:]
  private var counts: [HugePageCount: Int] = [:]

  /// The amount in a line; `nil` when this kernel doesn't print it.
  public subscript(line: Line) -> Kibibytes? { values[line] }

  /// A number of huge pages; `nil` when this kernel doesn't print it.
  public subscript(hugePages count: HugePageCount) -> Int? { counts[count] }

  /// All that is set aside for huge pages. To 4.18 only the default size is told, and a second one is left
  /// out; `nil` when this kernel knows none.
  public var hugePagePool: Kibibytes? {
    if let pool = values[.hugePages] { return pool }
    guard let count = counts[.total], let size = values[.hugePageSize] else { return nil }
    return Kibibytes(Int(clamping: Int128(count) * Int128(size.count)))
  }

  /// True for a kernel with 32-bit `long`s: its address space for vmalloc is at most 4 GiB.
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
      let name = text.text(in: key)
      if let line = Line(rawValue: name) {
        values[line] = cursor.integer(in: text).map(Kibibytes.init)
      } else if text.starts(with: "HugePages_", at: key.lowerBound),
        let count = HugePageCount(rawValue: name)
      {
        counts[count] = cursor.integer(in: text)
      }
      _ = cursor.line(in: text)
    }
    guard values[.total] != nil else { return nil }
  }
}
