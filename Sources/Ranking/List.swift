import Arguments
package import Core
import ProcFS
package import Processes
import Rendering

/// All processes with their scores.
package struct List: WorldCommand {
  static let name = "list"
  static let summary = "List processes with their scores and adjustments."
  static let group: String? = "See"
  static let discussion = [
    """
    All processes are listed, kernel threads too, by their numbers. SCORE is the kernel's own opinion \
    (oom_score), ADJ the adjustment (oom_score_adj).
    """
  ]
  static let examples = [
    Example("oomctl list --sort -rss_bytes", "The biggest first."),
    Example("oomctl list --user postgres -o +badness,cgroup", "One user's, with more columns."),
  ]
  static let standsAlone = true
  package init() {}

  static let parameters: [Parameter<Self>] =
    SelectionOptions.parameters.within(\.selection) + TableOptions.parameters.within(\.table)
    + CommonOptions.parameters.within(\.common)

  package var selection = SelectionOptions()
  package var table = TableOptions()
  package var common = CommonOptions()

  package init(
    selection: SelectionOptions = SelectionOptions(), table: TableOptions = TableOptions(),
    common: CommonOptions = CommonOptions()
  ) {
    self.selection = selection
    self.table = table
    self.common = common
  }

  package func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let scene = try ProcessContext(common, selection: selection, in: world)
    var missing = try scene.selection.missingNumbers(in: world)
    let columns = self.columns(on: scene.machine)
    let used = columns + table.sort.map(\.column)
    let population = try ProcessList(
      of: scene.selection.isNumbersOnly ? Set(scene.selection.numbers.map(\.id)).sorted() : nil,
      on: scene.machine,
      needs: used.reduce(scene.selection.needs) { $0.union($1.needs) },
      isScored: used.contains(where: \.isScored), in: world.proc)
    missing.addVanished(scene.selection.numbers, from: population.subjects)
    let selected = scene.selection.selected(from: population.subjects)
    let completeness =
      scene.selection.isNumbersOnly
      ? nil : Completeness(of: population, for: scene.selection, in: world)
    var remarks = missing.remarks + (completeness?.remarks ?? []) + population.survey.remarks
    let unmatched = scene.selection.unmatched(
      from: population.subjects, isVoid: selected.isEmpty && missing.isEmpty)
    remarks += unmatched.map { $0.absence(among: population.subjects, in: world).remark }
    return ProcessTable(
      rows: table.sorted(selected, scene.context), columns: columns, context: scene.context,
      isComplete: completeness?.isComplete ?? population.survey.isWhole,
      remarks: remarks)
  }

  private func columns(on machine: Machine) -> [Column] {
    if common.format == .json { return table.columns(instead: Column.all) }
    let adjustment = machine.readsLegacyAdjustment ? "oom_adj" : "oom_score_adj"
    let standard = ["pid", "user", "oom_score", adjustment, "rss_bytes", "swap_bytes", "name"]
    return table.columns(instead: standard.compactMap(Column.named))
  }
}

/// Processes in rows.
struct ProcessTable: CommandReport {
  var rows: [ScoredProcess]
  var columns: [Column]
  var context: Column.Context
  var isComplete: Bool
  var remarks: [Remark]

  func writeText(to text: inout Text, on page: Page) {
    guard !rows.isEmpty else { return }
    var table = Table(
      columns.map { Table.Column($0.title, $0.alignment) }, hasHeadings: page.hasHeadings)
    for row in rows {
      table.append(columns.map { $0.value(row, context).text(sizes: page.sizes) })
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("processes", array: rows) { json, row in
      json.process(row, columns: columns, context)
    }
  }
}
