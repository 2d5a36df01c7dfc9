import Posix
import ProcFS

/// What the guard handles in the middle of its work: signals, and the service manager's watchdog.
///
/// Whatever takes long asks it between two steps whether to go on. It is asked often: it looks no more than
/// a hundred times a second.
final class Attention {
  private let signals: Signals
  private let manager: ServiceManager
  /// Whether SIGTERM or SIGINT came.
  private(set) var isEnding = false
  private var isReloadDue = false
  private var nextGlance: Int64 = 0
  /// When the watchdog must hear something; `nil` where there is none.
  private var nextSign: Int64?

  /// From now on signals are kept until somebody looks.
  init(_ manager: ServiceManager) throws(Errno) {
    signals = try Signals()
    self.manager = manager
    nextSign = manager.watchdogInterval.map { _ in 0 }
  }

  /// For poll(2).
  var descriptor: CInt { signals.descriptor }

  /// Whether to go on. SIGHUP is remembered until it is asked for.
  func goesOn() -> Bool {
    let now = MonotonicClock.microseconds
    guard now >= nextGlance else { return !isEnding }
    nextGlance = now + 10_000
    look(at: now)
    return !isEnding
  }

  /// The same, looking for sure.
  func goesOnNow() -> Bool {
    look(at: MonotonicClock.microseconds)
    return !isEnding
  }

  /// Whether SIGHUP came since this was asked last.
  func takesReload() -> Bool {
    defer { isReloadDue = false }
    return isReloadDue
  }

  /// When there is something to do for it, by the monotonic clock; at rest never. A signal that was read
  /// already wakes nobody any more.
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
