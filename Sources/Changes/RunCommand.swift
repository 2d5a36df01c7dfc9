import Arguments
import Core
import Posix
import ProcFS
import Processes

/// Starts a program with an adjustment: sets its own, then becomes that program.
package struct RunCommand: ProgramCommand {
  static let name = "run"
  static let summary = "Start a program with an adjustment."
  static let group: String? = "Act"
  static let discussion = [
    """
    oomctl sets its own adjustment and then becomes the program, under the same process number. If the \
    value can't be set the program isn't started.
    """,
    """
    A program that is named without a folder is looked for in those of PATH, as env(1) does; where PATH \
    isn't set, in /usr/sbin, /usr/bin, /sbin and /bin. The present folder is meant only where it is \
    written, as ./program, or as . in PATH: an empty element of PATH stands for nothing.
    """,
  ]
  static let examples = [
    Example("oomctl run -n 500 -- make -j8", "Let a build be the first to go.")
  ]
  static let usageStatus = ExitStatus.runFailed
  static let parameters: [Parameter<Self>] =
    [
      .option(
        "adjust", "n", sets: \.value,
        help: "Set this adjustment, from -1000 to 1000; required."),
      .rest("command", sets: \.words, help: "The program and its arguments."),
    ] + PagerOptions.parameters.within(\.pager)

  var pager = PagerOptions()
  var value: AdjustmentValue?
  var words: [String] = []

  private var adjustment: Int { value?.number ?? 0 }

  mutating func validate() throws(UsageError) {
    if value == nil { throw .missingOption("--adjust") }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    do throws(Failure) {
      try adjustSelf(in: World(root: nil, environment: program.environment))
    } catch {
      throw Failure(error.message, advice: error.advice, status: .runFailed)
    }
    program.environment.ignoredSignals.handBack()
    let errno = becomeProgram(in: program.environment)
    throw Failure(
      "\(words[0]): \(errno)", status: errno == .noSuchFile ? .notFound : .notExecutable)
  }

  private func adjustSelf(in world: borrowing World) throws(Failure) {
    let machine = Machine(world, options: MachineOptions())
    let processes = try ProcessList(
      of: world.environment.ownID().map { [ProcessID($0)] } ?? [], on: machine,
      needs: [.stat, .adjustment, .legacyAdjustment], isScored: false, in: world.proc)
    guard let own = processes.subjects.first else { throw Failure("can't find itself in /proc") }
    let request = AdjustmentRequest(amount: .absolute(adjustment))
    var change = request.change(of: own, on: machine, in: world)
    change.apply(in: world)
    if let error = change.error {
      throw Failure("the adjustment can't be set: \(error)", advice: change.advice)
    }
  }

  /// Returns only what went wrong (execvp(3)): that one may not run something weighs more than that there
  /// is nothing elsewhere.
  private func becomeProgram(in environment: Environment) -> Errno {
    var outcome = Errno.noSuchFile
    for place in environment.places(of: words[0]) {
      // With a slash in it, it searches nothing, but gives scripts without a first line to the shell.
      let errno = OwnProcess.become(place, words, isShellTried: true)
      switch errno {
      case .accessDenied: outcome = errno
      case .noSuchFile, .stale, .notADirectory, .noSuchDevice, .timedOut:
        if place == words[0] { return errno }
      default: return errno
      }
    }
    return outcome
  }
}
