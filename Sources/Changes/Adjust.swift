import Arguments
import Badness
import Core
import ProcFS
import Processes
import Ranking

/// Changes adjustments, as choom(1) does, of any number of processes.
package struct Adjust: WorldCommand {
  static let name = "adjust"
  static let summary = "Make processes more or less likely to be killed."
  static let group: String? = "Act"
  static let discussion = [
    """
    The adjustment reaches from -1000 (never) to 1000 (first); each step weighs as much as a \
    thousandth of RAM and swap. Going below the floor (the lowest value set by a privileged process) \
    needs CAP_SYS_RESOURCE. Children that a process starts later inherit its adjustment.
    """,
    Ownership.discussion,
    """
    Each value is read back after it was written, and every change is remembered for oomctl undo. \
    Without a value the present ones are shown. oomctl run starts a program with an adjustment.
    """,
  ]
  static let examples = [
    Example("oomctl adjust -n 500 4211", "Kill that one early."),
    Example("oomctl adjust --by -200 --unit postgresql --tree", "Spare a service some more."),
    Example("oomctl adjust -p 4211", "Show the present value."),
  ]
  static let parameters: [Parameter<Self>] =
    [
      .option(
        "adjust", "n", sets: \.value,
        help: "Set this adjustment, from -1000 to 1000."),
      .option("by", sets: \.difference, help: "Add to the present adjustment."),
      .flag(
        "legacy", sets: \.isLegacy,
        help: "Use the old scale of oom_adj from -17 to 15; the kernel rounds it."),
    ] + SelectionOptions.parameters.within(\.selection)
    + ChangeOptions.parameters.within(\.options) + CommonOptions.parameters.within(\.common)

  var value: AdjustmentValue?
  var difference: Difference?
  var isLegacy = false
  var selection = SelectionOptions()
  var options = ChangeOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if value != nil, difference != nil {
      throw .exclusive(["--adjust", "--by"])
    }
    let range = AdjustmentFile.legacy.range
    if isLegacy, let value, !range.contains(value.number) {
      throw .invalidValue(
        parameter: "--adjust", value: String(value.number),
        expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    guard let amount else { return try show(in: world) }
    let context = try ProcessContext(common, selection: selection, in: world)
    let request = AdjustmentRequest(amount: amount, isLegacy: isLegacy)
    let first = AdjustmentPlan(
      request, try Targets(of: context, options, for: request, in: world), on: context.machine,
      in: world)
    if options.isDryRun { return first.report.foreseen(in: world) }
    guard first.report.isPending else { return first.report }
    var session = try ChangeSession(of: Self.name, in: world)
    // Another may have changed things before the lock was ours.
    var plan = AdjustmentPlan(
      request, try Targets(of: context, options, for: request, in: world), on: context.machine,
      in: world)
    session.carryOut(&plan.changes, in: world)
    if selection.withDescendants {
      plan.lookAgain(context, options, &session, in: world)
    }
    plan.noteFloor(in: world)
    plan.notes += session.notes
    return plan.report
  }

  private var amount: AdjustmentRequest.Amount? {
    value.map { .absolute($0.number) } ?? difference.map { .relative($0.number) }
  }

  /// Present values, in the same form as a list's.
  private func show(in world: borrowing World) throws(Failure) -> any CommandReport {
    var list = List()
    list.selection = selection
    list.common = common
    if common.format == .text {
      let columns = ["pid", "user", "oom_score", isLegacy ? "oom_adj" : "oom_score_adj", "name"]
      list.table.columns = columns.compactMap { ColumnChoice(argument: $0) }
    }
    return try list.run(in: world)
  }
}
