import Badness
import DaemonLog
import KernelLog

/// The memory that the kernel measured against, as far as a report tells: `totalpages` in
/// `mm/oom_kill.c`.
public struct ReplayCapacity: Equatable, Sendable {
  /// The part of the report that it was made of.
  public let source: Source
  /// In pages; a single number where the report tells all of it.
  public var range: ClosedRange<Int>

  /// The memory that it was made of.
  public enum Source: Equatable, Sendable {
    /// All pages less the reserved ones, and swap.
    case machine
    /// The pages present on the nodes, and swap.
    case nodes
    /// The limit, and what of swap the cgroup may use.
    case memoryCgroup
    /// The report doesn't tell.
    case unknown
  }

  /// True where the report tells all of it.
  public var isExact: Bool { range.count == 1 }

  /// Larger than any machine: 2 to this power pages.
  static let most = 1 << 42

  private init(_ source: Source, from lowest: Int, through highest: Int?) {
    let lowest = min(max(lowest, 0), Self.most)
    self.source = source
    range = lowest...max(lowest, min(highest ?? Self.most, Self.most))
  }
}

extension ReplayCapacity {
  init(of kill: KernelLog.Kill, on kernel: KernelVersion, pageSize: Int) {
    let report = kill.report
    let known =
      switch Shortage(of: kill) {
      case .system: Self.machine(report.memory, pageSize: pageSize)
      case .nodes: Self.nodes(report, on: kernel, pageSize: pageSize)
      case .memoryCgroup: Self.memoryCgroup(report, on: kernel, pageSize: pageSize)
      }
    self = known ?? Self(.unknown, from: 0, through: nil)
  }

  private static func machine(_ memory: MemoryState, pageSize: Int) -> Self? {
    guard let ram = memory.ramPages, let reserved = memory.reservedPages, ram > reserved else {
      return nil
    }
    guard let swap = memory.totalSwap else {
      return Self(.machine, from: ram - reserved, through: nil)
    }
    let total = (ram - reserved) &+ swap.bytes / pageSize
    return Self(.machine, from: total, through: total)
  }

  /// To 5.3 holes count as memory, which no report tells.
  private static func nodes(
    _ report: KernelLog.Report, on kernel: KernelVersion, pageSize: Int
  ) -> Self? {
    let summary = report.summary
    let list = summary?.constraint == "MEMORY_POLICY" ? summary?.nodes : summary?.allowedNodes
    guard let numbers = list.flatMap({ NodeList($0) })?.numbers else { return nil }
    let zones = report.memory.zones.filter { numbers.contains($0.node ?? 0) }
    let sizes = zones.compactMap { $0.size("present") }
    guard !sizes.isEmpty, sizes.count == zones.count else { return nil }
    let present = sizes.reduce(0) { $0 &+ $1.bytes / pageSize }
    let node = MemoryNode(spanned: Pages(present), present: Pages(present))
    let swap = report.memory.totalSwap.map { $0.bytes / pageSize }
    let machine = MemoryCapacity(ram: 0, swap: Pages(swap ?? 0), pageSize: pageSize)
    guard let total = MemoryCapacity.nodes([node], of: machine, on: kernel)?.total.count else {
      return nil
    }
    let isExact = swap != nil && kernel >= KernelVersion(5, 4)
    return Self(.nodes, from: total, through: isExact ? total : nil)
  }

  /// Without the machine's swap and the group's swappiness, which hardly any report tells, the total
  /// lies between the limit and all that the limits allow.
  private static func memoryCgroup(
    _ report: KernelLog.Report, on kernel: KernelVersion, pageSize: Int
  ) -> Self? {
    guard let cgroup = report.cgroup, let limit = cgroup.memory?.limit else { return nil }
    let swapLimit: MemoryCgroup.SwapLimit =
      if let both = cgroup.memoryAndSwap { .memoryAndSwap(both.limit?.bytes ?? .max) } else {
        .swap(cgroup.swap?.limit?.bytes ?? .max)
      }
    let group = MemoryCgroup(limit: limit.bytes, swapLimit: swapLimit)
    func total(swap: Int) -> Int? {
      let machine = MemoryCapacity(ram: 0, swap: Pages(swap), pageSize: pageSize)
      return MemoryCapacity.memoryCgroup(group, of: machine, on: kernel)?.total.count
    }
    let swap = report.memory.totalSwap.map { $0.bytes / pageSize }
    guard let lowest = total(swap: 0), let highest = total(swap: swap ?? most) else { return nil }
    return Self(.memoryCgroup, from: lowest, through: highest)
  }
}

extension Shortage {
  /// The kind of shortage that a report is about.
  ///
  /// Up to 4.20 nothing distinguishes that of a cpuset from the whole machine's; 5.0 to 5.2
  /// sometimes call that of a cgroup none.
  init(of kill: KernelLog.Kill) {
    let report = kill.report
    if let summary = report.summary {
      switch summary.constraint {
      case _ where summary.limitCgroup != nil: self = .memoryCgroup
      case "MEMCG": self = .memoryCgroup
      case "CPUSET", "MEMORY_POLICY": self = .nodes
      default: self = .system
      }
    } else {
      let isCgroup = report.cgroup?.memory != nil || kill.message.hasPrefix("Memory cgroup")
      self = isCgroup ? .memoryCgroup : .system
    }
  }
}

/// The size of a page on the machine that printed a report.
public struct ReplayPageSize: Equatable, Sendable {
  /// The size in bytes.
  public let bytes: Int
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
