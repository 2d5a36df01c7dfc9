import ProcFS

/// The guard at work, until a signal ends it: it waits for news from the kernel, and looks at what is new.
struct Patrol: ~Copyable {
  private let world: World
  private let herald: Herald
  private let manager: ServiceManager
  private let attention: Attention
  private let connector: ProcessConnector?
  private var keeper: Keeper
  private var rules: RulesInForce
  private var watch: RulesWatch?
  private let record: GuardRecord
  /// Between looks at all processes, in milliseconds.
  private let interval: Int
  private var schedule = Schedule()

  /// What the guard begins with.
  struct Equipment {
    let herald: Herald
    let manager: ServiceManager
    let attention: Attention
    let machine: Machine
    /// The folder that stands for the root; empty for this machine's own.
    let root: String
    /// Between looks at all processes, in milliseconds.
    let interval: Int
  }

  init(_ rules: RulesInForce, with equipment: Equipment, in world: consuming World) {
    herald = equipment.herald
    manager = equipment.manager
    attention = equipment.attention
    interval = equipment.interval
    do throws(Errno) {
      connector = try ProcessConnector()
    } catch {
      connector = nil
      herald.remark(
        "the kernel doesn't report new programs here (process connector: \(error)): all processes "
          + "are looked at every \(interval / 1000) s")
    }
    do throws(Errno) {
      watch = try RulesWatch.begun(of: rules.path, below: equipment.root)
    } catch {
      watch = nil
      herald.remark(
        "\(rules.path): changes can't be noticed here (inotify: \(error)): send SIGHUP after each")
    }
    if let errno = LockedMemory.pin() {
      herald.remark(
        "memory can't be locked (\(errno)): it may be swapped out when it is needed")
    }
    keeper = Keeper(rules.book, on: equipment.machine)
    record = GuardRecord(in: world)
    self.rules = rules
    self.world = world
  }

  /// Goes on until it is told to end.
  mutating func run() throws(Failure) {
    rehearse()
    settle()
    lookAtAll()
    tellReady()
    schedule.nextLook = nextLook
    while attention.goesOnNow() {
      let wakeup: Wakeup
      do throws(Errno) {
        wakeup = try Wakeup.wait(
          connector: descriptor, signals: attention.descriptor, files: watch?.descriptor,
          atMost: schedule.patience(
            until: attention.due, herald.due, looksRegularly ? schedule.nextLook : nil))
      } catch {
        throw Failure("poll: \(error)")
      }
      guard attention.goesOnNow() else { break }
      if wakeup.contains(.files), watch?.takesChange() ?? false { schedule.noteChange() }
      if attention.takesReload() { reload(asked: true) }
      if schedule.takesReload() { reload(asked: false) }
      if wakeup.contains(.processes) { hear() }
      lookWhereDue()
      if herald.due != nil { herald.settle(at: MonotonicClock.microseconds) }
    }
    herald.settle()
    record.remove(in: world)
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
}

extension Patrol {
  /// What the kernel reports. What it couldn't is found by looking at all.
  private mutating func hear() {
    let (herald, attention) = (herald, attention)
    let batch: ProcessConnector.Batch
    do throws(Errno) {
      switch connector {
      case .some(let connector): batch = try connector.receive(while: attention.goesOn)
      case .none: return
      }
    } catch {
      herald.pass(on: .trouble("process connector: \(error)"))
      return lookAtAll()
    }
    switch batch {
    case .changed(let ids):
      keeper.look(at: ids, in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(keeper.hasUnread)
    case .overflow:
      lookAtAll()
    }
  }

  private mutating func lookAtAll() {
    let (herald, attention) = (herald, attention)
    do throws(ProcFSError) {
      try keeper.lookAtAll(in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(keeper.hasUnread)
    } catch {
      herald.pass(on: .trouble("\(error)"))
      schedule.noteUnseen()
    }
  }

  private mutating func lookWhereDue() {
    let (herald, attention, now) = (herald, attention, MonotonicClock.microseconds)
    if looksRegularly, now >= schedule.nextLook {
      lookAtAll()
      schedule.nextLook = nextLook
    }
    switch schedule.takesRetry(at: now) {
    case .all: lookAtAll()
    case .unread:
      keeper.lookAgain(in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(keeper.hasUnread)
    case .none: break
    }
  }
}

extension Patrol {
  /// What a reload takes is touched once, and stays: later there may be no memory for it.
  private func rehearse() {
    _ = try? RuleBook(at: rules.path, in: world)
  }

  /// A file that is of no use leaves the old rules in force.
  private mutating func reload(asked: Bool) {
    manager.tell(.reloading)
    do throws(Errno) {
      try watch?.renew()
    } catch {
      herald.complain("\(rules.path): changes can't be noticed any more (inotify: \(error))")
    }
    let outcome = rules.reload(in: world, while: attention.goesOn)
    guard attention.goesOnNow() else { return }
    if outcome == .changed || asked && outcome == .same { herald.say("\(rules.summary) in force") }
    if outcome == .broken || asked && outcome == .stillBroken { complain() }
    keeper.book = rules.book
    settle()
    if outcome == .changed || asked { lookAtAll() }
    tellReady()
  }

  /// What is wrong with the file, and what holds instead.
  private func complain() {
    for line in rules.problems.prefix(20) { herald.complain(line) }
    if rules.problems.count > 20 { herald.complain("… and \(rules.problems.count - 20) more") }
    herald.complain("the old rules stay in force, as of \(Moment(rules.since).iso)")
  }

  /// Notes for the next start, and for others, which rules are in force.
  private func settle() {
    do throws(ProcFSError) {
      try rules.remember(in: world)
    } catch {
      herald.remark("the rules can't be kept for a start with a broken file: \(error)")
    }
    do throws(ProcFSError) {
      try record.write(rules, in: world)
    } catch {
      herald.remark("'oomctl metrics' can't be told how the guard fares: \(error)")
    }
  }

  private func tellReady() {
    if let errno = manager.tell(.ready, .status(rules.summary)) {
      herald.remark("NOTIFY_SOCKET: \(errno)")
    }
  }
}
