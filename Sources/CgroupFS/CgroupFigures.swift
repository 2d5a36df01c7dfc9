public import ProcFS

/// All that the files of a memory cgroup tell of its use, its limits and what happened at them. Sources:
/// Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst. What the kernel doesn't offer is `nil`.
public struct CgroupFigures: Hashable, Sendable {
  /// True where the files are those of version 1.
  public var isVersionOne = false
  /// What is in use now, with all below it.
  public var usage = CgroupUsage()
  /// The limits that it has of its own.
  public var limits = CgroupLimits()
  /// Bytes from which its tasks are throttled, `memory.high`; `nil` is none, or version 1.
  public var high: Int?
  /// Bytes in swap.
  public var swap: Int?
  /// The most bytes that were in use: `memory.peak`, from 5.19, or `memory.max_usage_in_bytes`.
  public var peak: Int?
  /// What happened at its limits since it was made, there and below it.
  public var events = Events()
  /// The time that its tasks waited for memory; version 2.
  public var pressure: Pressure?

  /// Numbers of times, of `memory.events`; of version 1 `memory.failcnt` and the kills of `memory.oom_control`.
  public struct Events: Hashable, Sendable {
    /// That tasks were throttled above `memory.high`.
    public var high: UInt64?
    /// That the limit was met.
    public var max: UInt64?
    /// That this left no room.
    public var oom: UInt64?
    /// That the OOM killer took a process.
    public var kills: UInt64?
    /// That a group died as a whole; from 5.17.
    public var groupKills: UInt64?

    /// None that is known.
    public init() {}
  }

  /// A group of which nothing is known.
  public init() {}
}

extension CgroupHierarchy {
  /// The figures of a group, by its path from the hierarchy's root.
  ///
  /// Throws `ENOENT` when there is no such group, or when it lies outside what is mounted.
  public func figures(of path: String) throws(ProcFSError) -> CgroupFigures {
    let group = try open(path)
    var figures = CgroupFigures()
    figures.isVersionOne = version == .one
    figures.usage = try CgroupUsage(in: group, version)
    figures.limits =
      try version == .one ? CgroupLimits(ofVersionOne: group) : CgroupLimits(ofVersionTwo: group)
    figures.swap = try swapped(in: group)
    if version == .two {
      try figures.readVersionTwo(group)
    } else {
      try figures.readVersionOne(group)
    }
    return figures
  }
}

extension CgroupFigures {
  fileprivate mutating func readVersionTwo(_ group: borrowing Directory) throws(ProcFSError) {
    high = try group.amount("memory.high")
    peak = try group.amount("memory.peak")
    events = try group.readIfPresent("memory.events", as: Events.self) ?? Events()
    do throws(ProcFSError) {
      pressure = try group.readIfPresent("memory.pressure", as: Pressure.self)
    } catch {
      // Switched off.
      guard error.meaning == .notEnabled else { throw error }
    }
  }

  fileprivate mutating func readVersionOne(_ group: borrowing Directory) throws(ProcFSError) {
    peak = try group.amount("memory.max_usage_in_bytes")
    events.max = try group.readIfPresent("memory.failcnt")
    events.kills = try group.readIfPresent("memory.oom_control", as: MemoryEvents.self)?.oomKills
  }
}

extension CgroupFigures.Events: KernelText {
  public static var expectation: String { "lines of memory.events, as max 12" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      let count = cursor.natural(in: text)
      if text.holds("high", in: key) { high = count }
      if text.holds("max", in: key) { max = count }
      if text.holds("oom", in: key) { oom = count }
      if text.holds("oom_kill", in: key) { kills = count }
      if text.holds("oom_group_kill", in: key) { groupKills = count }
      _ = cursor.line(in: text)
    }
  }
}
