import Core
import Posix
import ProcFS
import Processes
import Rendering

/// The screen at work, until a key or a signal ends it.
struct WatchSession: ~Copyable {
  private let world: World
  private let console: Console
  private let common: CommonOptions
  private let interval: Interval
  /// Looks that are left; `nil` for any number.
  private var looksLeft: Int?
  private let signals: Signals
  private var sampler: Sampler
  private let context: WatchContext
  private var state = WatchState()
  private var terminal: Terminal
  private var decoder = KeyDecoder()
  /// The number of failed reads that were reported.
  private var toldCount = 0
  /// The screen that the terminal shows; `nil` when that isn't known.
  private var shown: Screen?
  private var size: (width: Int, height: Int)
  private let palette: Screen.Palette

  init(
    _ watch: Watch, _ context: ProcessContext, console: Console, in world: consuming World
  ) throws(Failure) {
    common = watch.common
    interval = watch.interval
    looksLeft = watch.count?.number
    self.console = console
    do throws(Errno) {
      signals = try Signals(Self.handled)
    } catch {
      throw Failure("signals: \(error)")
    }
    sampler = Sampler(watch.common.machine, on: context.machine, context.selection, in: world)
    var view = WatchContext(watch.common, users: context.columnContext.users, in: world)
    view.interval = watch.interval
    view.namesKills = sampler.descriptor != nil
    self.context = view
    state.usesLegacyScale = context.machine.readsLegacyAdjustment
    palette = watch.common.usesColor(in: world.environment) ? .color : .monochrome
    self.world = world
    // The last thing that can fail has not.
    terminal = Terminal()
    size = terminal.size
  }

  /// Those that are blocked, and read in turn.
  static let handled = Signals.ending + [Signals.resize, Signals.stop, Signals.continuation]

  /// Goes on until it is told to end.
  mutating func run() throws(Failure) -> ExitStatus {
    // Before the signals go: those that came meanwhile end the program as soon as nobody blocks them.
    defer { terminal.leave() }
    var due = MonotonicClock.microseconds
    while true {
      let now = MonotonicClock.microseconds
      if now >= due {
        try look()
        if looksLeft == 0 { return .done }
        due = max(due + Int64(interval.milliseconds) * 1000, now)
      }
      guard try draw() else { return .done }
      switch try handle(until: due) {
      case .end: return .done
      case .look: due = min(due, MonotonicClock.microseconds)
      case .nothing: break
      }
    }
  }

  /// The consequence of what has happened.
  private enum Consequence { case nothing, look, end }

  private mutating func look() throws(Failure) {
    state.pageSize = view().pageSize
    let isFirst = state.sample.time == 0
    state.take(try sampler.sample(state.look, in: world))
    if isFirst, let absence = state.sample.absences.first {
      state.message = StyledLine(absence, .notice)
    }
    // Each that is new is told once.
    if world.gaps.failures.count > toldCount, let failure = world.gaps.failures.last {
      state.message = StyledLine("\(failure)", .danger)
      toldCount = world.gaps.failures.count
    }
    looksLeft = looksLeft.map { $0 - 1 }
  }

  private func view(_ text: [StyledLine]? = nil) -> WatchView {
    WatchView(state: state, context: context, width: size.width, height: size.height, text: text)
  }

  /// `false` when nobody looks any more.
  private mutating func draw() throws(Failure) -> Bool {
    state.pageSize = view().pageSize
    let screen = Screen(
      view(text).lines, width: size.width, height: size.height, isASCII: !context.usesBlocks)
    let update = screen.update(from: shown, in: palette)
    shown = screen
    return try console.show(update.bytes, onScreen: true)
  }

  private var text: [StyledLine]? {
    switch state.mode {
    case .help: WatchHelp.lines(usesBlocks: context.usesBlocks)
    case .explanation(let process):
      WatchExplanation(
        process: process, common: common, machine: sampler.machine, users: context.users
      ).lines(state.sample, width: size.width, in: world)
    case .list, .filter, .value, .confirmation: nil
    }
  }
}

extension WatchSession {
  /// Waits for whatever comes first.
  private mutating func handle(until due: Int64) throws(Failure) -> Consequence {
    let wakeup: PollEvents
    do throws(Errno) {
      let left = max(0, due - MonotonicClock.microseconds + 999) / 1000
      wakeup = try PollEvents.wait(
        signals: signals.descriptor, keys: terminal.keys, messages: sampler.descriptor,
        atMost: decoder.isWaiting ? min(Int(left), Self.escapeTime) : Int(left))
    } catch {
      throw Failure("poll: \(error)")
    }
    if wakeup.contains(.signal) {
      while let signal = signals.nextNumber() {
        if handle(signal) == .end { return .end }
      }
    }
    if wakeup.contains(.messages) { state.note(sampler.newKills(in: world)) }
    return handleKeys(wakeup.contains(.keys))
  }

  /// As long as an escape waits for the rest of its sequence, in milliseconds.
  private static var escapeTime: Int { 50 }

  private mutating func handle(_ signal: CInt) -> Consequence {
    switch signal {
    case Signals.resize:
      size = terminal.size
      shown = nil
    case Signals.stop:
      terminal.leave()
      Signals.suspend()
      terminal.enter()
      size = terminal.size
      shown = nil
    case Signals.continuation:
      terminal.enter()
      size = terminal.size
      shown = nil
    default: return .end
    }
    return .nothing
  }

  private mutating func handleKeys(_ isTyped: Bool) -> Consequence {
    let keys: [Key]
    if isTyped {
      guard let bytes = terminal.typed() else { return .end }
      keys = decoder.keys(from: bytes)
    } else {
      keys = decoder.isWaiting ? decoder.flush() : []
    }
    let before = state.look
    for key in keys {
      switch state.press(key) {
      case .quit: return .end
      case .redraw: shown = nil
      case .adjust(let process, let value):
        let action = WatchAction(process: process, value: value, common: common)
        state.message = action.carryOut(in: world)
        return .look
      case nil: break
      }
    }
    return state.look == before ? .nothing : .look
  }
}
