import CgroupFS
import Core
import KillPrediction
import MemoryLedger
import ProcFS
import Processes
import Rendering

/// A machine's memory as people read it: the sums, the zones below them, and what there is to say.
struct MemoryText {
  let report: MemoryReport
  let page: Page

  private var facts: MemoryFacts { report.facts }

  func write(to text: inout Text) {
    if let held = facts.held {
      text.paragraph(held.sentence(page.sizes) + ".", width: page.textWidth)
      if page.hasRemarks { text.paragraph(held.remedy, width: page.textWidth) }
      text.line()
    }
    if let confinement = facts.confinement { write(confinement, to: &text) }
    write(sums, to: &text)
    text.line()
    writeZones(to: &text)
    writeUses(to: &text)
    if facts.confinement == nil, !facts.cgroups.isEmpty {
      text.line()
      write(cgroups, to: &text)
    }
    guard !report.findings.isEmpty || page.hasRemarks else { return }
    text.line()
    if report.findings.isEmpty { text.line("Nothing to worry about.") }
    for finding in report.findings where finding.id != HeldMemory.findingID {
      finding.write(to: &text, on: page)
    }
  }

  /// A container's own answer goes first.
  private func write(_ confinement: Confinement, to text: inout Text) {
    let group = GroupText(confinement: confinement, outlook: nil, sizes: page.sizes)
    if page.hasHeadings {
      text.line(page.emphasis.apply(.heading, to: "This container: \(group.name)"))
    }
    write(cgroups, to: &text)
    text.line()
    line("Left", size(confinement.level.headroom), "before the OOM killer acts in it", to: &text)
    line("Kills", group.kills, to: &text)
    text.line()
    if page.hasHeadings { text.line(page.emphasis.apply(.heading, to: "The host")) }
  }

  private func write(_ table: Table, to text: inout Text) {
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  private func size(_ bytes: Int?) -> String { Value(size: bytes).text(sizes: page.sizes) }
}

extension MemoryText {
  private var sums: Table {
    var table = Table(
      [
        Table.Column(""), Table.Column("TOTAL", .right), Table.Column("USED", .right),
        Table.Column("FREE", .right), Table.Column("ABOVE MIN", .right), Table.Column(""),
      ], hasHeadings: page.hasHeadings)
    if facts.hasHighMemory {
      let isShort = report.findings.contains { $0.id == LowMemory.findingID }
      append(
        "Low", .lowTotal, .lowFree, facts.aboveMinimumOfLow, isShort ? "! short" : "", to: &table)
      append("High", .highTotal, .highFree, facts.aboveMinimumOfHigh, "", to: &table)
    }
    let available = facts[.available].map { "\(page.sizes.text($0)) available" } ?? ""
    table.append([
      "All", size(facts[.total]), size(facts.memory.used?.bytes), size(facts[.free]),
      size(facts.aboveMinimum), available,
    ])
    append("Swap", .swapTotal, .swapFree, nil, "", to: &table)
    let left = facts.rest(of: .commitLimit, without: .committed)
    table.append([
      "Commit", size(facts[.commitLimit]), size(facts[.committed]), size(left), "", enforcement,
    ])
    return table
  }

  private func append(
    _ name: String, _ total: MemoryInfo.Line, _ free: MemoryInfo.Line, _ above: Int?,
    _ note: String, to table: inout Table
  ) {
    let used = facts.rest(of: total, without: free)
    let isSwap = total == .swapTotal
    table.append([
      name, size(facts[total]), size(used), size(facts[free]), isSwap ? "" : size(above), note,
    ])
  }

  private var enforcement: String {
    guard let mode = facts.overcommit else { return "" }
    guard mode == .never else { return "not enforced (mode \(mode.rawValue))" }
    let amount = facts.kilobytes.map { $0 > 0 ? ", kbytes \($0)" : "" } ?? ""
    let ratio = facts.ratio.map { ", ratio \($0)" } ?? ""
    return "enforced (mode 2\(amount.isEmpty ? ratio : amount))"
  }
}

extension MemoryText {
  private func writeZones(to text: inout Text) {
    guard let zones = facts.zones else { return }
    var table = Table(
      [
        Table.Column("ZONE"), Table.Column("FREE", .right), Table.Column("MIN", .right),
        Table.Column("LOW", .right), Table.Column("HIGH", .right), Table.Column("RESERVE", .right),
        Table.Column("LARGEST FREE BLOCK"),
      ], hasHeadings: page.hasHeadings)
    let hasNodes = Set(zones.map(\.zone.node)).count > 1
    for zone in zones {
      let info = zone.zone
      table.append([
        hasNodes ? "\(info.name), node \(info.node)" : info.name, size(facts.bytes(info.freePages)),
        size(facts.bytes(info.minPages)), size(facts.bytes(info.lowPages)),
        size(facts.bytes(info.highPages)), size(facts.bytes(info.reservedPages)), largest(zone),
      ])
    }
    write(table, to: &text)
    text.line()
  }

  private func largest(_ zone: MemoryZone) -> String {
    let block =
      zone.largestOrder.map { "\(size(facts.bytes(ofOrder: $0))) (order \($0))" }
      ?? (zone.freeBlocks == nil ? "-" : "none")
    return block + (zone.isBelowMinimum ? "  ! below min" : zone.isBelowLow ? "  below low" : "")
  }

  private var cgroups: Table {
    var table = Table(
      [
        Table.Column("USED", .right), Table.Column("CACHE", .right), Table.Column("LIMIT", .right),
        Table.Column("MEMORY CGROUP"),
      ], hasHeadings: page.hasHeadings)
    for group in facts.cgroups {
      let limit = group.limits.memory.map { page.sizes.text($0) } ?? "none"
      table.append([size(group.usage.memory), size(group.usage.cache), limit, group.path])
    }
    return table
  }
}

extension MemoryText {
  private func writeUses(to text: inout Text) {
    if let ledger = facts.ledger {
      LedgerTable(ledger, on: page).write(to: &text)
      text.line()
      if page.hasRemarks, !ledger.missing.isEmpty {
        text.paragraph(
          "Not told, and so in what is left: \(ledger.missing.joined(separator: ", ")).",
          width: page.textWidth)
        text.line()
      }
    }
    line("Huge pages", hugePages, to: &text)
    line("Pressure", SafeText.visible(facts.pressure.phrase), to: &text)
  }

  private func line(_ name: String, _ value: String, _ note: String = "", to text: inout Text) {
    let label = name + String(repeating: " ", count: 13 - name.count)
    text.line(label + value + (note.isEmpty || value == "-" ? "" : "  (\(note))"))
  }

  private var hugePages: String {
    let memory = facts.memory
    guard let total = memory[hugePages: .total] else { return "-" }
    if total == 0 { return facts[.hugePages] ?? 0 > 0 ? size(facts[.hugePages]) : "none" }
    let free = memory[hugePages: .free].map { ", \($0) free" } ?? ""
    let reserved = memory[hugePages: .reserved].map { ", \($0) reserved" } ?? ""
    return "\(total) of \(size(facts[.hugePageSize]))\(free)\(reserved)"
  }
}
