/// `/proc/meminfo` (proc_meminfo(5), fs/proc/meminfo.c). A line that this kernel doesn't print is `nil`.
public struct MemoryInfo: Hashable, Sendable {
  /// The lines that are asked for most, spelt as the kernel does.
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

  /// The numbers of all lines, in kibibytes but for counts of huge pages.
  private var values: [String: Int] = [:]

  /// The amount in a line; `nil` when this kernel doesn't print it.
  public subscript(line: Line) -> Kibibytes? { self[named: line.rawValue] }

  /// The amount in a line of any name, as `SwapCached`; `nil` when this kernel doesn't print it.
  public subscript(named name: String) -> Kibibytes? { values[name].map(Kibibytes.init) }

  /// A number of huge pages; `nil` when this kernel doesn't print it.
  public subscript(hugePages count: HugePageCount) -> Int? { values[count.rawValue] }

  /// What is in use, as free(1) of procps 4 tells it: all but what is available, which to 3.13 is what is free.
  public var used: Kibibytes? {
    guard let total = self[.total]?.count, let free = self[.free]?.count else { return nil }
    let available = self[.available]?.count ?? free
    // More than all is available where a container's view is wrong.
    return Kibibytes(max(0, total &- (available > total ? free : available)))
  }

  /// All that is set aside for huge pages. To 4.18 only the default size is told, and a second one is left
  /// out; `nil` when this kernel knows none.
  public var hugePagePool: Kibibytes? {
    if let pool = self[.hugePages] { return pool }
    guard let count = self[hugePages: .total], let size = self[.hugePageSize] else { return nil }
    return Kibibytes(Int(clamping: Int128(count) * Int128(size.count)))
  }

  /// True for a kernel with 32-bit `long`s: its address space for vmalloc is at most 4 GiB.
  public var is32Bit: Bool? {
    self[.vmallocTotal].map { $0.count > 0 && $0.count <= 4 << 20 }
  }
}

extension MemoryInfo: KernelText {
  public static var expectation: String { "lines of meminfo, as MemTotal: 16314580 kB" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let name = text.text(in: text.key(at: &cursor))
      // No kernel prints as many.
      if values.count < 256 { values[name] = cursor.integer(in: text) }
      _ = cursor.line(in: text)
    }
    guard self[.total] != nil else { return nil }
  }
}
