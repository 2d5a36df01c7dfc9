import Arguments
import Core

/// What is to be taken for granted, though it isn't so.
struct Suppositions: Sendable {
  var adjustments: [SupposedAdjustment] = []
  var growths: [SupposedGrowth] = []
  var absences: [Selector] = []
  /// Of the memory cgroup.
  var limit: ByteCount?

  var isEmpty: Bool { adjustments.isEmpty && growths.isEmpty && absences.isEmpty && limit == nil }

  static let parameters: [Parameter<Self>] = [
    .options(
      "set", appendsTo: \.adjustments, group: group,
      help: "Suppose that adjustment for those processes."),
    .options(
      "grow", appendsTo: \.growths, group: group,
      help: "Suppose that those processes use that much more memory each."),
    .options(
      "without", appendsTo: \.absences, group: group, help: "Suppose that those processes are gone."
    ),
    .option(
      "limit", sets: \.limit, group: group, help: "Suppose that limit for the memory cgroup."),
  ]

  private static let group = "What if"
}
