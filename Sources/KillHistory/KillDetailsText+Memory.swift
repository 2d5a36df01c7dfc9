import Core
import DaemonLog
import KernelLog
import LogSources
import MemoryLedger
import Rendering
import ReportAnalysis

extension KillDetailsText {
  /// Writes why memory that was free didn't help.
  func writeMemory(to text: inout Text) {
    let zones = verdicts
    if !zones.isEmpty {
      text.line()
      table(of: zones).write(to: &text, width: page.width, headingsIn: page.emphasis)
    }
    let remarks = self.remarks
    guard page.hasRemarks, !remarks.isEmpty else { return }
    text.line()
    for remark in remarks { text.paragraph(SafeText.visible(remark), width: page.textWidth) }
  }

  var request: MemoryRequest { MemoryRequest(kill.report, pageSize: pageSize) }

  private var verdicts: [ZoneVerdict] {
    ZoneVerdict.all(of: kill.report.memory.zones, for: request)
  }

  /// What the whole machine was short of; `nil` where a limit was hit, or somebody asked for a kill.
  var memoryShortage: MemoryShortage? { MemoryShortage(of: kill, verdicts, for: request) }

  private func table(of zones: [ZoneVerdict]) -> Table {
    var table = Table(
      [
        Table.Column("ZONE"), Table.Column("FREE", .right), Table.Column("MIN", .right),
        Table.Column("LOW", .right), Table.Column("HIGH", .right),
        Table.Column("LARGEST BLOCK", .right), Table.Column(""),
      ], hasHeadings: page.hasHeadings)
    for verdict in zones {
      let zone = verdict.zone
      table.append([
        zone.node.map { "\(zone.name), node \($0)" } ?? zone.name, cell(zone.size("free")),
        cell(zone.size("min")), cell(zone.size("low")), cell(zone.size("high")),
        cell(verdict.largestBlock),
        verdict.note,
      ])
    }
    return table
  }

  private func cell(_ size: Kibibytes?) -> String {
    Value(size: size?.bytes).text(sizes: page.sizes)
  }

  private var remarks: [String] {
    [memoryShortage.flatMap(remark), contiguous, confinement, holder, slabs, allocations]
      .compactMap { $0 }
  }

  /// What all memory was used for, or that of the cgroup at its limit.
  var ledger: Ledger? { Ledger(of: kill, pageSize: pageSize) }

  /// Memory that a kill frees little of, and how little.
  private var holder: String? {
    guard let ledger, let holder = ledger.holder else { return nil }
    let most = kill.biggest.map {
      "; the biggest process had \(phrase(Kibibytes($0.memoryPages &* pageSize.count)))"
    }
    let what =
      holder.kind == .unaccounted
      ? "is counted by nobody, such as memory of drivers" : "was \(holder.kind.label.uncapitalized)"
    let little = holder.kind.isFreedByKill == false ? ", which killing frees little of" : ""
    return
      "\(page.sizes.phrase(holder.bytes)) of \(page.sizes.phrase(ledger.total)) \(what)\(little)"
      + "\(most ?? "")."
  }

  /// Free memory that is lent only to what can be moved away again.
  private var contiguous: String? {
    guard memoryShortage != nil else { return nil }
    let free = verdicts.reduce(0) { $0 &+ $1.contiguous.count }
    guard free > 0 else { return nil }
    return
      "\(phrase(Kibibytes(free))) of what was free is in areas that are kept for devices (CMA): only pages that can be "
      + "moved away again may borrow them, and this request asked for others."
  }

  /// Why there was free memory when the killer acted.
  private func remark(on shortage: MemoryShortage) -> String? {
    switch shortage {
    case .memory, .memoryOutsideCMA: nil
    case .lowMemory(let free):
      // On 32-bit machines what the kernel needs itself must lie low.
      "Low memory was short, while \(phrase(free)) of high memory was free: the kernel can use that for "
        + "processes only. This is why memory was free when the killer acted."
    case .usableMemory(let free):
      "\(phrase(free)) was free in zones that this request can't use."
    case .largeBlocks:
      "Memory was free, but in pieces: \(phrase(request.size)) in one were asked for (order \(request.order))."
    case .barelyMemory: "Every zone was above its min, but hardly."
    case .pageFault:
      "gfp_mask 0 is no request for memory: a page fault failed for another reason, such as a limit of a cgroup, a "
        + "driver or a bad swap entry, and the kernel ran the OOM killer. The lines before the report may say which."
    case .nothing:
      "Memory may have become free between the request and the report."
    }
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
