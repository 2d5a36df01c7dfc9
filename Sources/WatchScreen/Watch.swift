import Arguments
import Core
import Posix
import ProcFS
import Processes
import Rendering

/// The machine moving: memory, the ranking and kills as they come.
package struct Watch: CommonCommand {
  static let name = "watch"
  static let summary = "Show memory and the next victims as they change."
  static let group: String? = "See"
  static let discussion = [
    """
    A screen that is left with q: memory, swap, pressure and commit with their history, how far it is \
    until memory runs out, the ranking with its movements, and kills as they happen. The key h shows all \
    others: sorting, filtering, trees, memory cgroups, the explanation of a process, and its adjustment, \
    which oomctl undo takes back. Selectors choose which rows are shown; ranks remain those among all.
    """,
    """
    With --batch, and wherever the output is no terminal that a screen can be drawn on, it prints a line \
    at each interval. Victims are named where the kernel's log may be read, else only counted.
    """,
  ]
  static let examples = [
    Example("oomctl watch", "The screen."),
    Example("oomctl watch --lock", "One that still draws when nothing else does."),
    Example("oomctl watch --batch --interval 10 >> oom.log", "A line every ten seconds."),
    Example("oomctl watch --json-lines -n 60", "A minute, for a program."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .option("interval", sets: \.interval, help: "Look that often; every second by default."),
      .option("count", "n", sets: \.count, help: "End after that many looks."),
      .flag("batch", sets: \.isBatch, help: "Print a line at each interval in place of a screen."),
      .flag(
        "json-lines", sets: \.printsObjects, help: "Print one JSON object a line at each interval."),
      .flag(
        "lock", sets: \.isLocked,
        help: "Keep the program's memory from being swapped out or fetched late."),
    ] + SelectionOptions.parameters.within(\.selection) + CommonOptions.parameters.within(\.common)

  var interval = Interval(milliseconds: 1000)
  var count: RowCount?
  var isBatch = false
  var printsObjects = false
  var isLocked = false
  var selection = SelectionOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    guard common.format == .json else { return }
    if let count, count.number > 1 {
      throw .contradiction("--json prints one object; --json-lines prints one at each interval")
    }
    printsObjects = true
    count = RowCount(1)
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    let world = try World(root: common.machine.root, environment: program.environment)
    if isLocked { try lock() }
    let context = try ProcessContext(common, selection: selection, in: world)
    for remark in try context.selection.missingNumbers(in: world).remarks {
      throw Failure(remark.text, advice: remark.advice)
    }
    guard isBatch || printsObjects || !program.environment.takesScreens else {
      var session = try WatchSession(self, context, console: program.console, in: world)
      return try session.run()
    }
    var batch = try WatchBatch(self, context, console: program.console, in: world)
    return try batch.run(by: program)
  }

  private func lock() throws(Failure) {
    LockedMemory.makeRoom()
    guard let errno = LockedMemory.pin(isWhole: true) else { return }
    throw Failure(
      "memory can't be locked: \(errno)", advice: "Try again as root, or raise 'ulimit -l'.")
  }
}

extension Environment {
  /// True where a screen can be drawn: on a terminal that knows how to place a cursor.
  fileprivate var takesScreens: Bool {
    let terminal = variables["TERM"] ?? ""
    return isTerminal && !terminal.isEmpty && terminal != "dumb"
  }

  /// Terminals without colours, and their like.
  private var hasMonochromeTerminal: Bool {
    let terminal = variables["TERM"] ?? ""
    return terminal.hasPrefix("vt") || terminal.hasSuffix("-m") || terminal.hasSuffix("-mono")
  }

  fileprivate var wantsColorOnScreen: Bool { wantsColor && !hasMonochromeTerminal }
}

extension CommonOptions {
  /// True where a screen is drawn in colours.
  func usesColor(in environment: Environment) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: environment.wantsColorOnScreen
    }
  }
}
