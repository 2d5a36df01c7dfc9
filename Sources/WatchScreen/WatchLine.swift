import CivilTime
import Core
import Diagnosis
import KillPrediction
import Rendering

/// A sample as one line of text, in columns that don't depend on what comes later.
struct WatchLine {
  let sample: Sample
  let context: WatchContext
  /// Of the terminal; `nil` for files and programs, which get all columns.
  var width: Int?

  private struct Column {
    var title: String
    var width: Int
    /// The order in which columns go where there is little room; 0 always stays.
    var dispensability = 0
  }

  private static let columns = [
    Column(title: "TIME", width: -8), Column(title: "MEM", width: 5),
    Column(title: "AVAIL", width: 5), Column(title: "SWAP", width: 5, dispensability: 1),
    Column(title: "COMMIT", width: 6, dispensability: 4),
    Column(title: "SOME", width: 6, dispensability: 3),
    Column(title: "FULL", width: 6, dispensability: 2), Column(title: "KILLS", width: 5),
    Column(title: "RANK", width: 4, dispensability: 5),
    Column(title: "SCORE", width: 5, dispensability: 2),
    Column(title: "PID", width: 7), Column(title: "VICTIM", width: 0),
  ]
  /// As long as a name of a process may be (include/linux/sched.h `TASK_COMM_LEN`).
  private static let victimWidth = 15

  static func heading(within width: Int?) -> String {
    line(of: columns.map(\.title), within: width)
  }

  var text: String {
    let state = sample.memory
    let processRow = sample.shown.first
    let kills = state.kills == nil && sample.kills.isEmpty ? "-" : "\(sample.kills.count)"
    let killed = sample.kills.map { $0.label ?? "1 process" }.joined(separator: ", ")
    return SafeText.visible(
      Self.line(
        of: [
          String(Moment(sample.time).local.suffix(8)), percent(state.memory),
          state.available.map(context.sizes.text) ?? "-", percent(state.swap),
          percent(state.commit),
          state.somePressure.map(Percent.text) ?? "-", state.fullPressure.map(Percent.text) ?? "-",
          kills, processRow?.rank.map(String.init) ?? "-", processRow?.score.map { "\($0)" } ?? "-",
          processRow.map { "\($0.id)" } ?? "-",
          victim + (killed.isEmpty ? "" : "   killed: \(killed)"),
        ], within: width))
  }

  /// The first of those shown, or why none is chosen by its badness.
  private var victim: String {
    guard let policy = sample.policy, !policy.searches else {
      let name = sample.shown.first?.name
      return name.map { sample.isComplete ? $0 : "\($0), of those seen" } ?? "-"
    }
    return "none: \(policy.summary)"
  }

  private static func line(of cells: [String], within width: Int?) -> String {
    var shown = Array(zip(cells, columns))
    while let width, shown.reduce(victimWidth - 2, { $0 + abs($1.1.width) + 2 }) > width,
      let most = shown.map(\.1.dispensability).max(), most > 0
    {
      shown.removeAll { $0.1.dispensability == most }
    }
    var line = ""
    for (cell, column) in shown {
      let blanks = String(repeating: " ", count: max(0, abs(column.width) - cell.count))
      line += (line.isEmpty ? "" : "  ") + (column.width < 0 ? cell + blanks : blanks + cell)
    }
    return line
  }

  private func percent(_ amount: MemoryLevels.Amount?) -> String {
    amount.map { "\(($0.share + 5) / 10) %" } ?? "-"
  }
}

extension Sample {
  /// Those that were asked for and can be chosen, the first victim in front.
  var shown: [ProcessRow] {
    let shown = processRows.filter { $0.isSelected && $0.rank != nil }
    return isWhole ? WatchState.SortOrder.rank.sorted(shown) : shown
  }
}
