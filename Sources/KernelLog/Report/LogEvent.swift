public import DaemonLog
public import LogLines

/// An event in a log about processes that were killed because memory ran out.
public enum LogEvent: Hashable, Sendable {
  /// The kernel killed a process.
  case kill(Kill)
  /// A daemon killed a process, or a cgroup, before the kernel had to.
  case daemonKill(DaemonKill)
  /// What the service manager says of a unit that lost a process, or failed, or is started again.
  case unit(UnitChange)
  /// The kernel took a victim's memory, maybe seconds later.
  case reaped(Reaping)
  /// A shortage that ended without a kill line.
  case incident(Incident)
  /// The kernel left out this many lines or reports, to limit how much it prints.
  case suppressed(Int)
  /// A daemon tried to kill, and couldn't.
  case failedKill(line: Int)
  /// Words of the OOM killer stand in a line, of that number, whose form isn't understood.
  case unread(line: Int)
}

extension LogEvent {
  /// The number of its line.
  var line: Int {
    get {
      switch self {
      case .kill(let kill): kill.line
      case .daemonKill(let kill): kill.line
      case .unit(let change): change.line
      case .reaped(let reaping): reaping.line
      case .incident(let incident): incident.line
      case .unread(let line), .failedKill(let line): line
      case .suppressed: 0
      }
    }
    set {
      switch self {
      case .kill(var kill):
        kill.line = newValue
        self = .kill(kill)
      case .daemonKill(var kill):
        kill.line = newValue
        self = .daemonKill(kill)
      case .unit(var change):
        change.line = newValue
        self = .unit(change)
      case .reaped(var reaping):
        reaping.line = newValue
        self = .reaped(reaping)
      case .incident(var incident):
        incident.line = newValue
        self = .incident(incident)
      case .unread: self = .unread(line: newValue)
      case .failedKill: self = .failedKill(line: newValue)
      case .suppressed: break
      }
    }
  }
}

/// `oom_reaper: reaped process …`: `oom_reap_task` in `mm/oom_kill.c`.
public struct Reaping: Hashable, Sendable {
  /// The time at which it was printed.
  public var stamp: Stamp
  /// In the log, from 1.
  public var line: Int
  /// The process whose memory it was.
  public var pid: Int
  /// Its `comm`.
  public var name: String
  /// True where the memory could be taken.
  public var isDone: Bool
  /// The memory that it still held, where that is said.
  public var left: Kibibytes?
}

/// A shortage without a kill line.
public struct Incident: Hashable, Sendable {
  /// The time at which its outcome was printed, or its first line where the log doesn't tell the outcome.
  public var stamp: Stamp
  /// That line in the log, from 1.
  public var line: Int
  /// The way in which it ended.
  public var outcome: Outcome
  /// The report that was printed before.
  public var report: Report

  /// The way in which a shortage ended.
  public enum Outcome: Hashable, Sendable {
    /// `vm.panic_on_oom`, or nobody was left to kill; with the kernel's words.
    case panic(String)
    /// Nobody could be killed, and the kernel went on.
    case noVictim
    /// `Skip killing the task`: it was exiting already.
    case wasExiting(pid: Int, name: String)
    /// The log doesn't tell.
    case cutOff
  }
}
