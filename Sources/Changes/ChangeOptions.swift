package import Arguments

/// Limits of what a changing command may do.
package struct ChangeOptions: Sendable {
  package var isDryRun = false
  package var meansAll = false
  package var isForced = false

  package init(isDryRun: Bool = false, meansAll: Bool = false, isForced: Bool = false) {
    self.isDryRun = isDryRun
    self.meansAll = meansAll
    self.isForced = isForced
  }

  package static let parameters: [Parameter<Self>] = [
    dryRun,
    .flag(
      "all", sets: \.meansAll, group: group, help: "Take all processes where a name means several."),
    force,
  ]

  /// For commands that don't choose processes by name.
  package static let dryRun: Parameter<Self> = .flag(
    "dry-run", sets: \.isDryRun, group: group,
    help: "Show what would be done or refused, and do nothing.")
  package static let force: Parameter<Self> = .flag(
    "force", sets: \.isForced, group: group, help: "Do also what a safety check refuses.")

  private static let group = "Safety"
}
