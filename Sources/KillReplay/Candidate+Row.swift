import Badness
import KernelLog

extension Candidate {
  /// The process that a row of a task table describes; columns that its kernel didn't print count
  /// as nothing.
  ///
  /// No table tells which processes have `CAP_SYS_ADMIN`, and the oldest tell nothing of swap and
  /// page tables: `hidden` is the size of those two together, in pages.
  init(_ row: TaskTable.Row, isAdministrator: Bool, hidden: Int = 0) {
    self.init(
      // The kernel prints the numbers of its own namespace: 1 is the machine's init.
      standing: row.pid == 1 ? .initProcess : .ordinary,
      memory: Memory(
        total: Pages(row.totalVM ?? 0), resident: Pages(row.resident ?? 0),
        swapped: Pages((row.swapped ?? 0) &+ hidden),
        pageTables: PageTables(
          ptes: row.ptes ?? 0, pmds: row.pmds ?? 0, bytes: row.pageTableBytes ?? 0)),
      adjustment: row.adjustment ?? 0, legacyAdjustment: row.legacyAdjustment ?? 0,
      capabilities: isAdministrator ? .sysAdmin : [])
  }
}

extension TaskTable {
  /// True where it shows less than its kernel weighed: swap and page tables, up to 3.5.
  var hidesParts: Bool { !columns.contains("swapents") }

  /// The row of a process, by its own number first, else by that of a thread.
  func index(of pid: Int) -> Int? {
    rows.firstIndex { $0.tgid == pid } ?? rows.firstIndex { $0.pid == pid }
  }
}
