import Core
import Posix
import ProcFS
import Processes
import Protecting

/// The guard at work, until a signal ends it: it waits for messages from the kernel, and looks at
/// new processes.
struct GuardLoop: ~Copyable {
  let world: World
  let herald: Herald
  let manager: ServiceManager
  let attention: Attention
  private let connector: ProcessConnector?
  var enforcer: RuleEnforcer
  var rules: RulesInForce
  var watch: RulesWatch?
  let record: GuardRecord
  /// Between looks at all processes, in milliseconds.
  private let interval: Int
  var schedule = Schedule()

  /// The objects that the guard begins with.
  struct Equipment {
    let herald: Herald
    let manager: ServiceManager
    let attention: Attention
    let machine: Machine
    /// The folder that takes the place of the root; empty for this machine's own.
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
    enforcer = RuleEnforcer(rules.book, on: equipment.machine)
    record = GuardRecord(in: world)
    self.rules = rules
    self.world = world
  }

  /// Goes on until it is told to end.
  mutating func run() throws(Failure) {
    rehearse()
    settle()
    lookAtAll()
    if !attention.isEnding { tellReady() }
    schedule.nextLook = nextLook
    if rules.isUnread { schedule.noteUnreadRules() }
    while attention.goesOnNow() {
      let wakeup: PollEvents
      do throws(Errno) {
        wakeup = try PollEvents.wait(
          connector: descriptor, signals: attention.descriptor, files: watch?.descriptor,
          atMost: schedule.timeout(
            until: attention.due, herald.due, looksRegularly ? schedule.nextLook : nil))
      } catch {
        throw Failure("poll: \(error)")
      }
      guard attention.goesOnNow() else { break }
      if wakeup.contains(.files), watch?.takesChange() ?? false { schedule.noteChange() }
      if attention.takesReload() { reload(asked: true) }
      if schedule.takesReload() { reload(asked: false) }
      if wakeup.contains(.processes) { receiveEvents() }
      lookWhereDue()
      herald.settle(at: MonotonicClock.microseconds)
    }
    herald.settle()
    record.remove(in: world)
    manager.notify(.stopping)
  }

  private var descriptor: Int32? {
    switch connector {
    case .some(let connector): connector.descriptor
    case .none: nil
    }
  }

  /// True where the kernel's messages alone aren't enough.
  private var looksRegularly: Bool { descriptor == nil || enforcer.book.needsRescan }

  private var nextLook: Int64 { MonotonicClock.microseconds + Int64(interval) * 1000 }
}

extension GuardLoop {
  /// Handles the processes that the kernel reports. Those that it couldn't report are found by a
  /// look at all.
  private mutating func receiveEvents() {
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
      enforcer.look(at: ids, in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(enforcer.hasUnread)
    case .overflow:
      lookAtAll()
    }
  }

  mutating func lookAtAll() {
    let (herald, attention) = (herald, attention)
    do throws(ProcFSError) {
      try enforcer.lookAtAll(in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(enforcer.hasUnread)
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
      enforcer.lookAgain(in: world, while: attention.goesOn) { herald.pass(on: $0) }
      schedule.noteUnread(enforcer.hasUnread)
    case .none: break
    }
  }
}
