import Posix
import ProcFS

/// The signals and the service manager's watchdog, which the guard handles in the middle of its
/// work.
///
/// A long task asks between two steps if it may go on. That is often, so the signals are looked at
/// no more than a hundred times a second.
final class Attention {
  private let signals: Signals
  private let manager: ServiceManager
  /// True once SIGTERM or SIGINT came.
  private(set) var isEnding = false
  private var isReloadDue = false
  private var nextGlance: Int64 = 0
  /// The time at which the watchdog must hear something; `nil` where there is none.
  private var nextSign: Int64?

  /// From now on signals are kept until somebody looks.
  init(_ manager: ServiceManager) throws(Errno) {
    signals = try Signals()
    self.manager = manager
    nextSign = manager.watchdogInterval.map { _ in 0 }
  }

  /// For poll(2).
  var descriptor: CInt { signals.descriptor }

  /// True while the guard is to go on. SIGHUP is remembered until it is asked for.
  func goesOn() -> Bool {
    let now = MonotonicClock.microseconds
    guard now >= nextGlance else { return !isEnding }
    nextGlance = now + 10_000
    look(at: now)
    return !isEnding
  }

  /// True while the guard is to go on; this one looks in any case.
  func goesOnNow() -> Bool {
    look(at: MonotonicClock.microseconds)
    return !isEnding
  }

  /// True where SIGHUP came since this was asked last.
  func takesReload() -> Bool {
    defer { isReloadDue = false }
    return isReloadDue
  }

  /// The time of its next task, by the monotonic clock; at rest never. A signal that was read
  /// already wakes nothing any more.
  var due: Int64? { isReloadDue ? 0 : nextSign }

  private func look(at now: Int64) {
    while let signal = signals.next() {
      switch signal {
      case .end: isEnding = true
      case .reload: isReloadDue = true
      }
    }
    guard let interval = manager.watchdogInterval, let sign = nextSign, now >= sign else { return }
    manager.notify(.alive)
    nextSign = now + Int64(interval) * 1000
  }
}
