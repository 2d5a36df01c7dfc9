import DaemonLog
import LogLines

/// A report that is still being printed.
struct Draft {
  var report = Report()
  var selection: Selection?
  var selectionMessage = ""
  var list = Sentence.List.none
  /// Set once nobody could be killed; a panic may follow.
  var hasNoVictim = false
  /// True where another report began before this one had come to its end, and no line names its caller.
  var isOvertaken = false
  /// The time at which the table's header was printed.
  private(set) var headerTime: Int?
  /// The stamp and the number of the line that came last.
  var stamp: Stamp
  var line: Int
  /// The same of the line that says whom the kernel chose, or that it could choose nobody.
  private(set) var decision: (stamp: Stamp, line: Int)?
  /// The number of its first line.
  private let firstLine: Int

  /// More rows than a machine can have processes by default aren't kept.
  private static let mostRows = 32_768

  init(_ stamp: Stamp, line: Int) {
    self.stamp = stamp
    self.line = line
    firstLine = line
    report.began = stamp
  }

  /// True where it belongs to the OOM killer for certain: other warnings show the memory's state as
  /// well.
  var isCertain: Bool {
    report.invoker != nil || report.tasks != nil || report.summary != nil || selection != nil
      || report.cgroup != nil
  }

  /// True where the kill of a process can be its end. A child can die instead of the chosen
  /// process; otherwise the one that dies is in the table, and in the summary.
  func canEnd(with pid: Int, _ message: String) -> Bool {
    if hasNoVictim { return false }
    if selection != nil || names(pid) { return true }
    // The summary then names the thread that asked, the kill line its process.
    if message.holds("oom_kill_allocating_task") { return true }
    return report.summary?.pid == nil && report.tasks?.rows.isEmpty ?? true
  }

  /// True where it says whom the kernel chose.
  var hasChosen: Bool { selection != nil || report.summary?.pid != nil || hasNoVictim }

  /// A line that it goes on with.
  mutating func goOn(at stamp: Stamp, line: Int) { (self.stamp, self.line) = (stamp, line) }

  /// The line that says whom the kernel chose, or that it could choose nobody.
  mutating func decide(at stamp: Stamp, line: Int) {
    goOn(at: stamp, line: line)
    decision = (stamp, line)
    list = .none
  }

  /// The end that the log tells of it, where no kill followed; `nil` where it may be no report of the OOM killer.
  var incident: Incident? {
    if hasNoVictim {
      let (stamp, line) = decision ?? (stamp, line)
      return Incident(stamp: stamp, line: line, outcome: .noVictim, report: report)
    }
    // Patches and documentation quote headers.
    let isTold =
      report.invoker != nil || report.summary != nil || report.cgroup != nil
      || report.tasks?.isOfKernel == true
    guard isTold else { return nil }
    return Incident(
      stamp: report.began ?? stamp, line: firstLine, outcome: .cutOff, report: report)
  }

  /// The kill that it announces, where the line that says so is lost.
  var announcedKill: Kill? {
    let (stamp, line) = decision ?? (stamp, line)
    if let selection {
      return Kill(
        stamp: stamp, line: line, victim: Victim(pid: selection.pid, name: selection.name),
        message: selectionMessage, selected: selection, report: report, evidence: .selection)
    }
    guard let summary = report.summary, let pid = summary.pid, let name = summary.name else {
      return nil
    }
    var victim = Victim(pid: pid, name: name)
    victim.uid = summary.uid
    return Kill(
      stamp: stamp, line: line, victim: victim, message: "", report: report, evidence: .summary)
  }

  /// True where it names that process.
  func names(_ pid: Int) -> Bool {
    report.summary?.pid == pid || selection?.pid == pid
      || report.tasks?.rows.contains { $0.pid == pid || $0.tgid == pid } == true
  }
}

extension Draft {
  /// Adds what a line says, if it is part of a report's body.
  mutating func add(_ sentence: Sentence, at time: Int?) {
    switch sentence {
    case .context(let pid, let release):
      guard report.release == nil else { return }
      report.release = release
      report.invoker?.pid = pid
    case .memory: list = .none
    case .zone(let zone):
      if report.memory.zones.count < 256 { report.memory.zones.append(zone) }
    case .reserve(let pages): report.memory.setReserve(pages)
    case .blocks(let node, let zone, let blocks):
      report.memory.setBlocks(blocks, node: node, zone: zone)
    case .counters(let counters): report.memory.add(counters)
    case .total(let total): report.memory.set(total)
    case .cgroup(let line): add(line)
    case .statistic(let counter):
      if report.cgroup?.statistics.count ?? 128 < 128 { report.cgroup?.statistics.append(counter) }
    case .slabs: list = .slabs
    case .slab(let slab): if report.slabs.count < 1024 { report.slabs.append(slab) }
    case .allocations: list = .allocations
    case .allocation(let allocation):
      if report.allocations.count < 64 { report.allocations.append(allocation) }
    case .tableHeader(let columns):
      // A log that holds everything twice has one table, printed twice.
      let count = report.tasks?.count ?? 0
      report.tasks = TaskTable(columns: columns)
      report.tasks?.count = count
      headerTime = time
      list = .tasks(columns: columns)
    case .row(let row): add(row)
    case .summary(let summary): report.summary = summary
    default: break
    }
  }

  private mutating func add(_ row: TaskTable.Row) {
    if let columns = report.tasks?.columns, columns.last != "name" {
      report.tasks?.columns = TaskColumns.header(of: row, after: columns)
    }
    report.tasks?.count += 1
    if report.tasks?.rows.count ?? 0 < Self.mostRows { report.tasks?.rows.append(row) }
  }

  private mutating func add(_ line: Sentence.CgroupLine) {
    var cgroup = report.cgroup ?? CgroupState()
    switch line {
    case .task(let task, let owner): (cgroup.task, cgroup.limitOwner) = (task, owner)
    case .limitOwner(let owner): cgroup.limitOwner = owner
    case .usage(.memory, let usage): cgroup.memory = usage
    case .usage(.memoryAndSwap, let usage): cgroup.memoryAndSwap = usage
    case .usage(.swap, let usage): cgroup.swap = usage
    case .usage(.kernel, let usage): cgroup.kernel = usage
    case .statistics(let owner, let counters):
      // To 5.2 there is a line for each cgroup below the one at its limit, which comes first.
      if cgroup.statisticsOwner == nil {
        cgroup.statisticsOwner = owner
        cgroup.statistics = counters
        cgroup.statisticsInBytes = counters.isEmpty
      }
      if counters.isEmpty { list = .statistics }
    }
    report.cgroup = cgroup
  }
}

extension TaskTable {
  /// True where a kernel printed it: it has rows, or a header with all that each has.
  fileprivate var isOfKernel: Bool {
    count > 0 || columns.contains("tgid") && columns.last == "name"
  }
}

extension MemoryState {
  fileprivate mutating func set(_ total: Sentence.MemoryTotal) {
    switch total {
    case .ram(let pages): ramPages = pages
    case .high(let pages): highPages = pages
    case .reserved(let pages): reservedPages = pages
    case .poisoned(let pages): poisonedPages = pages
    case .hugePages(let total, let free):
      hugePages = Kibibytes((hugePages?.count ?? 0) &+ total)
      idleHugePages = Kibibytes((idleHugePages?.count ?? 0) &+ free)
    case .kernelStacks(let size): kernelStacks = Kibibytes((kernelStacks?.count ?? 0) &+ size)
    case .totalSwap(let size): totalSwap = size
    case .freeSwap(let size): freeSwap = size
    }
  }

  fileprivate mutating func add(_ counters: [Counter]) {
    guard self.counters.count < 64 else { return }
    self.counters += counters
  }

  /// The line stands below its zone.
  fileprivate mutating func setReserve(_ pages: [Int]) {
    guard !zones.isEmpty else { return }
    zones[zones.count - 1].reserve = pages
  }

  fileprivate mutating func setBlocks(_ blocks: [FreeBlock], node: Int?, zone: String) {
    if pageSize == nil, let smallest = blocks.first?.size, smallest > 0 { pageSize = smallest }
    guard let index = zones.firstIndex(where: { $0.node == node && $0.name == zone }) else {
      return
    }
    zones[index].blocks = blocks
  }
}
