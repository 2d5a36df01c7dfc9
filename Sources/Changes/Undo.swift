import Arguments
import Configuration
import Core
import ProcFS
import Processes

/// Takes back what former calls have changed.
package struct Undo: WorldCommand {
  static let name = "undo"
  static let summary = "Take back the last call's changes, or those of another."
  static let group: String? = "Act"
  static let discussion = [
    """
    What adjust, protect, unprotect and tune change is written to a journal before it is done: to \
    /var/lib/oomctl/journal by root, else to the state folder of the user. A process is the same only \
    if boot, PID namespace, number and start are; where these can't be learned, nothing is undone. A value \
    that someone else has changed since is left alone. What the guard does isn't in the journal: its rules \
    say what is to be.
    """,
    """
    --list also shows who made each call (the user, who became that user by sudo, the terminal), and which \
    changes failed. A journal that others can write to isn't believed.
    """,
  ]
  static let examples = [
    Example("oomctl undo --list", "Show what could be taken back."),
    Example("oomctl undo --id 7 --tree", "One call's changes, and what was inherited from them."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .flag("list", sets: \.isListing, help: "Show the calls that changed something."),
      .flag("all", sets: \.meansAll, help: "Take back all of them, the latest first."),
      .option(
        "id", sets: \.call, placeholder: "CALL", help: "Take back that one, by its number."),
      .flag(
        "tree", sets: \.withDescendants,
        help: "Take along the descendants that have inherited a value."),
    ] + [ChangeOptions.dryRun, ChangeOptions.force].within(\.options)
    + CommonOptions.parameters.within(\.common)

  var isListing = false
  var meansAll = false
  var call: Int?
  var withDescendants = false
  var options = ChangeOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if [isListing, meansAll, call != nil].filter({ $0 }).count > 1 {
      throw .exclusive(["--list", "--all", "--id"])
    }
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    if isListing || options.isDryRun {
      let journal = try world.journal()
      if isListing {
        return CallTable(
          calls: journal.calls, users: Users(in: world), damagedLineCount: journal.damagedLineCount)
      }
      return try plan(of: journal.calls, in: world).report.foreseen(in: world)
    }
    // Nobody else's call may become the last one between looking and doing.
    var session = try ChangeSession(of: Self.name, in: world)
    // Without a journal there is no saying what could be undone.
    if let note = session.notes.first { throw Failure(note.text) }
    var plan = try plan(of: session.history, in: world)
    plan.carryOut(&session, in: world)
    return plan.report
  }

  private func plan(
    of history: [Journal.Call], in world: borrowing World
  ) throws(Failure) -> UndoPlan {
    let open = history.filter { $0.isOpen }
    var chosen = meansAll ? open : open.suffix(1)
    if let call {
      chosen = open.filter { $0.id == call }
      if chosen.isEmpty {
        let known = history.first { $0.id == call }
        throw Failure(
          known.map { "call \(call) is \($0.state.rawValue) already" }
            ?? "no call \(call) is in the journal",
          advice: "Try '\(world.environment.baseName) undo --list'.")
      }
    }
    guard !chosen.isEmpty else { throw Failure("there is nothing to undo") }
    return try UndoPlan(
      of: chosen.reversed(), isForced: options.isForced, withDescendants: withDescendants,
      on: Machine(world, options: common.machine), in: world)
  }
}
