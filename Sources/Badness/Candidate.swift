/// The facts that the kernel weighs of one process.
public struct Candidate: Hashable, Sendable {
  /// The kind of process, which tells if the kernel could do without it.
  public var standing: Standing
  /// Absent for kernel threads and zombies: there is no address space to free.
  public var memory: Memory?
  /// `oom_score_adj`, read from 2.6.36 on.
  public var adjustment: Int
  /// `oom_adj`, read from 2.6.11 to 2.6.35.
  public var legacyAdjustment: Int
  /// Effective, and held over the whole machine.
  public var capabilities: Capabilities
  /// Flags of its tasks and its memory.
  public var marks: Marks
  /// Its life so far; read to 2.6.35.
  public var history: History

  /// All parts; what isn't named is as for an ordinary process.
  public init(
    standing: Standing = .ordinary, memory: Memory? = nil, adjustment: Int = 0,
    legacyAdjustment: Int = 0, capabilities: Capabilities = [], marks: Marks = [],
    history: History = History()
  ) {
    self.standing = standing
    self.memory = memory
    self.adjustment = adjustment
    self.legacyAdjustment = legacyAdjustment
    self.capabilities = capabilities
    self.marks = marks
    self.history = history
  }

  /// The kinds of process that the kernel treats differently.
  public enum Standing: Hashable, Sendable {
    case ordinary
    /// Process 1 of the machine; that of a container is ordinary.
    case initProcess
    case kernelThread
  }
}

extension Candidate {
  /// Effective capabilities that have softened a score.
  public struct Capabilities: OptionSet, Hashable, Sendable {
    /// The mask, a bit each capability.
    public let rawValue: UInt64

    /// From a mask.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Picks from `CapEff` in `/proc/PID/status`.
    public init(effective: UInt64) {
      self = Self(rawValue: effective).intersection([.sysAdmin, .sysResource, .sysRawIO])
    }

    /// `CAP_SYS_RAWIO`.
    public static let sysRawIO = Self(rawValue: 1 << 17)
    /// `CAP_SYS_ADMIN`.
    public static let sysAdmin = Self(rawValue: 1 << 21)
    /// `CAP_SYS_RESOURCE`.
    public static let sysResource = Self(rawValue: 1 << 24)
  }

  /// Flags that the kernel keeps for itself and `/proc` mostly hides.
  public struct Marks: OptionSet, Hashable, Sendable {
    /// The mask, a bit each mark.
    public let rawValue: Int

    /// From a mask.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// It causes the shortage knowingly: `PF_SWAPOFF`, later `PF_OOM_ORIGIN`.
    public static let oomOrigin = Self(rawValue: 1 << 0)
    /// Its memory was taken already: `MMF_OOM_SKIP`, in 4.7 and 4.8 `MMF_OOM_REAPED`.
    public static let skipped = Self(rawValue: 1 << 1)
    /// It still runs on its parent's memory.
    public static let inVfork = Self(rawValue: 1 << 2)
    /// It was chosen before and may use the reserves: `PF_MEMDIE`.
    public static let memoryDie = Self(rawValue: 1 << 3)
  }
}
