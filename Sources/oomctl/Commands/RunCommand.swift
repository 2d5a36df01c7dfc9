import Arguments
import Glibc
import ProcFS

/// Starts a program with an adjustment: sets its own, then becomes that program.
struct RunCommand: ProgramCommand {
  static let name = "run"
  static let summary = "Start a program with an adjustment."
  static let group: String? = "Act"
  static let discussion = [
    """
    oomctl sets its own adjustment and then becomes the program, under the same process number. If the \
    value can't be set the program isn't started.
    """
  ]
  static let examples = [
    Example("oomctl run -n 500 -- make -j8", "Let a build be the first to go.")
  ]
  static let usageStatus = ExitStatus.runFailed
  static let parameters: [Parameter<Self>] = [
    .option(
      "adjust", "n", sets: \.value, placeholder: "ADJ",
      help: "Set this adjustment, from -1000 to 1000; required."),
    .rest("command", sets: \.words, help: "The program and its arguments."),
  ]

  var value: Int?
  var words: [String] = []

  mutating func validate() throws(UsageError) {
    let range = AdjustmentFile.modern.range
    guard let value else { throw .missingOption("--adjust") }
    guard range.contains(value) else {
      throw .invalidValue(
        parameter: "--adjust", value: String(value),
        expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    do throws(Failure) {
      try adjustSelf(in: World(root: nil, environment: program.environment))
    } catch {
      throw Failure(error.message, advice: error.advice, status: .runFailed)
    }
    if !program.environment.ignoresPipes { signal(SIGPIPE, SIG_DFL) }
    let errno = becomeProgram()
    throw Failure(
      "\(words[0]): \(errno)", status: errno == .noSuchFile ? .notFound : .notExecutable)
  }

  private func adjustSelf(in world: borrowing World) throws(Failure) {
    let machine = Machine(world, options: MachineOptions())
    let population = try Population(
      of: world.environment.ownID().map { [ProcessID($0)] } ?? [], on: machine,
      needs: [.stat, .adjustment, .legacyAdjustment], isScored: false, in: world.proc)
    guard let own = population.subjects.first else { throw Failure("can't find itself in /proc") }
    let request = AdjustmentRequest(amount: .absolute(value ?? 0))
    var change = request.change(of: own, on: machine, in: world)
    change.apply(in: world)
    if let error = change.error { throw Failure(error, advice: change.advice) }
  }

  /// Returns only what went wrong (execvp(3)).
  private func becomeProgram() -> Errno {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    unsafe execvp(words[0], &arguments)
    return Errno(rawValue: errno)
  }
}
