import Core
import KernelLog
import LogSources
import Rendering

extension KillDetailsText {
  /// Writes why memory that was free didn't help.
  func writeMemory(to text: inout Text) {
    let zones = verdicts
    if !zones.isEmpty {
      text.line()
      table(of: zones).write(to: &text, width: page.width, headingsIn: page.emphasis)
    }
    let remarks = self.remarks(on: zones)
    guard page.hasRemarks, !remarks.isEmpty else { return }
    text.line()
    for remark in remarks { text.paragraph(SafeText.visible(remark), width: page.textWidth) }
  }

  private var order: Int { kill.report.invoker?.order ?? 0 }

  private var verdicts: [ZoneVerdict] {
    let kind = kill.report.invoker?.gfpMask.map(ZoneKind.init(allowedBy:))
    return kill.report.memory.zones.map {
      ZoneVerdict($0, upTo: kind, order: order, pageSize: pageSize)
    }
  }

  private func table(of zones: [ZoneVerdict]) -> Table {
    var table = Table(
      [
        Table.Column("ZONE"), Table.Column("FREE", .right), Table.Column("MIN", .right),
        Table.Column("LOW", .right), Table.Column("HIGH", .right),
        Table.Column("LARGEST BLOCK", .right), Table.Column(""),
      ], hasHeadings: page.hasHeadings)
    for verdict in zones {
      let zone = verdict.zone
      let largest = zone.blocks.filter { $0.count > 0 }.map(\.size).max()
      table.append([
        zone.node.map { "\(zone.name), node \($0)" } ?? zone.name, cell(zone.size("free")),
        cell(zone.size("min")), cell(zone.size("low")), cell(zone.size("high")), cell(largest),
        verdict.note,
      ])
    }
    return table
  }

  private func cell(_ size: Kibibytes?) -> String {
    Value(size: size?.bytes).text(sizes: page.sizes)
  }

  private func remarks(on zones: [ZoneVerdict]) -> [String] {
    [lowMemory(zones), uselessness(zones), fragmentation(zones), confinement, slabs, allocations]
      .compactMap { $0 }
  }

  /// On 32-bit machines what the kernel needs itself must lie low.
  private func lowMemory(_ zones: [ZoneVerdict]) -> String? {
    guard let high = zones.first(where: { $0.zone.name == ZoneKind.high.rawValue }),
      high.obstacle == .tooHigh || high.obstacle == .none, let free = high.zone.size("free"),
      zones.contains(where: {
        $0.zone.name == ZoneKind.normal.rawValue && $0.obstacle == .belowMinimum
      })
    else { return nil }
    return
      "Low memory was short, while \(phrase(free)) of high memory was free: the kernel can use that for "
      + "processes only. This is why memory was free when the killer acted."
  }

  /// Memory that may move is of no use to what has to stay.
  private func uselessness(_ zones: [ZoneVerdict]) -> String? {
    guard !zones.isEmpty, zones.allSatisfy({ $0.obstacle == .tooHigh }) else { return nil }
    let free = zones.reduce(0) { $0 &+ ($1.zone.size("free")?.count ?? 0) }
    return
      "\(phrase(Kibibytes(free))) was free in zones that this allocation can't use, and no other zone counted."
  }

  private func fragmentation(_ zones: [ZoneVerdict]) -> String? {
    guard order > 0,
      zones.contains(where: { if case .fragmented = $0.obstacle { true } else { false } })
    else { return nil }
    return
      "Memory was free, but in pieces: \(phrase(Kibibytes(pageSize.count << min(order, 20)))) in one were "
      + "asked for (order \(order))."
  }

  private var confinement: String? {
    switch kill.constraint {
    case "memcg":
      "A limit was reached, not the machine's memory: free memory elsewhere doesn't count."
    case "cpuset", "memory_policy":
      "Only these nodes counted: free memory on others couldn't be used."
    default: nil
    }
  }

  /// Named only where they hold much.
  private var slabs: String? {
    let large = kill.report.slabs.filter { $0.total.count >= 64 << 10 }.sorted {
      $0.total > $1.total
    }
    guard !large.isEmpty else { return nil }
    let names = large.prefix(3).map { "\($0.name) \(phrase($0.total))" }
    return "The kernel itself held much that can't be reclaimed: \(names.joined(separator: ", "))."
  }

  private var allocations: String? {
    guard let first = kill.report.allocations.first else { return nil }
    return
      "Most of the kernel's own memory was allocated at \(first.site): \(page.sizes.phrase(first.bytes))."
  }
}
