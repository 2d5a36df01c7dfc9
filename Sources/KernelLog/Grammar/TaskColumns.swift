/// The headers of task tables that kernels have printed: `dump_tasks` in `mm/oom_kill.c`.
enum TaskColumns {
  /// From the newest kernels to the oldest; what stands after `[ pid ]`.
  private static let headers = [
    "uid tgid total_vm rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
    "uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name",
    "uid tgid total_vm rss nr_ptes nr_pmds nr_puds swapents oom_score_adj name",
    "uid tgid total_vm rss nr_ptes nr_pmds swapents oom_score_adj name",
    "uid tgid total_vm rss nr_ptes swapents oom_score_adj name",
    "uid tgid total_vm rss cpu oom_adj oom_score_adj name",
    "uid tgid total_vm rss cpu oom_adj name",
  ].map { $0.split(separator: " ").map(String.init) }

  private static let names = Set(headers.joined())

  /// True of the columns that kernels have printed, and of vendors' own in brackets.
  static func isKnown(_ column: String) -> Bool {
    names.contains(column) || column.utf8.first == UInt8(ascii: "(")
  }

  /// The headers that one can have been which has lost its end; a whole one is its own.
  static func completions(of columns: [String]) -> [[String]] {
    guard let last = columns.last, last != "name" else { return [columns] }
    let known = headers.filter { header in
      header.count >= columns.count && header.starts(with: columns.dropLast())
        && header[columns.count - 1].hasPrefix(last)
    }
    return known.isEmpty ? [columns] : known
  }

  /// The header of which a row is, of those that a cut one can have been: the row says as much as it has columns.
  static func header(of row: TaskTable.Row, after columns: [String]) -> [String] {
    let told = [
      ("rss_anon", row.residentAnonymous), ("pgtables_bytes", row.pageTableBytes),
      ("nr_ptes", row.ptes), ("nr_pmds", row.pmds), ("oom_adj", row.legacyAdjustment),
      ("oom_score_adj", row.adjustment),
    ]
    return completions(of: columns).first { header in
      told.allSatisfy { column, value in header.contains(column) == (value != nil) }
    } ?? columns
  }
}
