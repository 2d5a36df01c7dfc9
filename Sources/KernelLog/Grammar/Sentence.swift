import DaemonLog
import LogLines

/// The meaning of one line of the kernel's, read by its own grammar and not by the kernel's
/// version.
///
/// Formats were taken from `mm/oom_kill.c`, `mm/show_mem.c` (before 6.3 `mm/page_alloc.c`, before that
/// `lib/show_mem.c`) and `mm/memcontrol.c` of 2.4 to 6.19.
enum Sentence {
  case invocation(Invoker)
  /// `CPU: … Comm: … VERSION` or `Pid: …, comm: … VERSION`.
  case context(pid: Int?, release: String?)
  /// `SysRq : Manual OOM execution`: somebody asks for a kill.
  case sysRq
  /// `Mem-Info:` begins the memory's state.
  case memory
  case zone(Zone)
  case reserve([Int])
  case blocks(node: Int?, zone: String, [FreeBlock])
  case counters([Counter])
  case total(MemoryTotal)
  case cgroup(CgroupLine)
  case statistic(Counter)
  case slabs
  case slab(Slab)
  case allocations
  case allocation(Allocation)
  case tableHeader([String])
  case row(TaskTable.Row)
  /// The beginning of a row, where a mail program broke it.
  case brokenRow
  case summary(Summary)
  case selection(Selection, message: String)
  case kill(Victim, message: String)
  case groupKill(cgroup: String)
  case reaped(pid: Int, name: String, isDone: Bool, left: Kibibytes?)
  case wasExiting(pid: Int, name: String)
  case noVictim
  case panic(String)
  /// A panic as init has ended, whether by SIGKILL or not.
  case initDied(String, wasKilled: Bool)
  case suppressed(Int)
  /// Part of a report, and of no interest.
  case filler

  /// Sums of the whole machine.
  enum MemoryTotal {
    case ram(Int)
    case high(Int)
    case reserved(Int)
    case poisoned(Int)
    /// Kibibytes of all huge pages of a node, and of those that nobody uses.
    case hugePages(total: Int, free: Int)
    /// Kibibytes of the kernel's stacks on a node.
    case kernelStacks(Int)
    case totalSwap(Kibibytes)
    case freeSwap(Kibibytes)
  }

  /// Lines about the memory cgroup.
  enum CgroupLine {
    case task(String, limitOwner: String)
    case limitOwner(String)
    case usage(Resource, CgroupState.Usage)
    case statistics(owner: String, [Counter])
  }

  /// A resource that a memory cgroup counts.
  enum Resource { case memory, memoryAndSwap, swap, kernel }

  /// The list that an earlier line has begun, whose lines look like nothing on their own.
  enum List: Equatable {
    case none
    case tasks(columns: [String])
    case statistics
    case slabs
    case allocations
  }
}

extension Sentence {
  /// The adjustments that a kernel prints; what looks like another is a number that something was put behind.
  static let adjustments = -1000...1000
  /// The bytes of a task's name, of which it has 15, where a log shows each as four.
  static let longestName = 60
  /// Those of kernels before 2.6.36.
  static let legacyAdjustments = -17...15

  /// Reads a line without its prefix; `nil` for one that belongs to no report.
  static func read(_ line: Span<UInt8>, in list: List) -> Sentence? {
    let line = line.extracting(line.trimmed)
    guard line.count > 0 else { return nil }
    // The names of tasks may be anything, so what is told by a word in the middle comes first.
    if let sentence = invocation(line) { return sentence }
    if let sentence = listed(line, in: list) { return sentence }
    switch line[0] {
    case UInt8(ascii: "["): return tableHeader(line)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return pageCount(line)
    case UInt8(ascii: "M"), UInt8(ascii: "O"), UInt8(ascii: "N"), UInt8(ascii: "K"):
      return verdict(line) ?? memory(line) ?? cgroup(line) ?? context(line)
    case UInt8(ascii: "o"), UInt8(ascii: "_"): return summary(line) ?? reaper(line) ?? limiter(line)
    default: return memory(line) ?? cgroup(line) ?? context(line) ?? exiting(line)
    }
  }

  private static func listed(_ line: Span<UInt8>, in list: List) -> Sentence? {
    switch list {
    case .none: nil
    case .tasks(let columns): row(line, under: columns)
    case .statistics: statistic(line)
    case .slabs: slab(line)
    case .allocations: allocation(line)
    }
  }
}
