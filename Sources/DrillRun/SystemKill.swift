import Core
import KernelLog
import KillPrediction
import Posix
import ProcFS
import Processes

/// The kernel's action after SysRq-f.
struct SystemKill {
  /// Kills that it counts; `nil` where it doesn't count.
  let count: UInt64?
  /// The kernel's lines in its log.
  let words: [String]
  /// The process that its log names; `nil` where that can't be read.
  let named: ProcessID?
  /// True where the predicted victim is gone.
  let isVictimGone: Bool
  /// Those of the processes seen before that are gone, the worst first.
  let gone: [ScoredProcess]

  /// Calls the kernel's OOM killer, and waits until it has killed. It works by itself: the call returns
  /// at once.
  init(of forecast: SystemForecast, in world: borrowing World) throws(Failure) {
    let before = world.known(try world.proc.memoryEvents)?.oomKills
    var log = KernelWords(in: world)
    try SysRq.call(in: world)
    var waited = 0
    while !Self.isGone(forecast.victim, in: world), waited < Self.timeout {
      MonotonicClock.pause(milliseconds: 20)
      waited += 20
      // Another one died: the one that was to do so needn't be waited for any longer.
      if waited >= 1000, Self.counted(since: before, in: world) ?? 0 > 0 { break }
    }
    words = log.ofKill { $0.hasPrefix("oom-kill:") || $0.holds("Killed process ") }
    count = Self.counted(since: before, in: world)
    named = KernelWords.victim(in: words)
    isVictimGone = Self.isGone(forecast.victim, in: world)
    var gone: [ScoredProcess] = []
    for subject in forecast.field.subjects.sorted(by: forecast.context.machine.precedes)
    where subject.record.hasMemory && Self.isGone(subject, in: world) {
      gone.append(subject)
    }
    self.gone = gone
  }

  /// In milliseconds.
  private static let timeout = 10_000

  private static func counted(since before: UInt64?, in world: borrowing World) -> UInt64? {
    guard let before, let now = world.known(try world.proc.memoryEvents)?.oomKills else {
      return nil
    }
    return now &- before
  }

  private static func isGone(_ subject: ScoredProcess, in world: borrowing World) -> Bool {
    guard let identity = subject.record.identity else { return false }
    return world.known(try world.proc.isAlive(identity)) == false
  }
}
