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
    SelectionOptions.parametersForReading.within(\.selection)
    + TableOptions.parameters.within(\.table)
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
    let context = try ProcessContext(
      common, selection: selection, table: table, in: world)
    var missing = try context.selection.missingNumbers(in: world)
    let columns = self.columns(on: context.machine)
    let used = columns + table.sort.map(\.column)
    let processes = try ProcessList(
      of: context.selection.isNumbersOnly ? Set(context.selection.numbers.map(\.id)).sorted() : nil,
      on: context.machine,
      needs: used.reduce(context.selection.needs) { $0.union($1.needs) },
      isScored: used.contains(where: \.isScored), in: world.proc)
    missing.addVanished(context.selection.numbers, from: processes.subjects)
    let selected = context.selection.selected(from: processes.subjects)
    let completeness =
      context.selection.isNumbersOnly
      ? nil : Completeness(of: processes, for: context.selection, in: world)
    var remarks = missing.remarks + (completeness?.remarks ?? []) + processes.reader.remarks
    let unmatched = context.selection.unmatched(
      from: processes.subjects, isVoid: selected.isEmpty && missing.isEmpty)
    remarks += unmatched.map { $0.absence(among: processes.subjects, in: world).remark }
    return ProcessTable(
      rows: table.sorted(selected, context.columnContext), columns: columns,
      context: context.columnContext,
      isComplete: completeness?.isComplete ?? processes.reader.isWhole,
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
