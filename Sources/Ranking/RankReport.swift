import Badness
import CgroupFS
package import Core
package import KillPrediction
import ProcFS
package import Processes
package import Rendering

/// Ranked processes, and the numbers of those left out.
package struct RankReport: CommandReport {
  package var rows: [ScoredProcess]
  var columns: [Column]
  var context: Column.Context
  /// `nil` when only some processes were asked for.
  var summary: RankSummary?
  var lifted: LiftedRanks
  /// The policy for a shortage of the whole machine; `nil` where the kernel's version is unknown.
  var policy: Policy?
  package var isComplete: Bool
  package var remarks: [Remark]
  /// The confinement of the view: the ranks are those in its group then.
  package var confinement: Confinement?
  /// The outlook for that group; `nil` where nothing confines the view, or the kernel's version is
  /// unknown.
  package var outlook: GroupOutlook?

  package func writeText(to text: inout Text, on page: Page) {
    if let outlook, page.hasHeadings { text.line(heading(outlook, on: page)) }
    if rows.isEmpty, outlook != nil, summary != nil, page.hasRemarks {
      text.line("No other process in it can be killed.")
    }
    guard !rows.isEmpty else { return }
    writeTable(to: &text, on: page)
    guard outlook != nil, page.hasRemarks else { return }
    text.paragraph(
      "Ranks are those in this group, whose limit is reached before the host's memory runs out. SCORE is "
        + "measured against the host's memory.", width: page.textWidth)
  }

  private func heading(_ outlook: GroupOutlook, on page: Page) -> String {
    let group = GroupText(confinement: outlook.confinement, outlook: outlook, sizes: page.sizes)
    let level = outlook.confinement.level
    let used = level.usage.memory.map(page.sizes.phrase) ?? "-"
    let limit = page.sizes.phrase(outlook.confinement.limit)
    return page.emphasis.apply(.heading, to: "In \(group.name): \(used) of \(limit) used")
  }

  /// The rows, and remarks on them.
  package func writeTable(to text: inout Text, on page: Page) {
    guard !rows.isEmpty else { return }
    table(on: page).write(to: &text, width: page.width, headingsIn: page.emphasis)
    guard page.hasRemarks else { return }
    for reason in rows.compactMap(\.firstReason) {
      text.paragraph(SafeText.visible(reason), width: page.textWidth)
    }
    if let exception = policy?.exception { text.paragraph(exception, width: page.textWidth) }
    for line in summary?.lines ?? [] { text.paragraph(line, width: page.textWidth) }
    if let legend = lifted.legend { text.paragraph(legend, width: page.textWidth) }
  }

  func table(on page: Page) -> Table {
    let plain = table(on: page, barWidth: 0)
    guard let width = page.width else { return plain }
    // A bar takes the room that the columns leave.
    let room = min(Self.widestBar, width - plain.widthBeforeLast - Self.nameWidth - 1)
    return room < Self.narrowestBar ? plain : table(on: page, barWidth: room)
  }

  private static let widestBar = 12
  private static let narrowestBar = 4
  /// The longest name that the kernel gives a process, and a star.
  private static let nameWidth = 17

  private func table(on page: Page, barWidth: Int) -> Table {
    var table = Table(
      [Table.Column("#", .right)] + columns.map { Table.Column($0.title, $0.alignment) },
      hasHeadings: page.hasHeadings)
    for row in rows {
      let cells = columns.map { cell($0, row, barWidth, on: page) }
      table.append([row.rank.map(String.init) ?? "-"] + cells)
    }
    return table
  }

  private func cell(
    _ column: Column, _ row: ScoredProcess, _ barWidth: Int, on page: Page
  ) -> String {
    let value = column.value(row, context)
    let text = value.text(sizes: page.sizes)
    switch column.key {
    case "memory_percent": return share(row, text, barWidth, on: page)
    case "name": return lifted.contains(row.id) ? text + " *" : text
    default: return text
    }
  }

  /// The percentage, with its bar where there is room for one.
  private func share(
    _ row: ScoredProcess, _ percent: String, _ barWidth: Int, on page: Page
  ) -> String {
    guard let footprint = row.footprint, let capacity = context.machine.capacity,
      capacity.total.count > 0
    else { return "-" }
    let number = String(repeating: " ", count: max(0, 3 - percent.count)) + percent + " %"
    guard barWidth > 0 else { return number }
    let whole = capacity.total.bytes(pageSize: capacity.pageSize)
    return page.bar(width: barWidth).text(footprint, of: whole) + " " + number
  }

  package func writeMembers(to json: inout JSONWriter) {
    if let confinement { json.group(confinement, outlook) }
    json.member("processes", array: rows) { json, row in
      json.process(row, columns: columns, context) { $0.member("rank", Value(row.rank)) }
    }
  }
}

/// The numbers of processes that a ranking leaves out.
struct RankSummary {
  /// The number of processes that could be chosen, but weren't shown.
  var moreCount = 0
  /// The number of these that equal the last one shown, and their score.
  var tieCount = 0
  var tieScore: UInt64 = 0
  /// The number of processes that aren't ranked.
  var zeroCount = 0
  /// True if the kernel is known to be unable to kill these; false if they just have the score 0.
  private var isZeroExempt = false

  init(_ firstVictims: FirstVictims) {
    let scan = firstVictims.scan
    let scored = firstVictims.subjects.filter { $0.record.score ?? 0 > 0 }
    moreCount = max(0, scan.positiveCount - scored.count)
    zeroCount = scan.zeroCount - (firstVictims.subjects.count - scored.count)
    if let last = scored.last?.record.score, scored.count == firstVictims.subjects.count {
      tieScore = last
      tieCount = scan.countEqual(last) - scored.count { $0.record.score == last }
    }
  }

  /// The summary of a ranking of all processes.
  init(_ ranked: [ScoredProcess], shown count: Int, of all: Int) {
    moreCount = ranked.count - count
    zeroCount = all - ranked.count
    isZeroExempt = true
    if count > 0, let last = ranked[count - 1].record.score {
      tieScore = last
      tieCount = ranked.dropFirst(count).prefix { $0.record.score == last }.count
    }
  }

  var lines: [String] {
    var lines: [String] = []
    var more: [String] = []
    if moreCount > 0 {
      let below = moreCount - tieCount
      switch (tieCount, below) {
      case (0, _): more.append("\(moreCount) more.")
      case (_, 0): more.append("\(moreCount) more tie at \(tieScore).")
      default: more.append("\(moreCount) more: \(tieCount) tie at \(tieScore), \(below) below.")
      }
    }
    if zeroCount > 0 {
      let standing = isZeroExempt ? "can't be killed" : "at 0"
      more.append("\(zeroCount) \(standing): kernel threads, init, exempt or without memory.")
    }
    if !more.isEmpty { lines.append(more.joined(separator: " ")) }
    return lines
  }
}
