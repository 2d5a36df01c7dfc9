extension Candidate {
  /// Facts that only kernels to 2.6.35 weigh.
  public struct History: Hashable, Sendable {
    /// The task's list of children, to 2.6.32 with the threads of each.
    public var children: [Child]
    /// The kernel's `HZ`, in which the tick counts are given.
    public var ticksPerSecond: Int
    /// Of the single task, from 2.6.32 of the whole process.
    public var userTicks: Int
    /// Of the same.
    public var systemTicks: Int
    /// Age in ticks; read to 2.6.8.
    public var runTicks: Int
    /// The monotonic clock now; read from 2.6.9.
    public var uptimeSeconds: Int
    /// The monotonic clock when the task was forked; read from 2.6.9.
    public var startSeconds: Int
    /// -20 to 19; only whether it is positive matters.
    public var nice: Int
    /// Real user; read to 2.6.24.
    public var uid: Int
    /// Effective user; read to 2.6.24.
    public var euid: Int
    /// True where its memory nodes overlap those of the task that asks; read from 2.6.19.
    public var nodesOverlap: Bool

    /// All parts, each with what a process has that did nothing yet.
    public init(
      children: [Child] = [], ticksPerSecond: Int = 100, userTicks: Int = 0, systemTicks: Int = 0,
      runTicks: Int = 0, uptimeSeconds: Int = 0, startSeconds: Int = 0, nice: Int = 0,
      uid: Int = 1000, euid: Int = 1000, nodesOverlap: Bool = true
    ) {
      self.children = children
      self.ticksPerSecond = ticksPerSecond
      self.userTicks = userTicks
      self.systemTicks = systemTicks
      self.runTicks = runTicks
      self.uptimeSeconds = uptimeSeconds
      self.startSeconds = startSeconds
      self.nice = nice
      self.uid = uid
      self.euid = euid
      self.nodesOverlap = nodesOverlap
    }
  }
}

extension Candidate.History {
  /// A child as its parent's score sees it; the sizes are `total_vm`.
  public enum Child: Hashable, Sendable {
    case own(Pages)
    /// Shares its parent's address space, and so adds nothing.
    case shared(Pages)
    case noMemory
  }
}
