import Arguments
package import Core

/// The suppositions of a prediction: things that aren't so.
package struct Suppositions: Sendable {
  var adjustments: [SupposedAdjustment] = []
  package var growths: [SupposedGrowth] = []
  var absences: [Selector] = []
  /// The limit of the memory cgroup.
  var limit: ByteCount?

  package init(
    adjustments: [SupposedAdjustment] = [], growths: [SupposedGrowth] = [],
    absences: [Selector] = [], limit: ByteCount? = nil
  ) {
    self.adjustments = adjustments
    self.growths = growths
    self.absences = absences
    self.limit = limit
  }

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
