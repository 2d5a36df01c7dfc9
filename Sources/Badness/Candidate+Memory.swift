extension Candidate {
  /// The address space of a process.
  public struct Memory: Hashable, Sendable {
    /// All that is mapped, `total_vm`; weighed to 2.6.35.
    public var total: Pages
    /// Pages in memory, of files, anonymous and shared; weighed from 2.6.36.
    public var resident: Pages
    /// Entries in swap; weighed from 2.6.36.
    public var swapped: Pages
    /// The page tables that map it all; weighed from 2.6.39.
    public var pageTables: PageTables

    /// All parts in pages; what isn't named is none.
    public init(
      total: Pages = 0, resident: Pages = 0, swapped: Pages = 0,
      pageTables: PageTables = PageTables()
    ) {
      self.total = total
      self.resident = resident
      self.swapped = swapped
      self.pageTables = pageTables
    }
  }

  /// Page tables, counted in the two ways that kernels have counted them.
  public struct PageTables: Hashable, Sendable {
    /// Tables of the lowest level; weighed from 2.6.39 to 4.14.
    public var ptes: Int
    /// Tables of the second level; weighed from 4.0 to 4.14.
    public var pmds: Int
    /// All levels together; weighed from 4.15.
    public var bytes: Int

    /// All three ways of counting; a rule reads the one its kernel knows.
    public init(ptes: Int = 0, pmds: Int = 0, bytes: Int = 0) {
      self.ptes = ptes
      self.pmds = pmds
      self.bytes = bytes
    }
  }
}
