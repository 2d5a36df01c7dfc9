import Core
import Diagnosis
import ProcFS
import Processes

/// The state of memory at one time. Values that the kernel doesn't offer are `nil`.
struct MemoryLevels: Sendable, Equatable {
  /// Used of a whole, in bytes.
  struct Amount: Sendable, Equatable {
    var used: Int
    var total: Int

    /// In thousandths.
    var share: Int {
      total > 0 ? Int(clamping: Int128(max(0, used)) * 1000 / Int128(total)) : 0
    }

    var free: Int { Int(clamping: Int128(total) - Int128(used)) }

    init?(_ used: Int?, of total: Int?) {
      guard let used, let total else { return nil }
      self.used = used
      self.total = total
    }

    /// Memory that isn't free is used.
    init?(free: Int?, of total: Int?) {
      guard let free, let total else { return nil }
      self.init(Int(clamping: Int128(total) - Int128(free)), of: total)
    }
  }

  var memory: Amount?
  /// Memory that programs can have without swapping; up to 3.13 an estimate that is too high.
  var available: Int?
  var isAvailableEstimated = false
  /// `nil` also where there is none.
  var swap: Amount?
  /// True where the kernel says that there is none.
  var hasNoSwap = false
  var commit: Amount?
  /// True where programs are refused memory beyond the limit.
  var isCommitEnforced = false
  /// Shares of the last ten seconds, in hundredths of a percent.
  var somePressure: Int?
  var fullPressure: Int?
  /// The kernel's own part of memory, on 32-bit machines with more than it can reach.
  var low: Amount?
  var lowLevel = Threshold.Level.fine
  /// Kills since boot.
  var kills: UInt64?

  init() {}

  init(in world: borrowing World) {
    if let memory = world.known(try world.proc.memoryInfo) { take(memory) }
    let pressure = world.known(try world.proc.memoryPressure)
    somePressure = pressure?.some?.tenSeconds
    fullPressure = pressure?.full?.tenSeconds
    isCommitEnforced = world.known(try world.proc.value(of: .overcommitMemory)) == .never
    if let low { lowLevel = Self.level(of: low, in: world) }
    kills = world.known(try world.proc.memoryEvents)?.oomKills
  }

  private mutating func take(_ information: MemoryInfo) {
    let bytes = { (line: MemoryInfo.Line) in information[line]?.bytes }
    available = bytes(.available)
    if available == nil, let free = bytes(.free) {
      let cache = ProcessStatus.sum(bytes(.buffers) ?? 0, bytes(.cached) ?? 0)
      available = ProcessStatus.sum(free, max(0, max(0, cache) - max(0, bytes(.shared) ?? 0)))
      isAvailableEstimated = true
    }
    memory = Amount(free: available, of: bytes(.total))
    if let total = bytes(.swapTotal) {
      hasNoSwap = total == 0
      if total > 0 { swap = Amount(free: bytes(.swapFree), of: total) }
    }
    commit = Amount(bytes(.committed), of: bytes(.commitLimit))
    if information.is32Bit == true, bytes(.highTotal) ?? 0 > 0 {
      low = Amount(free: bytes(.lowFree), of: bytes(.lowTotal))
    }
  }

  /// The memory that is left until the kernel finds nothing more to hand out: available memory and
  /// free swap.
  var left: Int? {
    available.map { ProcessStatus.sum($0, swap?.free ?? 0) }
  }

  /// All that could be used.
  var whole: Int? { memory.map { ProcessStatus.sum($0.total, swap?.total ?? 0) } }
}

// The levels are those of the findings, see Threshold.
extension MemoryLevels {
  var memoryLevel: Threshold.Level {
    guard let memory, let available else { return .fine }
    return Threshold.memory(
      available: available, of: memory.total, swapFree: swap?.free ?? 0, of: swap?.total ?? 0)
  }

  /// Full swap alone kills nobody.
  var swapLevel: Threshold.Level {
    swap.map { Threshold.isShort($0.free, of: $0.total) } == true ? .short : .fine
  }

  var commitLevel: Threshold.Level {
    guard isCommitEnforced, let commit, let memory else { return .fine }
    return Threshold.commit(commit.used, of: commit.total, ram: memory.total)
  }

  /// The level of low memory; where its facts can't be read, by what is free of it.
  private static func level(of low: Amount, in world: borrowing World) -> Threshold.Level {
    guard let facts = try? MemoryFacts(MachineOptions(), cgroup: nil, in: world),
      let memory = LowMemory(facts)
    else { return Threshold.isShort(low.free, of: low.total) ? .short : .fine }
    return memory.level
  }
}
