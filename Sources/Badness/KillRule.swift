/// The processes that die once a victim is chosen: `oom_kill_process` in `mm/oom_kill.c`.
public struct KillRule: KernelEra, Hashable {
  /// The release that brought the rule, and its name.
  public let since: KernelVersion
  /// The child that dies instead of the victim, if any.
  public let sacrifice: Sacrifice
  /// The fate of other processes on the victim's memory.
  public let sharers: Sharers
  /// True where a memory cgroup can ask to be killed as a whole (`memory.oom.group`).
  public let killsGroups: Bool

  /// The child that is taken instead of the chosen process.
  public enum Sacrifice: Hashable, Sendable {
    case none
    /// The first with memory of its own that may be killed, whatever its score.
    case firstChild
    /// The one with the highest score above 0; among equals the first.
    case worstChild
  }

  /// The processes on the same memory that die too.
  public enum Sharers: Hashable, Sendable {
    /// Nobody: the memory isn't freed then.
    case live
    case die
    /// All but those that are exempt.
    case dieUnlessExempt
  }

  /// All rules, oldest first.
  public static let history: [KillRule] = [
    Self(.init(2, 4), .none, .die),
    Self(.init(2, 6, 11), .firstChild, .die),
    // The rewrite forgot the sharers, for one release.
    Self(.init(2, 6, 36), .worstChild, .live),
    Self(.init(2, 6, 37), .worstChild, .die),
    Self(.init(3, 2), .worstChild, .dieUnlessExempt),
    // Sharers have the same adjustment from here on.
    Self(.init(4, 8), .worstChild, .die),
    Self(.init(4, 19), .worstChild, .die, killsGroups: true),
    Self(.init(5, 1), .none, .die, killsGroups: true),
  ]

  private init(
    _ since: KernelVersion, _ sacrifice: Sacrifice, _ sharers: Sharers, killsGroups: Bool = false
  ) {
    self.since = since
    self.sacrifice = sacrifice
    self.sharers = sharers
    self.killsGroups = killsGroups
  }
}
