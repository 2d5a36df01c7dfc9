import Arguments

/// How far a changing command may go.
struct ChangeOptions: Sendable {
  var isDryRun = false
  var meansAll = false
  var isForced = false

  static let parameters: [Parameter<Self>] = [
    dryRun,
    .flag(
      "all", sets: \.meansAll, group: group, help: "Take all processes where a name means several."),
    force,
  ]

  /// For commands that don't choose processes by name.
  static let dryRun: Parameter<Self> = .flag(
    "dry-run", sets: \.isDryRun, group: group,
    help: "Show what would be done or refused, and do nothing.")
  static let force: Parameter<Self> = .flag(
    "force", sets: \.isForced, group: group, help: "Do also what a safety check refuses.")

  private static let group = "Safety"
}
