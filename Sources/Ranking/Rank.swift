import Arguments
import Badness
package import Core
import KillPrediction
import ProcFS
package import Processes

/// The processes that the kernel would take first.
package struct Rank: WorldCommand {
  static let name = "rank"
  static let summary = "List the processes that the kernel would kill first."
  static let group: String? = "See"
  static let discussion = [
    """
    The kernel's own scores decide the order; among equal scores the exact badness does, and among equals \
    in that the kernel's rule for ties. What it can't kill isn't ranked. Selectors choose which rows are \
    shown; ranks remain those among all. In a container with a limit the ranks are those in its memory cgroup.
    """,
    """
    A star marks a process that ranks this high because of its adjustment. SHARE is its memory (resident, \
    swapped and page tables) in percent of RAM and swap, or of the container's limit.
    """,
  ]
  static let examples = [
    Example("oomctl rank", "The first ten victims."),
    Example("oomctl rank -n 3 --json", "The first three, for a program."),
    Example("oomctl rank --rule 3.14", "As a kernel of that generation would rank them."),
  ]
  static let standsAlone = true
  package init() {}

  static let parameters: [Parameter<Self>] =
    [
      .option(
        "count", "n", sets: \.count, help: "Show at most this many rows, 10 by default.")
    ] + SelectionOptions.parametersForReading.within(\.selection)
    + TableOptions.parameters.within(\.table) + CommonOptions.parameters.within(\.common)

  package var count = RowCount(10)
  var selection = SelectionOptions()
  var table = TableOptions()
  package var common = CommonOptions()

  package init(
    count: RowCount = RowCount(10), selection: SelectionOptions = SelectionOptions(),
    table: TableOptions = TableOptions(), common: CommonOptions = CommonOptions()
  ) {
    self.count = count
    self.selection = selection
    self.table = table
    self.common = common
  }

  package func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    try report(
      of: ProcessContext(common, selection: selection, table: table, in: world), in: world)
  }

  /// With `isScored` the badness of each row is computed, though its columns may not ask for it.
  package func report(
    of context: ProcessContext, isScored: Bool = false, in world: borrowing World
  ) throws(Failure) -> RankReport {
    let columns = columns(on: context.machine)
    let confinement = world.confinement
    if let confinement,
      let outlook = try GroupOutlook(confinement, on: context.machine, in: world)
    {
      return try rank(columns, in: outlook, context, world)
    }
    if context.selection.isEmpty, context.machine.isKernelsOwnRule || context.machine.rule == nil {
      let isScored = isScored || self.isScored(columns)
      if let report = try rankByScores(columns, isScored: isScored, context, in: world) {
        return report
      }
    }
    return try rankByBadness(columns, context, in: world)
  }

  /// Ranks in the group that confines this view: processes beside it aren't ranked.
  private func rank(
    _ columns: [Column], in outlook: GroupOutlook, _ context: ProcessContext,
    _ world: borrowing World
  ) throws(Failure) -> RankReport {
    let field = outlook.field
    var missing = try context.selection.missingNumbers(in: world)
    missing.addVanished(context.selection.numbers, from: field.subjects)
    let selected = context.selection.selected(from: outlook.ranked)
    var remarks = missing.remarks + field.completeness.remarks + field.reader.remarks
    // It is no fault if no other process is in the container.
    if !context.selection.isEmpty {
      let unmatched = context.selection.unmatched(
        from: outlook.ranked, isVoid: selected.isEmpty && missing.isEmpty)
      remarks += unmatched.map { absence(of: $0, among: field.subjects, in: world) }
    }
    let shown = Array(selected.prefix(count.number))
    var columnContext = context.columnContext
    columnContext.machine.capacity = field.domain.capacity
    return RankReport(
      rows: table.sorted(shown, columnContext), columns: columns, context: columnContext,
      summary: context.selection.isEmpty
        ? RankSummary(
          outlook.ranked, shown: shown.count,
          of: field.members.without(world.ownProcess).count) : nil,
      lifted: LiftedRanks(shown, among: outlook.ranked, on: columnContext.machine),
      policy: outlook.policy, isComplete: field.completeness.isComplete, remarks: remarks,
      confinement: outlook.confinement, outlook: outlook)
  }

  /// Reads all scores, and details of few processes; `nil` if the kernel has no scores to read.
  private func rankByScores(
    _ columns: [Column], isScored: Bool, _ context: ProcessContext, in world: borrowing World
  ) throws(Failure) -> RankReport? {
    let firstVictims = try FirstVictims(
      count: count.number,
      needs: needs(of: columns).union(needsOfStars(columns, on: context.machine)),
      isScored: isScored,
      on: context.machine, in: world.proc)
    guard !firstVictims.scan.isEmpty else { return nil }
    let completeness = Completeness(of: firstVictims, in: world)
    return RankReport(
      rows: table.sorted(firstVictims.subjects, context.columnContext), columns: columns,
      context: context.columnContext, summary: RankSummary(firstVictims),
      lifted: LiftedRanks(firstVictims.subjects, on: context.machine) { score in
        (firstVictims.scan.countAbove(score), score == 0 ? 0 : firstVictims.scan.countEqual(score))
      },
      policy: Policy(ofSystemOn: context.machine, in: world),
      isComplete: completeness.isComplete,
      remarks: completeness.remarks + firstVictims.remarks(in: world))
  }

  /// Reads all of everything: for another kernel's rule, for kernels without scores, and for selectors.
  private func rankByBadness(
    _ columns: [Column], _ context: ProcessContext, in world: borrowing World
  ) throws(Failure) -> RankReport {
    var missing = try context.selection.missingNumbers(in: world)
    let processes = try ProcessList(
      on: context.machine, needs: needs(of: columns).union(context.selection.needs).union(.score),
      isScored: true, in: world.proc)
    missing.addVanished(context.selection.numbers, from: processes.subjects)
    let ranked = processes.ranked(on: context.machine)
    let selected = context.selection.selected(from: ranked)
    let completeness = Completeness(of: processes, for: context.selection, in: world)
    var remarks = missing.remarks + completeness.remarks + processes.reader.remarks
    let unmatched = context.selection.unmatched(
      from: ranked, isVoid: selected.isEmpty && missing.isEmpty)
    remarks += unmatched.map { absence(of: $0, among: processes.subjects, in: world) }
    let shown = Array(selected.prefix(count.number))
    return RankReport(
      rows: table.sorted(shown, context.columnContext), columns: columns,
      context: context.columnContext,
      summary: context.selection.isEmpty
        ? RankSummary(
          ranked, shown: shown.count, of: processes.subjects.without(world.ownProcess).count)
        : nil,
      lifted: LiftedRanks(shown, among: ranked, on: context.machine),
      policy: Policy(ofSystemOn: context.machine, in: world),
      isComplete: completeness.isComplete, remarks: remarks)
  }

  /// The remark that nothing is ranked: a process that can't be killed may match, but has no rank.
  private func absence(
    of selection: ProcessSelection, among subjects: [ScoredProcess], in world: borrowing World
  ) -> Remark {
    if selection.isEmpty { return .error("no process to rank") }
    if let safe = selection.selected(from: subjects).first {
      return .error(
        "the kernel can't kill \(safe.label): it has no rank",
        advice: "Try '\(world.environment.baseName) explain \(safe.id)'.")
    }
    return selection.absence(among: subjects, in: world).remark
  }

  private func needs(of columns: [Column]) -> ProcessSnapshot.Fields {
    (columns + table.sort.map(\.column)).reduce([]) { $0.union($1.needs) }
  }

  /// The files for the star beside a name, which depends on memory and adjustment, whatever else is
  /// shown.
  private func needsOfStars(_ columns: [Column], on machine: Machine) -> ProcessSnapshot.Fields {
    let hasNames = common.format != .json && columns.contains { $0.key == "name" }
    return hasNames && !machine.readsLegacyAdjustment ? [.status, .adjustment] : []
  }

  private func isScored(_ columns: [Column]) -> Bool {
    (columns + table.sort.map(\.column)).contains(where: \.isScored)
  }

  private func columns(on machine: Machine) -> [Column] {
    if common.format == .json { return table.columns(instead: Column.all) }
    let adjustment = machine.readsLegacyAdjustment ? "oom_adj" : "oom_score_adj"
    let standard = [
      "pid", "user", measure(on: machine), adjustment, "rss_bytes", "swap_bytes", "memory_percent",
      "name",
    ]
    return table.columns(instead: standard.compactMap(Column.named))
  }
}

extension Rank {
  /// The column by which the rows are ordered. To 2.6.10 there is only the badness.
  private func measure(on machine: Machine) -> String {
    guard let rule = machine.rule else { return "oom_score" }
    if rule.since < KernelVersion(2, 6, 11) { return "badness" }
    return machine.isKernelsOwnRule ? "oom_score" : "predicted_oom_score"
  }
}

extension FirstVictims {
  fileprivate func remarks(in world: borrowing World) -> [Remark] {
    var remarks = reader.remarks
    if let (id, errno) = scan.firstFailure {
      let others = scan.failedCount > 1 ? " (and \(scan.failedCount - 1) more)" : ""
      remarks.append(
        .error("\(world.proc.directory.path(of: "\(id)/oom_score")): \(errno)\(others)"))
    }
    for id in scan.malformed {
      remarks.append(
        .error("\(world.proc.directory.path(of: "\(id)/oom_score")): expected a number"))
    }
    return remarks
  }
}
