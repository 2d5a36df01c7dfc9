import CgroupFS
import Core
import ProcFS
import Processes
import Rendering

/// Memory cgroups in the order in which they are shown.
struct GroupsReport: CommandReport {
  let groups: [MemoryGroup]
  /// True where there are more than are read.
  let isCut: Bool
  /// The most rows in text; `nil` for all.
  let most: Int?
  let showsEmpty: Bool
  let isTree: Bool
  let checks: Bool
  let names: ContainerNames
  let isComplete: Bool
  let remarks: [Remark]

  var status: ExitStatus {
    let isWrong = checks && groups.contains { $0.state > .fine }
    return isWrong || remarks.contains(where: \.isError) ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    let shown = groups.filter { showsEmpty || $0.memberCount > 0 || $0.state > .fine }
    let rows = most.map { Array(shown.prefix($0)) } ?? shown
    if !rows.isEmpty {
      table(of: rows, on: page).write(to: &text, width: page.width, headingsIn: page.emphasis)
    }
    guard page.hasRemarks else { return }
    if !rows.isEmpty { text.line() }
    for group in rows where group.state > .fine {
      text.paragraph(
        SafeText.visible(sentence(on: group, page.sizes)), label: "! ", width: page.textWidth)
    }
    let left = shown.count - rows.count
    let more = left > 0 ? "\(left) more (--all shows them). " : ""
    let near = groups.count { $0.state > .fine }
    text.paragraph(
      "\(more)\(groups.count) memory cgroup\(groups.count == 1 ? "" : "s")\(isCut ? ", the first of more" : ""), "
        + "\(groups.count { $0.figures.limits.memory != nil }) with a limit; "
        + (near == 0 ? "none is near it." : "\(near) near it or hanging."),
      width: page.textWidth)
  }

  private func table(of groups: [MemoryGroup], on page: Page) -> Table {
    func size(_ bytes: Int?) -> String { Value(size: bytes).text(sizes: page.sizes) }
    var table = Table(
      [
        Table.Column("NEEDED", .right), Table.Column("LEFT", .right), Table.Column("LIMIT", .right),
        Table.Column("HIGH", .right), Table.Column("SWAP", .right), Table.Column("KILLS", .right),
        Table.Column("NEXT"), Table.Column("MEMORY CGROUP"),
      ], hasHeadings: page.hasHeadings)
    for group in groups {
      let isAbove = group.limit != nil && !group.hasOwnLimit
      table.append([
        size(group.needed), group.limit.map { size($0.left) } ?? "-",
        group.limit.map { size($0.bytes) + (isAbove ? "^" : "") } ?? "none",
        size(group.figures.high), size(group.figures.swap),
        group.figures.events.kills.map(String.init) ?? "-",
        group.nextVictim?.label ?? (group.hasOwnLimit && group.memberCount > 0 ? "nobody" : "-"),
        title(of: group) + mark(of: group),
      ])
    }
    return table
  }

  /// The name of the container or pod that it is for, else its path; in a tree its own part of that, below those
  /// above it.
  private func title(of group: MemoryGroup) -> String {
    let parts = group.path.split(separator: "/")
    let name = names.name(at: group.path)
    guard isTree, let last = parts.last else { return name ?? group.path }
    return String(repeating: "  ", count: parts.count - 1) + (name ?? String(last))
  }

  private func mark(of group: MemoryGroup) -> String {
    switch group.state {
    case .fine: ""
    case .near: "  ! near its limit"
    case .throttled: "  ! throttled"
    case .full: "  !! full"
    case .waiting: "  !! waiting"
    }
  }

  private func sentence(on group: MemoryGroup, _ sizes: SizeStyle) -> String {
    group.findings(sizes, source: "").first.map { $0.text + "." } ?? ""
  }
}

extension GroupsReport {
  func writeMembers(to json: inout JSONWriter) {
    json.member("groups", array: groups) { json, group in
      json.object { json in write(group, to: &json) }
    }
  }

  private func write(_ group: MemoryGroup, to json: inout JSONWriter) {
    let (figures, owner) = (group.figures, CgroupOwner(path: group.path, named: names))
    let unit = Unit(cgroup: group.path)
    json.member("path", .text(group.path))
    json.member("unit", Value(unit.system))
    json.member("user_unit", Value(unit.user))
    json.write(owner, named: names)
    json.member("state", .text(group.state.word))
    json.member("used_bytes", Value(size: figures.usage.memory))
    json.member("droppable_bytes", Value(size: figures.usage.cache))
    json.member("limit_bytes", Value(size: group.limit?.bytes))
    json.member("limit_owner", Value(group.limit?.owner))
    json.member("left_bytes", Value(size: group.limit?.left))
    json.member("high_bytes", Value(size: figures.high))
    json.member("swap_bytes", Value(size: figures.swap))
    json.member(
      "swap_limit_bytes",
      Value(size: figures.limits.swap ?? figures.limits.memoryAndSwap))
    json.member("peak_bytes", Value(size: figures.peak))
    json.member("events") { json in
      json.member("high", Value(figures.events.high))
      json.member("max", Value(figures.events.max))
      json.member("oom", Value(figures.events.oom))
      json.member("oom_kill", Value(figures.events.kills))
      json.member("oom_group_kill", Value(figures.events.groupKills))
    }
    write(figures.pressure, to: &json)
    json.member("oom_group", .flag(figures.limits.isKilledAsGroup))
    json.member("kill_disabled", .flag(figures.limits.isKillDisabled))
    json.member("under_oom", .flag(figures.limits.isUnderOOM))
    json.member("processes", Value(group.memberCount))
    guard let victim = group.nextVictim else { return json.member("next_victim", .absent) }
    json.member("next_victim") { json in
      json.member("pid", Value(victim.id.rawValue))
      json.member("name", Value(victim.record.name))
      json.member("oom_score_adj", Value(victim.record.adjustment))
    }
  }

  private func write(_ pressure: Pressure?, to json: inout JSONWriter) {
    guard let pressure else { return json.member("pressure", .absent) }
    json.member("pressure") { json in
      json.member("some_avg10_percent_hundredths", Value(pressure.some?.tenSeconds))
      json.member("full_avg10_percent_hundredths", Value(pressure.full?.tenSeconds))
    }
  }
}

extension MemoryGroup.State {
  /// For programs.
  fileprivate var word: String {
    switch self {
    case .fine: "fine"
    case .near: "near"
    case .throttled: "throttled"
    case .full: "full"
    case .waiting: "waiting"
    }
  }
}
