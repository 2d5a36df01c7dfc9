import Core
import Posix
import ProcFS
import Processes
import Rendering

/// A line at each interval, for files and programs.
struct WatchBatch: ~Copyable {
  private let world: World
  private let console: Console
  private let watch: Watch
  private let context: WatchContext
  private let signals: Signals
  private var sampler: Sampler

  init(
    _ watch: Watch, _ context: ProcessContext, console: Console, in world: consuming World
  ) throws(Failure) {
    self.watch = watch
    self.console = console
    do throws(Errno) {
      signals = try Signals()
    } catch {
      throw Failure("signals: \(error)")
    }
    sampler = Sampler(watch.common.machine, on: context.machine, context.selection, in: world)
    self.context = WatchContext(watch.common, users: context.columnContext.users, in: world)
    self.world = world
  }

  /// Goes on until it is told to end, or nobody reads any more.
  mutating func run(by program: Program) throws(Failure) -> ExitStatus {
    program.status(try goOn(by: program), after: world, watch.common)
  }

  private mutating func goOn(by program: Program) throws(Failure) -> ExitStatus {
    var due = MonotonicClock.microseconds
    var printed = 0
    while true {
      let sample = try sampler.sample(look, in: world)
      // The requested processes may still come: rows without a process have a reason.
      if printed == 0 { program.say(sample.absences.map { .note($0) }, watch.common) }
      var text = Text()
      if watch.printsObjects {
        text = WatchObject(sample: sample, context: context, machine: sampler.machine).text
      } else {
        let width = world.environment.terminalWidth
        let line = WatchLine(sample: sample, context: context, width: width)
        if printed == 0, watch.common.hasHeadings { text.line(WatchLine.heading(within: width)) }
        text.line(line.text)
      }
      guard try console.show(text.bytes, onScreen: true) else { return .done }
      printed += 1
      if let count = watch.count, printed >= count.number { return .done }
      due = max(due + Int64(watch.interval.milliseconds) * 1000, MonotonicClock.microseconds)
      guard try isPatient(until: due) else { return .done }
    }
  }

  private var look: SampleRequest {
    SampleRequest(count: WatchObject.mostProcesses, needsCgroups: watch.printsObjects)
  }

  /// `false` when a signal has ended the wait.
  private func isPatient(until due: Int64) throws(Failure) -> Bool {
    while true {
      let left = due - MonotonicClock.microseconds
      guard left > 0 else { return true }
      do throws(Errno) {
        let wakeup = try PollEvents.wait(
          signals: signals.descriptor, atMost: Int((left + 999) / 1000))
        if wakeup.contains(.signal), signals.nextNumber() != nil { return false }
      } catch {
        throw Failure("poll: \(error)")
      }
    }
  }
}
