import DaemonLog
import LogLines

@testable import KernelLog

/// An OOM report put together from numbers, as a parser would make it of a log.
struct ComposedReport {
  var release: String?
  var columns = Self.bytes
  var rows: [TaskTable.Row] = []
  /// What the table's rows were, as far as they came through.
  var lostRows = 0
  /// In pages; `nil` where no memory was printed.
  var ram: Int? = 1_000_000
  var swap: Kibibytes? = 0
  var freeSwap: Kibibytes? = 0
  var pageSize: Kibibytes? = 4
  var cgroup: CgroupState?
  var summary: Summary?
  var invoker: Invoker?

  /// Of 2.6.25 to 2.6.35.
  static let legacy = words("uid tgid total_vm rss cpu oom_adj name")
  /// Of 2.6.36 to 3.5.
  static let processors = words("uid tgid total_vm rss cpu oom_adj oom_score_adj name")
  /// Of 3.6 to 3.19.
  static let ptes = words("uid tgid total_vm rss nr_ptes swapents oom_score_adj name")
  /// Of 4.0 to 4.14.
  static let pmds = words("uid tgid total_vm rss nr_ptes nr_pmds swapents oom_score_adj name")
  /// Of 4.15 to 6.7.
  static let bytes = words("uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name")
  /// Since 6.8.
  static let kinds = words(
    "uid tgid total_vm rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name")

  private static func words(_ header: String) -> [String] {
    header.split(separator: " ").map(String.init)
  }

  /// The kill of a process; `selected` and `score` are what kernels to 5.0 printed before.
  func kill(
    _ pid: Int, selected: Int? = nil, score: Int? = nil, message: String = "Out of memory",
    isFollower: Bool = false
  ) -> KernelLog.Kill {
    var report = Report()
    report.release = release
    report.invoker = invoker
    report.summary = summary
    report.cgroup = cgroup
    report.memory.ramPages = ram.map { $0 + Self.reserved }
    report.memory.reservedPages = ram.map { _ in Self.reserved }
    report.memory.totalSwap = ram.flatMap { _ in swap }
    report.memory.freeSwap = ram.flatMap { _ in freeSwap }
    report.memory.pageSize = pageSize
    if !rows.isEmpty {
      var table = TaskTable(columns: columns)
      table.rows = rows
      table.count = rows.count + lostRows
      report.tasks = table
    }
    let selection = (selected ?? score.map { _ in pid }).map {
      Selection(pid: $0, name: "selected", score: score)
    }
    return KernelLog.Kill(
      stamp: Stamp(), line: 1, victim: Victim(pid: pid, name: "victim"), message: message,
      selected: selection, isFollower: isFollower, report: report)
  }

  /// Pages that belong to the machine and that nobody ever gets.
  private static let reserved = 20_000

  func with(_ change: (inout Self) -> Void) -> Self {
    var report = self
    change(&report)
    return report
  }
}

extension TaskTable.Row {
  /// A process with so many pages in memory, and page tables counted in each of the kernels' ways.
  init(
    _ pid: Int, _ name: String, _ resident: Int, adjustment: Int = 0, uid: Int = 1000,
    swapped: Int = 0, tables: Int = 0
  ) {
    self.init(pid: pid, name: name)
    tgid = pid
    self.uid = uid
    totalVM = resident * 2
    self.resident = resident
    self.swapped = swapped
    ptes = tables
    pmds = 0
    pageTableBytes = tables * 4096
    self.adjustment = adjustment
  }
}

extension CgroupState {
  /// A memory cgroup of the first version, at its limit.
  static func first(limit: Kibibytes, both: Kibibytes?) -> Self {
    var state = Self()
    state.memory = Usage(usage: limit, limit: limit, failures: 1)
    state.memoryAndSwap = Usage(usage: limit, limit: both, failures: 0)
    return state
  }

  /// A memory cgroup of the second version, at its limit.
  static func second(limit: Kibibytes, swap: Kibibytes?) -> Self {
    var state = Self()
    state.memory = Usage(usage: limit, limit: limit, failures: 1)
    state.swap = Usage(usage: 0, limit: swap, failures: 0)
    return state
  }
}

extension Summary {
  static func memoryCgroup(_ path: String = "/box") -> Self {
    var summary = Self(constraint: "MEMCG")
    summary.limitCgroup = path
    return summary
  }
}
