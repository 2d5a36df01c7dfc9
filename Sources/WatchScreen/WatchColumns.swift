import Core
import ProcFS
import Processes
import Rendering

/// The columns in the lists of processes and groups.
struct WatchColumns {
  let context: WatchContext
  /// RAM and swap, in bytes.
  let whole: Int?
  /// The number of the one under the cursor.
  let cursor: WatchRow.Key?
  /// True where names are below one another.
  let isTree: Bool

  struct Process {
    var processRow: ProcessRow
    var depth: Int
  }

  var ofProcesses: [ListColumn<Process>] {
    [
      ListColumn("", 2, 0, isRight: false) { mark($0.processRow) },
      ListColumn("#", 2, 0) { $0.processRow.rank.map(String.init) ?? "-" },
      ListColumn("MOVE", 4, 4, isRight: false) { movement($0.processRow.movement) },
      ListColumn("PID", 6, 3) { "\($0.processRow.id)" },
      ListColumn("USER", 4, 7, isRight: false) { row in
        (row.processRow.user.map(context.users.name(of:)) ?? "-").fitted(to: 10)
      },
      ListColumn("SCORE", 5, 1) { number($0.processRow.score) },
      ListColumn("ADJ", 5, 2) { number($0.processRow.adjustment) },
      ListColumn("RSS", 5, 2) { size($0.processRow.resident) },
      ListColumn("SWAP", 5, 5) { size($0.processRow.swapped) },
      ListColumn("/MIN", 6, 3) { growth($0.processRow.growth) },
      ListColumn("SHARE", 8, 6, isRight: false) { share($0.processRow.footprint) },
      ListColumn("NAME", isTree ? 20 : 8, 0, isRight: false) { name($0) },
    ]
  }

  var ofGroups: [ListColumn<WatchRow.Group>] {
    [
      ListColumn("", 2, 0, isRight: false) { cursor == .group($0.path) ? ">" : "" },
      ListColumn("#", 3, 1) { $0.rank.map(String.init) ?? "-" },
      ListColumn("TASKS", 5, 4) { "\($0.processCount)" },
      ListColumn("MEMORY", 6, 0) { size($0.footprint) },
      ListColumn("/MIN", 6, 3) { growth($0.growth) },
      ListColumn("USED", 5, 5) { size($0.used) },
      ListColumn("LIMIT", 5, 2) { size($0.limit) },
      ListColumn("OF LIMIT", 8, 6, isRight: false) { group in
        guard let limit = group.limit, let used = group.used else { return "" }
        return context.bar(width: 8).text(used, of: limit)
      },
      ListColumn("WORST", 12, 7, isRight: false) { $0.worst.fitted(to: 20) },
      ListColumn("CGROUP", 30, 0, isRight: false) { $0.path },
    ]
  }

  /// The cursor, and the next victim.
  private func mark(_ processRow: ProcessRow) -> String {
    let isSelected = cursor == .process(processRow.identity)
    return (isSelected ? ">" : " ") + (processRow.rank == 1 ? "!" : "")
  }

  private func movement(_ movement: ProcessRow.Movement) -> String {
    switch movement {
    case .unknown, .steady: ""
    case .new: "new"
    case .up(let count): (context.usesBlocks ? "▲" : "^") + "\(min(count, 999))"
    case .down(let count): (context.usesBlocks ? "▼" : "v") + "\(min(count, 999))"
    }
  }

  private func name(_ row: Process) -> String {
    let indentation = String(repeating: "  ", count: min(row.depth, 12))
    return indentation + row.processRow.name
  }

  private func number(_ value: (some BinaryInteger)?) -> String { value.map { "\($0)" } ?? "-" }

  private func size(_ bytes: Int?) -> String { bytes.map(context.sizes.text) ?? "-" }

  private func growth(_ bytes: Int?) -> String {
    guard let bytes else { return "-" }
    return (bytes > 0 ? "+" : "") + context.sizes.text(bytes)
  }

  private func share(_ footprint: Int?) -> String {
    guard let footprint, let whole else { return "-" }
    return context.bar(width: 8).text(footprint, of: whole)
  }
}
