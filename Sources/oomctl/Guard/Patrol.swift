import ProcFS

/// The guard at work, until a signal ends it: it waits for news from the kernel, and looks at what is new.
struct Patrol: ~Copyable {
  private let world: World
  private let voice: Voice
  private let manager: ServiceManager
  private let signals: Signals
  private let connector: ProcessConnector?
  private var keeper: Keeper
  /// Between looks at all processes, in milliseconds.
  private let interval: Int

  init(
    _ book: RuleBook, every interval: Int, on machine: Machine, in world: consuming World,
    _ voice: Voice
  ) throws(Failure) {
    do throws(Errno) {
      signals = try Signals()
    } catch {
      throw Failure("signals: \(error)")
    }
    do throws(Errno) {
      connector = try ProcessConnector()
    } catch {
      connector = nil
      voice.remark(
        "the kernel doesn't tell of new programs here (process connector: \(error)): all processes "
          + "are looked at every \(interval / 1000) s")
    }
    if let errno = LockedMemory.pin() {
      voice.remark("memory can't be locked (\(errno)): it may be swapped out when it is needed")
    }
    manager = ServiceManager(in: world.environment)
    keeper = Keeper(book, on: machine)
    self.world = world
    self.voice = voice
    self.interval = interval
  }

  /// Goes on until it is told to end.
  mutating func run() throws(Failure) {
    lookAtAll()
    tellReady()
    var due = nextLook
    while true {
      let wakeup: Wakeup
      do throws(Errno) {
        wakeup = try Wakeup.wait(
          connector: descriptor, signals: signals.descriptor, atMost: patience(until: due))
      } catch {
        throw Failure("poll: \(error)")
      }
      if wakeup.contains(.signal), let signal = signals.next() {
        guard signal == .reload else { break }
        reload()
      }
      if wakeup.contains(.processes) { hear() }
      if looksRegularly, MonotonicClock.microseconds >= due {
        lookAtAll()
        due = nextLook
      }
      if manager.watchdogInterval != nil { manager.tell(.alive) }
    }
    manager.tell(.stopping)
  }

  private var descriptor: Int32? {
    switch connector {
    case .some(let connector): connector.descriptor
    case .none: nil
    }
  }

  /// Whether news alone isn't enough.
  private var looksRegularly: Bool { descriptor == nil || keeper.book.asksForLooking }

  private var nextLook: Int64 { MonotonicClock.microseconds + Int64(interval) * 1000 }

  /// At rest there is no time at which to wake up.
  private func patience(until due: Int64) -> Int? {
    let look = looksRegularly ? max(0, Int(due - MonotonicClock.microseconds + 999) / 1000) : nil
    return [look, manager.watchdogInterval].compactMap { $0 }.min()
  }

  /// What the kernel tells. What it couldn't is found by looking at all.
  private mutating func hear() {
    let batch: ProcessConnector.Batch
    switch connector {
    case .some(let connector): batch = (try? connector.receive()) ?? .overflow
    case .none: return
    }
    switch batch {
    case .changed(let ids):
      for id in ids { keeper.look(at: id, in: world, voice.say) }
    case .overflow:
      lookAtAll()
    }
  }

  private mutating func lookAtAll() {
    do throws(ProcFSError) {
      try keeper.lookAtAll(in: world, voice.say)
    } catch {
      voice.complain("\(error)")
    }
  }

  /// A broken file leaves the old rules in force.
  private mutating func reload() {
    manager.tell(.reloading)
    do throws(RuleProblems) {
      keeper.book = try RuleBook(at: keeper.book.path, in: world)
      lookAtAll()
    } catch {
      for line in error.lines { voice.complain(line) }
      voice.complain("the old rules stay in force")
    }
    tellReady()
  }

  private func tellReady() {
    let count = keeper.book.rules.count
    let rules = "\(count) \(count == 1 ? "rule" : "rules") from \(keeper.book.path)"
    if let errno = manager.tell(.ready, .status(rules)) { voice.remark("NOTIFY_SOCKET: \(errno)") }
  }
}
