import Badness
import ProcFS
import Rendering

/// Ranked processes, and what was left out.
struct RankReport: Report {
  var rows: [Subject]
  var columns: [Column]
  var context: Column.Context
  /// `nil` when only some processes were asked for.
  var summary: RankSummary?
  /// On a shortage of the whole machine; `nil` where the kernel's version is unknown.
  var policy: Policy?
  var isComplete: Bool
  var remarks: [Remark]
  /// What confines the view: the ranks are those in its group then.
  var confinement: Confinement?
  /// `nil` where nothing confines it, or the kernel's version is unknown.
  var outlook: GroupOutlook?

  func writeText(to text: inout Text, on page: Page) {
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

  /// The rows, and what to know of them.
  func writeTable(to text: inout Text, on page: Page) {
    guard !rows.isEmpty else { return }
    table(on: page).write(to: &text, width: page.width, headingsIn: page.emphasis)
    guard page.hasRemarks else { return }
    if let exception = policy?.exception { text.paragraph(exception, width: page.textWidth) }
    guard let summary else { return }
    for line in summary.lines { text.paragraph(line, width: page.textWidth) }
  }

  func table(on page: Page) -> Table {
    var table = Table(
      [Table.Column("#", .right)] + columns.map { Table.Column($0.title, $0.alignment) },
      hasHeadings: page.hasHeadings)
    for row in rows {
      let cells = columns.map { cell($0, row, on: page) }
      table.append([row.rank.map(String.init) ?? "-"] + cells)
    }
    return table
  }

  private func cell(_ column: Column, _ row: Subject, on page: Page) -> String {
    let value = column.value(row, context)
    let text = value.text(sizes: page.sizes)
    switch column.key {
    case "memory_percent": return share(row, text, on: page)
    case "name": return summary?.isMarked(row.id) ?? false ? text + " *" : text
    default: return text
    }
  }

  /// The percentage, on a terminal with its bar.
  private func share(_ row: Subject, _ percent: String, on page: Page) -> String {
    guard let footprint = row.footprint, let capacity = context.machine.capacity,
      capacity.total.count > 0
    else { return "-" }
    let number = String(repeating: " ", count: max(0, 3 - percent.count)) + percent + " %"
    guard page.width != nil else { return number }
    let whole = capacity.total.bytes(pageSize: capacity.pageSize)
    return page.bar(width: 12).text(footprint, of: whole) + " " + number
  }

  func writeMembers(to json: inout JSONWriter) {
    if let confinement { json.group(confinement, outlook) }
    json.member("processes", array: rows) { json, row in
      json.process(row, columns: columns, context) { $0.member("rank", Value(row.rank)) }
    }
  }
}

/// What a ranking leaves out, and what adjustments do in it.
struct RankSummary {
  /// Processes that could be chosen, but weren't shown.
  var moreCount = 0
  /// Of these, those that equal the last one shown, and their score.
  var tieCount = 0
  var tieScore: UInt64 = 0
  /// Those that aren't ranked.
  var zeroCount = 0
  /// Whether these are known to be beyond the kernel's reach, or just have the score 0.
  private var isZeroExempt = false
  /// The rank that each process of high rank only by its adjustment would have without it.
  private var marked: [(id: ProcessID, rank: Int)] = []
  private var shown: [ProcessID] = []

  init(_ leaders: Leaders, on machine: Machine) {
    let scan = leaders.scan
    let scored = leaders.subjects.filter { $0.record.score ?? 0 > 0 }
    moreCount = max(0, scan.positiveCount - scored.count)
    zeroCount = scan.zeroCount - (leaders.subjects.count - scored.count)
    if let last = scored.last?.record.score, scored.count == leaders.subjects.count {
      tieScore = last
      tieCount = scan.countEqual(last) - scored.count { $0.record.score == last }
    }
    shown = leaders.subjects.map(\.id)
    for subject in leaders.subjects {
      guard let score = machine.scoreWithoutAdjustment(of: subject) else { continue }
      note(subject, rank: scan.countAbove(score))
    }
  }

  /// Of a ranking of all.
  init(_ ranked: [Subject], shown count: Int, of all: Int) {
    moreCount = ranked.count - count
    zeroCount = all - ranked.count
    isZeroExempt = true
    shown = ranked.prefix(count).map(\.id)
    if count > 0, let last = ranked[count - 1].record.score {
      tieScore = last
      tieCount = ranked.dropFirst(count).prefix { $0.record.score == last }.count
    }
  }

  /// It counts as high only by its adjustment when without it it wouldn't be shown.
  private mutating func note(_ subject: Subject, rank: Int) {
    if rank > shown.count { marked.append((subject.id, rank)) }
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
    if let first = marked.first {
      var ranks = "\(first.rank)"
      for (one, next) in zip(marked, marked.dropFirst()) where one.rank != next.rank {
        ranks += ", \(next.rank)"
      }
      lines.append("* high only by its adjustment; without it: rank \(ranks).")
    }
    return lines
  }

  /// Whether a process is high only by its adjustment.
  func isMarked(_ id: ProcessID) -> Bool { marked.contains { $0.id == id } }
}

extension Machine {
  /// What the kernel would print were the adjustment 0; `nil` unless a positive one raises the score.
  fileprivate func scoreWithoutAdjustment(of subject: Subject) -> UInt64? {
    guard let rule, let capacity, !rule.readsLegacyAdjustment,
      subject.record.adjustment ?? 0 > 0, var candidate = candidate(for: subject.record)
    else { return nil }
    candidate.adjustment = 0
    let score = rule.oomScore(ofBadness: rule.score(candidate, in: capacity), in: capacity)
    return score.map { UInt64(clamping: $0) }
  }
}
