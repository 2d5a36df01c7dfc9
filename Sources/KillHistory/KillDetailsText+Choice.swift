import Badness
import Core
import DaemonLog
import KernelLog
import KillReplay
import Rendering
import ReportAnalysis

extension KillDetailsText {
  /// The kernel's choice, made once more.
  func writeChoice(to text: inout Text) {
    guard let replay = entry.replay else { return }
    text.line()
    write(verdict(replay), label: "Replay", to: &text)
    writeTable(replay, to: &text)
  }

  /// The first by points, without these the largest.
  func writeTable(_ replay: Replay?, to text: inout Text) {
    guard let tasks = kill.report.tasks, !tasks.rows.isEmpty else { return }
    text.line()
    let rows = rows(of: replay, tasks)
    table(rows, replay, tasks).write(to: &text, width: page.width, headingsIn: page.emphasis)
    guard page.hasRemarks, tasks.count > rows.count else { return }
    text.line("\(tasks.count - rows.count) more.")
  }

  private func verdict(_ replay: Replay) -> String {
    var parts = [replay.verdict.text]
    if let capacity = replay.capacity, capacity.source != .unknown {
      let total = capacity.range.lowerBound
      let size = page.sizes.phrase(Pages(total).bytes(pageSize: replay.pageSize.bytes))
      let least = capacity.isExact ? "" : "at least "
      parts.append("measured against \(least)\(total) pages (\(size))")
    }
    if let rule = replay.scoring { parts.append("rule since \(rule.since)") }
    return parts.joined(separator: ", ") + "." + remarks(replay)
  }

  private func remarks(_ replay: Replay) -> String {
    guard !replay.remarks.isEmpty else { return "" }
    return " " + replay.remarks.map { $0.text.capitalizedFirst + "." }.joined(separator: " ")
  }

  /// The first by points, and the victim wherever it stands; without points the largest.
  private func rows(of replay: Replay?, _ tasks: TaskTable) -> [(row: Int, points: Int128?)] {
    let most = 10
    guard let replay, !replay.points.isEmpty else {
      return tasks.rows.indices.sorted { tasks.rows[$0].memoryPages > tasks.rows[$1].memoryPages }
        .prefix(most).map { ($0, nil) }
    }
    var shown = replay.points.prefix(most).map { (row: $0.row, points: Optional($0.points)) }
    let isVictim = { (row: Int) in tasks.rows[row].tgid ?? tasks.rows[row].pid == kill.victim.pid }
    if !shown.contains(where: { isVictim($0.row) }),
      let victim = replay.points.first(where: { isVictim($0.row) })
    {
      shown.append((victim.row, victim.points))
    }
    return shown
  }

  private func table(
    _ rows: [(row: Int, points: Int128?)], _ replay: Replay?, _ tasks: TaskTable
  ) -> Table {
    var table = Table(
      [
        Table.Column("PID", .right), Table.Column("USER"), Table.Column("RSS", .right),
        Table.Column("SWAP", .right), Table.Column("ADJ", .right), Table.Column("BADNESS", .right),
        Table.Column("SHARE"), Table.Column("NAME"),
      ], hasHeadings: page.hasHeadings)
    let top = rows.compactMap(\.points).max() ?? 0
    for (index, points) in rows {
      let row = tasks.rows[index]
      let pid = row.tgid ?? row.pid
      table.append([
        "\(pid)", row.uid.map(user) ?? "-", size(row.resident), size(row.swapped),
        (row.adjustment ?? row.legacyAdjustment).map(String.init) ?? "-",
        points.map { badness($0, replay) } ?? "-", bar(points, of: top),
        row.name + mark(pid),
      ])
    }
    return table
  }

  private func mark(_ pid: Int) -> String {
    switch pid {
    case kill.victim.pid: " < killed"
    case kill.chosenPID: " < chosen"
    default: ""
    }
  }

  private func size(_ pages: Int?) -> String {
    Value(size: pages.map { Kibibytes($0 &* pageSize.count).bytes }).text(sizes: page.sizes)
  }

  private func badness(_ points: Int128, _ replay: Replay?) -> String {
    guard let replay, replay.scoring?.unit == .pages else { return String(points) }
    return page.sizes.text(Int(clamping: points * Int128(replay.pageSize.bytes)))
  }

  private func bar(_ points: Int128?, of top: Int128) -> String {
    page.bar(width: 12).text(Int(clamping: points ?? 0), of: Int(clamping: top))
  }
}
