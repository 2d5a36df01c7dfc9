public import LogLines

/// A kill by a program that watches memory: systemd-oomd, earlyoom, nohang, oomd, lmkd, the controller of
/// Talos; or by a driver, Android's `lowmemorykiller`.
public struct DaemonKill: Hashable, Sendable {
  /// The programs whose kills are known, by the names that they log under.
  public static let killers = Wrapping.Origin.killers

  /// The time at which it was logged.
  public var stamp: Stamp
  /// In the log, from 1.
  public var line: Int
  /// The daemon's name, or the driver's.
  public var killer: String
  /// The process, where one is named.
  public var pid: Int?
  /// Its `comm`, where it is named.
  public var name: String?
  /// Its user, where it is named.
  public var uid: Int?
  /// The cgroup that was killed as a whole, where that is so.
  public var cgroup: String?
  /// The memory that it had in RAM, where that is said.
  public var resident: Kibibytes?
  /// The memory that it had in swap, where that is said.
  public var swapped: Kibibytes?
  /// Its adjustment, where that is said.
  public var adjustment: Int?
  /// The reason, in the daemon's words.
  public var reason: String?
  /// The signal that was sent first, where that is said.
  public var signal: String?
  /// The number of processes that died with the cgroup, where that is said.
  public var processes: Int?
  /// The number of cgroups among which it was chosen, where that is said.
  public var candidates: Int?
  /// The task that asked for memory, where a driver in the kernel killed.
  public var invoker: Invoker?
}

extension DaemonKill {
  /// Without time and place, which the line has that it is read from.
  package init(killer: String) { self.init(stamp: Stamp(), line: 0, killer: killer) }
}
