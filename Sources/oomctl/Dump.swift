import Arguments
import Core
import Posix
import ProcFS

/// The command of systemd-oomd's client, which has the same name as this program: a user who types
/// it means that one.
struct Dump: ProgramCommand {
  static let name = "dump"
  static let summary = "Hand over to systemd-oomd's own oomctl, where that is installed."
  static let group: String? = "Other"
  static let discussion = [
    """
    systemd ships another program called oomctl, the client of systemd-oomd. Its only command is dump: \
    with it, that program takes the place of this one, with the same arguments and exit status. It is looked \
    for in /usr/sbin, /usr/bin, /sbin and /bin; unless root calls, in the folders of PATH before that. The \
    program that root becomes gets only those variables of the environment that tell of language and terminal.
    """
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] = PagerOptions.parameters.within(\.pager)

  var pager = PagerOptions()

  func run(by program: Program) throws(Failure) -> ExitStatus {
    throw Failure(
      "dump: systemd-oomd's own oomctl, which tells what systemd-oomd watches, isn't installed here; "
        + "nearest come 'oomctl memory' (pressure and swap), 'oomctl memory --cgroup PATH' and "
        + "'oomctl list --sort -swap_bytes'")
  }
}

extension Dump {
  /// Files that have handed over already, so that two copies of this program don't call each other
  /// for ever.
  private static let visited = "OOMCTL_HANDED_OVER_BY"

  /// Becomes the namesake with all words, what it makes of them being its own affair. Returns only where there is
  /// none, or with what prevented it.
  static func handOver(_ words: [String], in environment: Environment) -> Failure? {
    let own = FoundProgram(environment.program())?.identity
    let before = environment.variables[visited] ?? ""
    let known = before.split(separator: ",").map(String.init) + [own].compactMap { $0 }
    let others = environment.helpers(called: Tool.oomctl.name)
    guard let other = others.first(where: { !known.contains($0.identity) }) else { return nil }
    if let variables = environment.helperVariables { OwnVariables.replaceAll(with: variables) }
    OwnVariables.set(visited, to: known.joined(separator: ","))
    environment.ignoredSignals.handBack()
    return Failure("\(other.path): \(OwnProcess.become(other.path, [other.path] + words))")
  }
}
