import Processes
import Rendering

extension WatchState {
  /// Handles a key, and returns its effect outside; `nil` when there is none.
  mutating func press(_ key: Key) -> Effect? {
    message = nil
    if key == .control("l") { return .redraw }
    if key == .control("c") { return .quit }
    switch mode {
    case .list: return pressInList(key)
    case .filter: pressInFilter(key)
    case .help, .explanation: pressInText(key)
    case .value(let process, let text): pressInValue(key, process, text)
    case .confirmation(let process, let value):
      mode = .list
      if key == .character("y") || key == .character("Y") { return .adjust(process, value) }
      message = StyledLine("Nothing was changed.")
    }
    return nil
  }

  private mutating func pressInList(_ key: Key) -> Effect? {
    if pressToMove(key) { return nil }
    switch key {
    case .character("q"): return .quit
    case .character("h"), .character("?"): open(.help)
    case .character("/"), .character("f"): mode = .filter
    case .character("s"): sort(by: 1)
    case .character("S"): sort(by: -1)
    case .character("t"): arrange(as: .tree)
    case .character("c"): arrange(as: .cgroups)
    case .character("e"), .enter: explain()
    case .character("a"): beginValue()
    case .escape: leave()
    default: break
    }
    return nil
  }

  private mutating func pressToMove(_ key: Key) -> Bool {
    switch key {
    case .up, .character("k"): move(to: cursor - 1)
    case .down, .character("j"): move(to: cursor + 1)
    case .pageUp, .control("b"): move(to: cursor - max(1, pageSize - 1))
    case .pageDown, .control("f"), .character(" "): move(to: cursor + max(1, pageSize - 1))
    case .home, .character("g"): move(to: 0)
    case .end, .character("G"): move(to: .max)
    default: return false
    }
    return true
  }

  private mutating func pressInFilter(_ key: Key) {
    switch key {
    case .enter: mode = .list
    case .escape:
      mode = .list
      filter = ""
    case .backspace, .delete: if !filter.isEmpty { filter.removeLast() }
    case .control("u"): filter = ""
    case .character(let character):
      if filter.count < Self.longestFilter { filter.append(character) }
    default:
      _ = pressToMove(key)
      return
    }
    arrange()
  }

  private static let longestFilter = 40

  private mutating func pressInText(_ key: Key) {
    switch key {
    case .up, .character("k"): scrolled = max(0, scrolled - 1)
    case .down, .character("j"): scrolled += 1
    case .pageUp, .control("b"): scrolled = max(0, scrolled - pageSize)
    case .pageDown, .control("f"), .character(" "): scrolled += pageSize
    case .home, .character("g"): scrolled = 0
    case .character("a"):
      if case .explanation(let process) = mode { mode = .value(process, "") } else { mode = .list }
    default: mode = .list
    }
  }

  private mutating func pressInValue(_ key: Key, _ process: WatchRow.Target, _ text: String) {
    switch key {
    case .enter:
      let range = (usesLegacyScale ? AdjustmentFile.legacy : .modern).range
      guard let value = Int(text), range.contains(value) else {
        message = StyledLine(
          "'\(text)': expected a whole number from \(range.lowerBound) to \(range.upperBound)",
          .danger)
        return
      }
      mode = .confirmation(process, value)
    case .backspace, .delete: mode = .value(process, String(text.dropLast()))
    case .control("u"): mode = .value(process, "")
    case .character(let character) where character.isASCII:
      if character.isNumber || (character == "-" || character == "+") && text.isEmpty,
        text.count < 5
      {
        mode = .value(process, text + String(character))
      }
    case .escape: mode = .list
    default: break
    }
  }

  private mutating func open(_ mode: Mode) {
    self.mode = mode
    scrolled = 0
  }

  private mutating func sort(by step: Int) {
    let all = SortOrder.allCases
    let index = (all.firstIndex(of: sort) ?? 0) + step
    sort = all[(index + all.count) % all.count]
    arrange()
  }

  /// The key that led there leads back.
  private mutating func arrange(as other: Arrangement) {
    arrangement = arrangement == other ? .ranking : other
    arrange()
  }

  /// A group is looked into, a process explained.
  private mutating func explain() {
    guard rows.indices.contains(cursor) else { return }
    switch rows[cursor] {
    case .process(let processRow, _): open(.explanation(processRow.target))
    case .group(let group):
      cgroup = group.path
      arrange(as: .ranking)
    }
  }

  private mutating func beginValue() {
    guard let selected else {
      message = StyledLine("Choose a process first.")
      return
    }
    mode = .value(selected.target, "")
  }

  /// Takes back one thing after the other that narrows the view.
  private mutating func leave() {
    if !filter.isEmpty {
      filter = ""
    } else if cgroup != nil {
      cgroup = nil
    } else if arrangement != .ranking {
      arrangement = .ranking
    } else {
      sort = .rank
      move(to: 0)
    }
    arrange()
  }
}
