import Arguments
import Configuration
import ProcFS
import Rendering

/// Keeps adjustments as rules have them, also those of programs that start later.
struct Guard: WorldCommand {
  static let name = "guard"
  static let summary = "Keep the adjustments that a file of rules demands, of new processes too."
  static let group: String? = "Serve"
  static let discussion = [
    """
    A rule is a line: selectors, and after = or a blank the adjustment. A selector is a process number, a \
    name, or name:, match:, exe:, user:, cgroup:, unit: or parent: and a value; several on a line must \
    all hold. The last rule that fits a process holds. Lines that begin with # are comments.
    """,
    """
    The kernel tells of each program that starts, so that it is adjusted within milliseconds; that \
    takes root in the first PID and network namespaces. Elsewhere, and for rules with match:, cgroup:, \
    unit: or parent:, all processes are looked at regularly. A value that another sets later is \
    reported once and left alone. SIGHUP reads the rules anew, SIGTERM ends the guard; what it did stays.
    """,
  ]
  static let examples = [
    Example("oomctl guard --check-rules", "See whether the file is all right."),
    Example("oomctl guard --once", "Apply it now, as from cron."),
    Example(
      "oomctl generate unit > /etc/systemd/system/oomctl-guard.service", "Have it run as a service."
    ),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .option(
        "rules", sets: \.file, placeholder: "FILE", completion: .files,
        help: "Read the rules from there and not from /etc/oomctl/rules.conf."),
      .flag("once", sets: \.isOnce, help: "Apply the rules to what runs now, and end."),
      .flag("check-rules", sets: \.isCheck, help: "Only say what is wrong in the file."),
      .option(
        "interval", sets: \.interval, placeholder: "SECONDS",
        help: "Look at all processes that often where the kernel doesn't tell; by default 30."),
    ] + [ChangeOptions.dryRun].within(\.options) + CommonOptions.parameters.within(\.common)

  var file: PlainText?
  var isOnce = false
  var isCheck = false
  var interval = Seconds(30)
  var options = ChangeOptions()
  var common = CommonOptions()

  /// Where the rules stand.
  var path: String { file?.text ?? Persistence.rulesPath }

  /// Whether it ends by itself.
  var isShort: Bool { isOnce || isCheck || options.isDryRun }

  mutating func validate() throws(UsageError) {
    if common.format == .json, !isShort {
      throw .contradiction("--json needs --once, --dry-run or --check-rules")
    }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    if isShort { return try program.report(of: self) }
    let world = try World(root: common.machine.root, environment: program.environment)
    guard world.proc.isLive else {
      throw Failure(
        "a captured tree has nothing to guard", advice: "--once applies the rules to it.")
    }
    let machine = Machine(world, options: common.machine)
    let voice = Voice(
      console: program.console, name: program.environment.baseName, isQuiet: common.isQuiet)
    let book: RuleBook
    do throws(RuleProblems) {
      book = try RuleBook(at: path, in: world)
    } catch {
      for line in error.lines { voice.complain(line) }
      return .failed
    }
    var patrol = try Patrol(
      book, every: interval.number * 1000, on: machine, in: world, voice)
    try patrol.run()
    return .done
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    let book: RuleBook
    do throws(RuleProblems) {
      book = try RuleBook(at: path, in: world)
    } catch {
      return RuleCheck(path: path, count: nil, problems: error.lines)
    }
    if isCheck { return RuleCheck(path: path, count: book.rules.count, problems: []) }
    let keeper = Keeper(book, on: Machine(world, options: common.machine))
    var survey = Survey()
    var changes = try survey.records(needs: keeper.needs, in: world.proc) { record in
      keeper.change(of: record, in: world)?.change
    }.compactMap { $0 }
    if !options.isDryRun { for index in changes.indices { changes[index].apply(in: world) } }
    // From cron nothing is to be said where nothing is done.
    if common.format == .text { changes.removeAll { $0.result == .unchanged } }
    return ChangeReport(changes: changes, notes: survey.remarks)
  }
}
