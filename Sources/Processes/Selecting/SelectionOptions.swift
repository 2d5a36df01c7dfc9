package import Arguments
package import Core
import ProcFS

/// The options that select processes. Values of one kind are alternatives; all kinds that are given
/// must match.
package struct SelectionOptions: Sendable {
  package var operands: [ProcessWord] = []
  package var ids: [ProcessNumber] = []
  package var names: [PlainText] = []
  package var patterns: [CommandPattern] = []
  package var programs: [PlainText] = []
  package var users: [UserName] = []
  var isMine = false
  package var cgroups: [CgroupPath] = []
  package var units: [UnitName] = []
  package var parents: [ProcessNumber] = []
  /// Containers by name or number, and pods by name or UID. Names of both are their owners' choice: they select
  /// what is shown, and never what is changed.
  package var containers: [PlainText] = []
  package var pods: [PlainText] = []
  package var withDescendants = false

  package init(
    operands: [ProcessWord] = [], ids: [ProcessNumber] = [], names: [PlainText] = [],
    patterns: [CommandPattern] = [], programs: [PlainText] = [], users: [UserName] = [],
    isMine: Bool = false, cgroups: [CgroupPath] = [], units: [UnitName] = [],
    parents: [ProcessNumber] = [], withDescendants: Bool = false
  ) {
    self.operands = operands
    self.ids = ids
    self.names = names
    self.patterns = patterns
    self.programs = programs
    self.users = users
    self.isMine = isMine
    self.cgroups = cgroups
    self.units = units
    self.parents = parents
    self.withDescendants = withDescendants
  }

  package static let parameters: [Parameter<Self>] =
    [
      .operands(
        "process", appendsTo: \.operands,
        help: "A process by its number, NUMBER:INODE of its pidfd, or name.")
    ] + options

  /// Those of commands that only show.
  package static let parametersForReading: [Parameter<Self>] =
    parameters + [
      .options(
        "container", appendsTo: \.containers, placeholder: "NAME", group: selection,
        help: "Processes in the container with that name, or a number that begins so."),
      .options(
        "pod", appendsTo: \.pods, placeholder: "NAME", group: selection,
        help: "Processes in the pod with that name (NAMESPACE/NAME too), or a UID that begins so."),
    ]

  /// The options without operands, for commands whose operands are something else.
  static let options: [Parameter<Self>] = [
    .options("pid", "p", appendsTo: \.ids, group: selection, help: "The process with that number."),
    .options(
      "name", appendsTo: \.names, placeholder: "NAME", group: selection,
      help: "Processes whose name, program or first word is just that."),
    .options(
      "match", appendsTo: \.patterns, group: selection,
      help: "Processes whose command line matches that extended regular expression."),
    .options(
      "exe", appendsTo: \.programs, placeholder: "PATH", group: selection,
      help: "Processes that run that program; a link means the file behind it."),
    .options("user", appendsTo: \.users, group: selection, help: "Processes of that user."),
    .flag("mine", sets: \.isMine, group: selection, help: "Your own processes."),
    .options(
      "cgroup", appendsTo: \.cgroups, group: selection,
      help: "Processes in that memory cgroup and those below it."),
    .options(
      "unit", appendsTo: \.units, group: selection,
      help: "Processes of that systemd unit; x means x.service. A user's own needs --user, too."),
    .options(
      "parent", appendsTo: \.parents, group: selection, help: "Children of that process."),
    .flag(
      "tree", sets: \.withDescendants, group: selection,
      help: "Add the descendants of all that are selected."),
  ]

  private static let selection = "Selection"

  /// True if containers or pods were asked for.
  var meansContainers: Bool { !containers.isEmpty || !pods.isEmpty }

  /// True if nothing was asked for.
  package var isEmpty: Bool {
    operands.isEmpty && ids.isEmpty && names.isEmpty && patterns.isEmpty && programs.isEmpty
      && users.isEmpty && !isMine && cgroups.isEmpty && units.isEmpty && parents.isEmpty
      && !meansContainers
  }
}
