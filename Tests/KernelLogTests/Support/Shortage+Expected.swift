import DaemonLog
import LogLines
import TestSupport

@testable import KernelLog

extension Shortage {
  /// The kills that a reader of its report finds, but for their stamps and line numbers.
  var expectedKills: [Kill] {
    victims.enumerated().map { index, task in
      var report = expectedReport
      if index > 0 { report.cgroup?.killedAsGroup = cgroups?.victim }
      return Kill(
        stamp: Stamp(), line: 0, victim: expectedVictim(task), message: message,
        selected: index == 0 ? expectedSelection : nil, isFollower: index > 0, report: report)
    }
  }

  private var expectedSelection: Selection? {
    guard era.printsSelection else { return nil }
    return Selection(pid: chosen.pid, name: chosen.name, score: score)
  }

  private func expectedVictim(_ task: Task) -> Victim {
    var victim = Victim(pid: task.pid, name: task.name)
    if [.r6, .r7, .r8, .e9, .e10].contains(era) { victim.uid = task.uid }
    guard ![.e0, .e0b, .e1].contains(era) else { return victim }
    victim.totalVM = Kibibytes(task.totalVM * 4)
    victim.anonymous = Kibibytes(task.anonymous * 4)
    victim.file = Kibibytes(task.file * 4)
    guard ![.e2, .e3, .e4, .r6].contains(era) else { return victim }
    victim.shared = Kibibytes(task.shared * 4)
    guard [.r8, .e9, .e10].contains(era) else { return victim }
    victim.pageTables = Kibibytes(task.tablePages * 4)
    victim.adjustment = task.adjustment
    return victim
  }

  private var expectedReport: Report {
    var report = Report()
    report.invoker = expectedInvoker
    report.release = era.namesInvoker ? era.release : nil
    report.summary = expectedSummary
    if printsMemory { report.memory = expectedMemory }
    report.cgroup = expectedCgroup
    report.tasks = expectedTable
    report.slabs = slabs.map {
      Slab(name: $0.name, used: Kibibytes($0.used), total: Kibibytes($0.total))
    }
    report.allocations = allocations.map {
      Allocation(bytes: $0.bytes, count: $0.count, site: $0.site)
    }
    return report
  }

  private var expectedInvoker: Invoker {
    var expected = Invoker()
    expected.order = era == .e0 ? nil : order
    switch era {
    case .e0, .e0b: expected.gfpMask = 0x1d2
    case .e1, .e2, .e3, .e4, .r6, .r7: expected.gfpMask = 0x201da
    default:
      expected.gfpMask = 0x6200ca
      expected.gfpFlags = "GFP_HIGHUSER_MOVABLE|__GFP_NOWARN"
    }
    guard era.namesInvoker else { return expected }
    expected.name = invoker.name
    expected.pid = invoker.pid
    if era.hasLegacyAdjustment { expected.legacyAdjustment = 0 } else { expected.adjustment = 0 }
    return expected
  }

  private var expectedSummary: Summary? {
    guard era.printsSummary else { return nil }
    var summary = Summary(constraint: cgroups == nil ? "NONE" : "MEMCG")
    summary.cpuset = "/"
    summary.allowedNodes = "0"
    summary.isGlobal = cgroups == nil
    summary.limitCgroup = cgroups?.limit
    summary.taskCgroup = cgroups?.victim ?? Shortage.globalVictimCgroup
    summary.name = chosen.name
    summary.pid = chosen.pid
    summary.uid = chosen.uid
    return summary
  }

  private var expectedMemory: MemoryState {
    var memory = MemoryState()
    memory.counters = counters.joined().map { Counter(key: $0.key, value: $0.value) }
    memory.zones = zones.map { area in
      var zone = Zone(
        node: area.node, name: area.name,
        sizes: area.sizes.map { Counter(key: $0.key, value: $0.value) })
      zone.reserve = area.reserve
      zone.blocks = area.blocks.map {
        FreeBlock(size: Kibibytes($0.size), count: $0.count, kinds: $0.kinds)
      }
      if era != .e0 { zone.isUnreclaimable = area.isUnreclaimable }
      return zone
    }
    memory.pageSize = 4
    memory.ramPages = ram.all
    memory.highPages = ram.high
    memory.reservedPages = ram.reserved
    if era.level >= 31_000 { (memory.hugePages, memory.idleHugePages) = (0, 0) }
    if era.level >= 31_300 { memory.poisonedPages = 0 }
    if era.level >= 51_000 { memory.kernelStacks = 784 }
    memory.totalSwap = Kibibytes(swap.total)
    memory.freeSwap = Kibibytes(swap.free)
    return memory
  }

  private var expectedCgroup: CgroupState? {
    guard let cgroups else { return nil }
    var state = CgroupState()
    if !era.printsSummary {
      state.task = cgroups.victim
      state.limitOwner = cgroups.limit
    }
    for charge in charges {
      let usage = CgroupState.Usage(
        usage: Kibibytes(charge.usage), limit: charge.limit.map { Kibibytes($0) },
        failures: charge.failures)
      switch charge.name {
      case "memory": state.memory = usage
      case "memory+swap": state.memoryAndSwap = usage
      case "swap": state.swap = usage
      default: state.kernel = usage
      }
    }
    if !statistics.isEmpty { state.statisticsOwner = cgroups.limit }
    state.statistics = statistics.map { Counter(key: $0.key, value: $0.value) }
    state.statisticsInBytes = statisticsInBytes
    return state
  }

  private var expectedTable: TaskTable? {
    guard era.printsTasks else { return nil }
    var table = TaskTable(columns: columns)
    table.rows = tasks.map { expectedRow($0) }
    table.count = tasks.count
    return table
  }

  private func expectedRow(_ task: Task) -> TaskTable.Row {
    var row = TaskTable.Row(pid: task.pid, name: task.name)
    row.tgid = task.tgid
    row.uid = task.uid
    row.totalVM = task.totalVM
    row.resident = task.resident
    for column in columns {
      switch column {
      case "rss_anon": row.residentAnonymous = task.anonymous
      case "rss_file": row.residentFile = task.file
      case "rss_shmem": row.residentShared = task.shared
      case "nr_ptes": row.ptes = task.tablePages - (columns.contains("nr_pmds") ? task.pmds : 0)
      case "nr_pmds": row.pmds = task.pmds
      case "pgtables_bytes": row.pageTableBytes = task.tablePages * 4096
      case "swapents": row.swapped = task.swapped
      case "oom_adj": row.legacyAdjustment = task.legacyAdjustment
      case "oom_score_adj": row.adjustment = task.adjustment
      default: break
      }
    }
    return row
  }
}

extension Kill {
  /// Without what the wrapping tells.
  var unwrapped: Kill {
    var kill = self
    kill.stamp = Stamp()
    kill.line = 0
    kill.report.began = nil
    return kill
  }
}
