public import LogLines

/// A kill by a program that watches memory: systemd-oomd, earlyoom, nohang, oomd.
public struct DaemonKill: Hashable, Sendable {
  /// The programs whose kills are known, by the names that they log under.
  public static let killers = Wrapping.Origin.killers

  /// The time at which it was logged.
  public var stamp: Stamp
  /// In the log, from 1.
  public var line: Int
  /// The daemon's name.
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
  /// Its adjustment, where that is said.
  public var adjustment: Int?
  /// The reason, in the daemon's words.
  public var reason: String?
}
