import ProcFS

extension ProcessStatus {
  /// Page tables of all levels that the kernel prints, in bytes.
  package var pageTableBytes: Int? {
    pageTables.map { Self.sum($0.bytes, middlePageTables?.bytes ?? 0) }
  }

  /// Resident, swapped and page tables, in bytes.
  package var footprint: Int? {
    resident.map { Self.sum($0.bytes, swapped?.bytes ?? 0, pageTableBytes ?? 0) }
  }

  /// The sum, or the end of the scale: a file may hold any numbers.
  package static func sum(_ amounts: Int...) -> Int { sum(amounts) }

  package static func sum(_ amounts: [Int]) -> Int {
    Int(clamping: amounts.reduce(Int128(0)) { $0 + Int128($1) })
  }
}
