import KernelLog

/// The size of a page on the machine that printed a report.
package struct ReplayPageSize: Equatable, Sendable {
  package let bytes: Int
  let source: Source

  enum Source: Equatable, Sendable {
    /// The smallest block of the buddy lists.
    case printed
    /// The victim's mapped memory, which is printed in kibibytes and in pages.
    case derived
    /// Most machines have that one.
    case assumed
  }
}

extension ReplayPageSize {
  private static let usual = 4096
  /// No architecture has had others.
  private static let possible = 4...256

  init(of kill: KernelLog.Kill) {
    if let printed = kill.report.memory.pageSize, Self.isPossible(printed.count) {
      (bytes, source) = (printed.bytes, .printed)
    } else if let kibibytes = Self.derived(from: kill) {
      (bytes, source) = (Kibibytes(kibibytes).bytes, .derived)
    } else {
      (bytes, source) = (Self.usual, .assumed)
    }
  }

  private static func derived(from kill: KernelLog.Kill) -> Int? {
    guard let total = kill.victim.totalVM?.count,
      let pages = kill.report.tasks?.row(of: kill.victim.pid)?.totalVM,
      pages > 0, total % pages == 0, isPossible(total / pages)
    else { return nil }
    return total / pages
  }

  private static func isPossible(_ kibibytes: Int) -> Bool {
    possible.contains(kibibytes) && kibibytes & (kibibytes - 1) == 0
  }
}
