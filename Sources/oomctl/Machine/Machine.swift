import Badness
import ProcFS

/// What processes are measured against: the kernel's rules and the machine's memory.
struct Machine: Sendable {
  /// As the kernel names itself, or as the user named it.
  var release: String?
  var kernel: KernelVersion?
  var rule: ScoringRule?
  var selection: SelectionRule?
  /// Whether `rule` is that of the kernel that printed the tree's `oom_score` files.
  var isKernelsOwnRule: Bool
  var memory: MemoryInfo?
  /// `nil` where `meminfo` or the page size is missing.
  var capacity: MemoryCapacity?
  var pageSize: Int?
  /// Whether process 1 is beyond the OOM killer.
  var protectsInit: Bool

  init(_ proc: borrowing ProcFS, options: MachineOptions) throws(Failure) {
    let ownRelease = try? proc.kernelRelease
    release = options.kernel ?? ownRelease
    kernel = release.flatMap { KernelVersion(parsing: $0) }
    let ownRule = ownRelease.flatMap { KernelVersion(parsing: $0) }
      .flatMap(ScoringRule.inForce(in:))
    rule = options.rule ?? kernel.flatMap(ScoringRule.inForce(in:))
    isKernelsOwnRule = rule?.since == ownRule?.since && rule != nil
    selection = kernel.flatMap(SelectionRule.inForce(in:))
    memory = try? proc.memoryInfo
    pageSize = options.pageSize ?? proc.pageSize
    protectsInit = Self.protectsInit(proc)
    guard let memory, let pageSize, let ram = memory[.total] else { return }
    let is32Bit = options.wordSize.map { $0 == .bits32 } ?? memory.is32Bit ?? false
    capacity = MemoryCapacity(
      ram: Pages(ram.bytes / pageSize), swap: Pages((memory[.swapTotal]?.bytes ?? 0) / pageSize),
      pageSize: pageSize, wordSize: is32Bit ? .bits32 : .bits64)
  }

  /// Inside a container process 1 is one like others. Where its namespace can't be told, the kernel's
  /// own thread 2 tells the system's process 1.
  private static func protectsInit(_ proc: borrowing ProcFS) -> Bool {
    if proc.isLive, let isInitial = proc.showsInitialNamespace { return isInitial }
    guard let second = try? proc.process(ProcessID(2)).stat else {
      return (try? proc.oomScore(of: ProcessID(1))) ?? 0 == 0
    }
    return second.isKernelThread || second.name == "kthreadd"
  }
}

extension Machine {
  /// From 7.0 on the scoring sums its counters exactly, as `status` does; before, it reads the
  /// approximate ones, which `stat` prints.
  var scoresExactSums: Bool { kernel.map { $0 >= KernelVersion(7, 0) } ?? false }

  /// Whether `oom_adj` is what counts, and `oom_score_adj` doesn't exist.
  var readsLegacyAdjustment: Bool { rule?.readsLegacyAdjustment ?? false }

  func bytes(_ pages: Int128) -> Int? {
    pageSize.map { Int(clamping: pages * Int128($0)) }
  }
}
