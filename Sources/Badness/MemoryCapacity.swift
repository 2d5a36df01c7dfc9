/// The memory that candidates are measured against: that of a machine, or of a part of it.
public struct MemoryCapacity: Hashable, Sendable {
  /// `totalram_pages`: `MemTotal`, not all that is plugged in.
  public var ram: Pages
  /// `total_swap_pages`, used or not.
  public var swap: Pages
  /// Bytes in a page.
  public var pageSize: Int
  /// Of the kernel, not of the program that asks.
  public var wordSize: WordSize

  /// RAM and swap in pages; the page size in bytes.
  public init(ram: Pages, swap: Pages = 0, pageSize: Int = 4096, wordSize: WordSize = .bits64) {
    self.ram = ram
    self.swap = swap
    self.pageSize = pageSize
    self.wordSize = wordSize
  }

  /// The kernel's `totalpages`; for `/proc` `totalram_pages + total_swap_pages`.
  public var total: Pages { ram + swap }
}

extension MemoryCapacity {
  /// The total as the kernel's `unsigned long` holds it.
  var totalPages: Int128 { CInteger.unsignedLong.holding(Int128(total.count), on: wordSize) }

  /// The page size as a divisor.
  var bytesPerPage: Int128 { Int128(max(1, pageSize)) }
}
