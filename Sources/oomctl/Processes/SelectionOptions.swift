import Arguments
import ProcFS

/// Which processes are meant. Values of one kind are alternatives; all kinds that are given must hold.
struct SelectionOptions: Sendable {
  var operands: [ProcessWord] = []
  var ids: [ProcessNumber] = []
  var names: [PlainText] = []
  var patterns: [CommandPattern] = []
  var programs: [PlainText] = []
  var users: [UserName] = []
  var isMine = false
  var cgroups: [CgroupPath] = []
  var units: [UnitName] = []
  var parents: [ProcessNumber] = []
  var withDescendants = false

  static let parameters: [Parameter<Self>] =
    [
      .operands(
        "process", appendsTo: \.operands,
        help: "A process by its number, NUMBER:INODE of its pidfd, or name.")
    ] + options

  /// Without operands, for commands whose operands are something else.
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

  /// Whether nothing was asked for.
  var isEmpty: Bool {
    operands.isEmpty && ids.isEmpty && names.isEmpty && patterns.isEmpty && programs.isEmpty
      && users.isEmpty && !isMine && cgroups.isEmpty && units.isEmpty && parents.isEmpty
  }
}
