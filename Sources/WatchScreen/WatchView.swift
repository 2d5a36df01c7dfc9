import CivilTime
import KillPrediction
import Rendering

/// The screen for a state: lines from the top, as many as there is room for.
struct WatchView {
  let state: WatchState
  let context: WatchContext
  let width: Int
  let height: Int
  /// The text that is shown instead of the list: an explanation or the help.
  var text: [StyledLine]?

  private var sample: Sample { state.sample }

  /// A line above the list, and which others go before it does when there is little room.
  private struct Part {
    var dispensability: Int
    var line: StyledLine
  }

  var lines: [StyledLine] {
    let (above, below) = frame
    let room = max(0, height - above.count - below.count)
    var lines = above + content(room: room)
    while lines.count < height - below.count { lines.append(StyledLine()) }
    return Array((lines + below).prefix(height))
  }

  /// Rows of the list that fit.
  var pageSize: Int {
    let (above, below) = frame
    return max(1, height - above.count - below.count - (hasHeading ? 1 : 0))
  }

  private var frame: (above: [StyledLine], below: [StyledLine]) {
    var parts = self.parts
    let hasFooter = height >= 4 || state.isAsking
    let least = text.map { min($0.count, height - 3) } ?? max(1, min(6, height / 2))
    while parts.count + (hasFooter ? 1 : 0) + least > height,
      let most = parts.map(\.dispensability).max(),
      let index = parts.lastIndex(where: { $0.dispensability == most })
    {
      parts.remove(at: index)
    }
    return (parts.map(\.line), hasFooter ? [footer] : [])
  }

  private var parts: [Part] {
    var parts = [Part(dispensability: 6, line: header)]
    let meters = MeterLines(sample: sample, context: context, width: width).lines
    for (index, line) in meters.enumerated() {
      parts.append(Part(dispensability: index == 0 ? 2 : 3 + index, line: line))
    }
    for (index, line) in outlook.enumerated() {
      parts.append(Part(dispensability: index == 0 ? 3 : 8, line: line))
    }
    parts.append(Part(dispensability: 1, line: victim))
    let kills = KillLines(
      kills: state.kills, count: sample.memory.kills, namesKills: context.namesKills,
      now: sample.time
    )
    for (index, line) in kills.lines(atMost: 3, width: width).enumerated() {
      parts.append(Part(dispensability: index == 0 ? 3 : 9, line: line))
    }
    parts.append(Part(dispensability: 10, line: StyledLine()))
    return parts
  }
}

extension WatchView {
  private var header: StyledLine {
    let count = sample.candidateCount
    let parts = [
      context.hostName, context.release.map { "Linux \($0)" },
      "\(count) \(count == 1 ? "candidate" : "candidates")",
      sample.isComplete ? nil : "incomplete",
    ].compactMap { $0 }
    let clock = String(Moment(sample.time).local.suffix(8))
    let room = width - clock.count - 2
    var line = StyledLine()
    for part in parts {
      let part = (line.displayWidth == 0 ? "" : "   ") + SafeText.visible(part)
      guard line.displayWidth + part.displayWidth <= room || line.displayWidth == 0 else { break }
      line.append(part, .heading)
    }
    if line.displayWidth <= room {
      line.pad(to: width - clock.count)
      line.append(clock, .faint)
    }
    return line
  }

  private var outlook: [StyledLine] {
    let outlook = Outlook(sample, sizes: context.sizes)
    guard width >= 60 else { return [StyledLine(outlook.short, outlook.style)] }
    guard height >= 16 else { return [StyledLine("Distance  \(outlook.short)", outlook.style)] }
    var text = Text()
    text.paragraph(outlook.sentences.joined(separator: " "), label: "Distance  ", width: width)
    return text.string.split(separator: "\n").prefix(2).map {
      StyledLine(String($0), outlook.style)
    }
  }

  private var victim: StyledLine {
    let label = width < 60 ? "Next " : "Next      "
    if let exception = sample.policy?.exception { return StyledLine(label + exception, .danger) }
    guard let first = sample.first else { return StyledLine(label + "nobody can be killed") }
    var line = StyledLine(label)
    if !sample.isComplete { line.append(width < 60 ? "seen: " : "unknown; of those seen ") }
    line.append(first.label, .danger)
    guard let second = sample.second, width >= 60 else { return line }
    let lead = sample.lead.map { $0 == 0 ? "just" : context.sizes.phrase($0) }
    line.append(", " + (lead.map { "\($0) ahead of " } ?? "then ") + second.label)
    return line
  }
}

extension WatchView {
  private var hasHeading: Bool { height >= 6 }

  private func content(room: Int) -> [StyledLine] {
    if let text {
      let start = min(state.scrolled, max(0, text.count - room))
      return Array(text.dropFirst(start).prefix(room))
    }
    if state.rows.isEmpty { return Array([StyledLine(nothing)].prefix(room)) }
    let (heading, rows) = list(room: max(0, room - (hasHeading ? 1 : 0)))
    return (hasHeading ? [heading] : []) + rows
  }

  private var nothing: String {
    if !state.filter.isEmpty { return "No name contains '\(state.filter)'." }
    if state.arrangement == .cgroups { return "No memory cgroups can be seen." }
    return "No process to show."
  }

  private func list(room: Int) -> (StyledLine, [StyledLine]) {
    let shown = state.rows.dropFirst(state.offset).prefix(room)
    let key = state.rows.indices.contains(state.cursor) ? state.rows[state.cursor].key : nil
    let columns = WatchColumns(
      context: context, whole: sample.memory.whole, cursor: key, isTree: state.arrangement == .tree)
    var processes: [WatchColumns.Process] = []
    var groups: [WatchRow.Group] = []
    for row in shown {
      switch row {
      case .process(let processRow, let depth):
        processes.append(.init(processRow: processRow, depth: depth))
      case .group(let group): groups.append(group)
      }
    }
    if state.arrangement == .cgroups {
      let list = ListLines(columns.ofGroups, items: groups, width: width)
      return (list.heading, groups.map { marked(list.line($0), key == .group($0.path)) })
    }
    let list = ListLines(columns.ofProcesses, items: processes, width: width)
    return (
      list.heading,
      processes.map { row in
        let line = list.line(row)
        let isSelected = key == .process(row.processRow.identity)
        return row.processRow.rank == 1 && !isSelected
          ? line.marked(.danger, width: 0) : marked(line, isSelected)
      }
    )
  }

  private func marked(_ line: StyledLine, _ isSelected: Bool) -> StyledLine {
    isSelected ? line.marked(.selected, width: width) : line
  }
}

extension WatchState {
  /// True where the last line is needed for an answer.
  fileprivate var isAsking: Bool {
    switch mode {
    case .filter, .value, .confirmation: true
    case .list, .help, .explanation: message != nil
    }
  }
}

extension WatchView {
  private var footer: StyledLine {
    switch state.mode {
    case .filter: return StyledLine("Name contains: \(state.filter)_", .heading)
    case .value(let process, let text):
      let file = state.usesLegacyScale ? "oom_adj" : "oom_score_adj"
      let present = process.adjustment.map { " (now \($0))" } ?? ""
      return asking("\(file) of \(process.label)\(present): \(text)_", "\(process.label): \(text)_")
    case .confirmation(let process, let value):
      let change = "\(process.adjustment.map(String.init) ?? "?") -> \(value)"
      return asking("Set \(process.label) \(change)?  y yes, any other key no", "\(change) y/n?")
    case .help, .explanation: return state.message ?? StyledLine("Any key leads back.", .faint)
    case .list: return state.message ?? keys
    }
  }

  private func asking(_ question: String, _ short: String) -> StyledLine {
    // The answer at the end mustn't be cut off.
    StyledLine(question.displayWidth <= width ? question : short, .heading)
  }

  private var keys: StyledLine {
    let place: String? =
      switch (state.filter.isEmpty, state.cgroup) {
      case (false, _): "Names with '\(state.filter)'  Esc all"
      case (true, .some(let path)): "In \(path)  Esc all"
      case (true, nil): nil
      }
    let words = [
      "q Quit", "h Help", place, "s Sort: \(state.sort.rawValue)", "/ Filter", "t Tree",
      "c Cgroups",
      "e Explain", "a Adjust",
    ].compactMap { $0 }
    var line = StyledLine()
    for word in words {
      guard line.displayWidth + word.displayWidth + 2 <= width || line.displayWidth == 0 else {
        break
      }
      line.append((line.displayWidth == 0 ? "" : "  ") + word, .faint)
    }
    return line
  }
}
