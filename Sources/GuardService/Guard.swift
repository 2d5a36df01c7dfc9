import Arguments
import Changes
import Configuration
import Core
import ProcFS
import Processes
import Protecting
import Rendering

/// Keeps adjustments as rules have them, also those of programs that start later.
package struct Guard: WorldCommand {
  static let name = "guard"
  static let summary = "Keep the adjustments that a file of rules demands, of new processes too."
  static let group: String? = "Serve"
  static let discussion = [
    """
    A rule is a line: selectors, and after = or a blank the adjustment. A selector is a process number, a \
    name, or name:, match:, exe:, user:, cgroup:, unit: or parent: and a value; several on a line must \
    all hold. match: takes the whole rest of the line, so it comes last. The last rule that fits a process \
    holds. Lines that begin with # are comments.
    """,
    """
    A rule lowers only processes of root and of the system's users (below UID_MIN of login.defs), or of \
    the user that it names with user:. Whatever else users call theirs, start or mount, a rule doesn't \
    lower it. unit: means the system's unit, and a user's own only together with user:. exe: means the \
    file, not a path that a process shows.
    """,
    """
    The kernel tells of each program that starts, so that it is adjusted within milliseconds; that \
    takes root in the first PID and network namespaces. Elsewhere, and for rules with match:, cgroup:, \
    unit: or parent:, all processes are looked at regularly. A value that another sets later is \
    reported once and left alone. SIGTERM ends the guard; what it did stays.
    """,
    """
    The guard notices when the file changes, and reads it again; SIGHUP has it do the same. While the file \
    is broken, can't be read or is gone, the old rules stay in force. They are also kept in \
    /var/lib/oomctl: if the file is broken when the guard starts, it uses those rules and says so. \
    Without a file it doesn't start.
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
      .flag(
        "check-rules", sets: \.isCheck,
        help: "Only check the file, and show which processes each rule matches now."),
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

  /// The path of the rules.
  var path: String { file?.text ?? GuardRules.path }

  /// True where it ends by itself.
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
    let manager = ServiceManager(in: world.environment)
    let attention: Attention
    do throws(Errno) {
      attention = try Attention(manager)
    } catch {
      throw Failure("signals: \(error)")
    }
    let herald = Herald(
      MessageWriter(
        console: program.console, name: program.environment.baseName, isQuiet: common.isQuiet),
      attention)
    let rules: RulesInForce
    do throws(RuleProblems) {
      rules = try RulesInForce(at: wholePath(in: world), in: world, while: attention.goesOn)
    } catch {
      for line in error.lines { herald.complain(line) }
      return .failed
    }
    guard attention.goesOnNow() else { return .done }
    for line in rules.problems.prefix(20) { herald.complain(line) }
    if !rules.problems.isEmpty { herald.complain("\(rules.summary)") }
    let equipment = GuardLoop.Equipment(
      herald: herald, manager: manager, attention: attention,
      machine: Machine(world, options: common.machine), root: common.machine.root ?? "",
      interval: interval.number * 1000)
    var loop = GuardLoop(rules, with: equipment, in: world)
    try loop.run()
    return .done
  }

  /// The rules' path from the root, also where it was given as seen from here.
  private func wholePath(in world: borrowing World) -> String {
    guard !path.hasPrefix("/") else { return path }
    let folder = world.isThisMachine ? try? world.proc.directory.link("self/cwd") : nil
    return "\(folder ?? "")/\(path)"
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let bytes: [UInt8]
    let book: RuleBook
    do throws(RuleProblems) {
      bytes = try RuleBook.contents(of: path, in: world)
      book = try RuleBook(parsing: bytes, path: path, in: world)
    } catch {
      return RuleCheck(path: path, problems: error.lines)
    }
    if isCheck {
      return try RuleCheck(
        of: book, from: GuardRules.parse(bytes).rules.rules,
        on: Machine(world, options: common.machine), in: world)
    }
    return try once(by: book, in: world)
  }

  private func once(
    by book: RuleBook, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    let enforcer = RuleEnforcer(book, on: Machine(world, options: common.machine))
    var reader = ProcessReader()
    let all: [ProcessID]
    do throws(ProcFSError) {
      all = try world.proc.processes.filter(RuleEnforcer.mayAdjust)
    } catch {
      throw Failure(error)
    }
    let demands = try reader.records(of: all, needs: enforcer.needs, in: world.proc) { record in
      enforcer.change(of: record, in: world).map { (record, $0.change) }
    }.compactMap { $0 }
    var changes: [Change] = []
    for (record, demanded) in demands {
      var change = demanded
      if options.isDryRun {
        change = change.foreseen(in: world)
      } else {
        change.apply(in: world)
      }
      // That a process has ended meanwhile is nobody's failure.
      if change.result == .failed,
        enforcer.hasEnded(record.id, as: record.identity, in: world)
      {
        continue
      }
      changes.append(change)
    }
    // From cron nothing is to be said where nothing is done.
    if common.format == .text { changes.removeAll { $0.result == .unchanged } }
    var report = ChangeReport(changes: changes, notes: reader.remarks)
    let hiddenCount = reader.hiddenCount + reader.hiddenProgramCount
    if hiddenCount > 0 {
      // From root nothing should be hidden.
      report.notes.append(
        Remark(
          text: "\(Completeness.phrase(hiddenCount)) hidden: left alone",
          isError: world.environment.userID() == 0))
    }
    report.isWhole = hiddenCount + reader.problemCount == 0
    return report
  }
}
