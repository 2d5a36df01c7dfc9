package import Badness
package import Core
package import ProcFS

/// The measure for processes: the kernel's rules and the machine's memory.
package struct Machine: Sendable {
  /// The kernel's release as it names itself, or as the user gave it.
  package var release: String?
  package var kernel: KernelVersion?
  package var rule: ScoringRule?
  package var selection: SelectionRule?
  /// The rule of the kernel that printed the tree's `oom_score` files.
  var ownRule: ScoringRule?
  /// True if `rule` is that of the kernel that printed the tree's `oom_score` files.
  package var isKernelsOwnRule: Bool
  /// `nil` where `meminfo` or the page size is missing.
  package var capacity: MemoryCapacity?
  /// The same once who switches off swap was killed, and all swap counts again; `nil` where nobody does.
  package private(set) var restoredCapacity: MemoryCapacity?
  package var pageSize: Int?
  /// The state of the swap areas: whether one is being switched off.
  var swapOff = SwapOff.none
  /// This program: it has ended when its output is read, so it is never shown as a victim.
  package var bystander: ProcessID?

  package init(_ world: borrowing World, options: MachineOptions) {
    bystander = world.ownProcess
    let ownRelease = world.kernelRelease
    release = options.kernel ?? ownRelease
    kernel = release.flatMap { KernelVersion(parsing: $0) }
    ownRule = ownRelease.flatMap { KernelVersion(parsing: $0) }
      .flatMap(ScoringRule.inForce(in:))
    rule = options.rule ?? kernel.flatMap(ScoringRule.inForce(in:))
    isKernelsOwnRule = rule?.since == ownRule?.since && rule != nil
    selection = kernel.flatMap(SelectionRule.inForce(in:))
    pageSize = options.pageSize ?? world.pageSize
    guard let memory = world.memory, let pageSize else { return }
    swapOff = SwapOff(total: memory.swap, in: world)
    let wordSize = options.wordSize ?? (memory.is32Bit ? .bits32 : .bits64)
    func capacity(swap: Int) -> MemoryCapacity {
      MemoryCapacity(
        ram: Pages(memory.ram / pageSize), swap: Pages(swap / pageSize), pageSize: pageSize,
        wordSize: wordSize)
    }
    guard case .running(let counted, let all) = swapOff else {
      self.capacity = capacity(swap: memory.swap)
      return
    }
    self.capacity = capacity(swap: counted)
    restoredCapacity = capacity(swap: all)
  }
}

extension World {
  fileprivate var pageSize: Int? {
    isThisMachine ? ThisMachine.pageSize : (known(try proc.pageSize) ?? nil) ?? pageSizeOfZones
  }

  /// The page size where no process shows it, as in a report without them: MemTotal is the memory
  /// that all zones hand out (mm/page_alloc.c `totalram_pages`).
  private var pageSizeOfZones: Int? {
    guard let total = known(try proc.memoryInfo)?[.total]?.bytes,
      let zones = known(try proc.zoneInfo)?.zones
    else { return nil }
    let pages = zones.reduce(0) { $0 &+ ($1.managedPages ?? 0) }
    guard pages > 0, total % pages == 0 else { return nil }
    let size = total / pages
    return size >= 1024 && size & (size - 1) == 0 ? size : nil
  }

  /// Sizes in bytes, and whether the kernel's `long`s are short.
  fileprivate var memory: (ram: Int, swap: Int, is32Bit: Bool)? {
    if isThisMachine, ThisMachine.is64Bit, let memory = ThisMachine.memory {
      return (memory.ram, memory.swap, false)
    }
    guard let information = known(try proc.memoryInfo), let ram = information[.total] else {
      return nil
    }
    return (ram.bytes, information[.swapTotal]?.bytes ?? 0, information.is32Bit ?? false)
  }
}

extension Machine {
  /// From 7.0 on the scoring sums its counters exactly, as `status` does; before, it reads the
  /// approximate ones, which `stat` prints.
  var scoresExactSums: Bool { kernel.map { $0 >= KernelVersion(7, 0) } ?? false }

  /// True if `oom_adj` counts, and `oom_score_adj` doesn't exist.
  package var readsLegacyAdjustment: Bool { rule?.readsLegacyAdjustment ?? false }

  package func bytes(_ pages: Int128) -> Int? {
    pageSize.map { Int(clamping: pages * Int128($0)) }
  }
}
