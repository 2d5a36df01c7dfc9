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

  private var path: String { file?.text ?? Persistence.rulesPath }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    if isOnce || isCheck || options.isDryRun { return try program.report(of: self) }
    let world = try World(root: common.machine.root, environment: program.environment)
    guard world.proc.isLive else {
      throw Failure(
        "a captured tree has nothing to guard", advice: "--once applies the rules to it.")
    }
    let machine = Machine(world, options: common.machine)
    let book: RuleBook
    do throws(RuleProblems) {
      book = try RuleBook(at: path, in: world)
    } catch {
      throw error.failure
    }
    let voice = Voice(
      console: program.console, name: program.environment.baseName, isQuiet: common.isQuiet)
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
      guard isCheck else { throw error.failure }
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

extension RuleProblems {
  fileprivate var failure: Failure {
    Failure(lines.joined(separator: "\n"), advice: "'guard --check-rules' checks the file.")
  }
}

/// Whether a file of rules is all right.
struct RuleCheck: Report {
  let path: String
  /// `nil` where it isn't.
  let count: Int?
  let problems: [String]

  var remarks: [Remark] { problems.map { .error($0) } }

  func writeText(to text: inout Text, on page: Page) {
    guard let count, !page.isQuiet else { return }
    text.line(SafeText.visible("\(path): \(count) \(count == 1 ? "rule" : "rules"), all right"))
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("rules", Value(count))
    json.member("problems", array: problems) { json, problem in json.value(.text(problem)) }
  }
}

/// A time that isn't too short to look at all processes.
struct Seconds: ArgumentValue, Equatable {
  let number: Int

  static let placeholder = "SECONDS"
  static let expectation = "a whole number from 1 to 86400"

  init(_ number: Int) {
    self.number = number
  }

  init?(argument: String) {
    guard let number = Int(argument), (1...86400).contains(number) else { return nil }
    self.number = number
  }
}
