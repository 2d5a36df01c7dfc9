import Badness
package import KernelLog

/// The tasks of a table that the kernel may not kill, by their adjustment.
package struct UnkillableTasks: Equatable {
  /// The number of processes.
  package let count: Int
  /// Their memory in RAM and in swap, in pages.
  package let pages: Int

  /// `nil` where there is none.
  package init?(_ tasks: TaskTable) {
    let exempt = tasks.rows.filter(\.isExempt)
    guard !exempt.isEmpty else { return nil }
    count = exempt.count
    pages = exempt.reduce(0) { $0 &+ $1.memoryPages }
  }
}

extension TaskTable.Row {
  /// True where no shortage can take it.
  package var isExempt: Bool {
    adjustment == OOMAdjustment.minimum || legacyAdjustment == OOMAdjustment.disable
  }
}
