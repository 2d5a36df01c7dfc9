import Badness
import CivilTime
import Core
import DaemonLog
import KernelLog
import KillReplay
import MemoryLedger
import Processes
import Rendering
import ReportAnalysis

/// A kill's whole story: who asked, what was short, who was chosen and why.
struct KillDetailsText: KillDetails {
  let entry: HistoryEntry
  let kill: KernelLog.Kill
  /// Those that died along with it.
  var others: [HistoryEntry] = []
  /// The list it is from.
  var list: [[HistoryEntry]] = []
  let users: Users?
  let zone: ZoneRules
  let page: Page

  func write(to text: inout Text) {
    writeHead(to: &text, release: kill.report.release)
    write([("Killed", victim), ("Along", companions), ("Chosen", chosen)], to: &text)
    writeShortage(to: &text)
    writeAftermath(in: list, to: &text)
    writeMemory(to: &text)
    writeChoice(to: &text)
  }

  /// Who asked for memory, and which was short.
  func writeShortage(to text: inout Text) {
    write(
      [
        ("Asked by", invoker), ("Biggest", biggest), ("Short", shortage), ("Held", held),
        ("Cgroup", cgroup), ("Swap", swap), ("Reason", peculiarity),
      ], to: &text)
  }

  /// Writes facts, each with its label; what the log doesn't tell is left out.
  private func write(_ facts: [(String, String?)], to text: inout Text) {
    for (label, words) in facts {
      if let words { write(words, label: label, to: &text) }
    }
  }
}

extension KillDetailsText {
  /// Those that died with it, the first few by name.
  private var companions: String? {
    guard !others.isEmpty else { return nil }
    let more = others.count > 8 ? " and \(others.count - 8) more" : ""
    return others.prefix(8).map(\.label).joined(separator: ", ") + more
  }

  private var victim: String? {
    let victim = kill.victim
    var parts = [name(victim.name, victim.pid, uid: entry.uid)]
    if let resident = entry.resident {
      parts.append("\(phrase(resident)) in RAM" + shares(of: victim))
    }
    if let tables = victim.pageTables { parts.append("page tables \(phrase(tables))") }
    if let total = victim.totalVM { parts.append("\(phrase(total)) mapped") }
    if let adjustment = victim.adjustment { parts.append("oom_score_adj \(adjustment)") }
    if kill.isFollower { parts.append("it died along with the chosen one") }
    switch kill.evidence {
    case .killLine: break
    case .summary: parts.append("as the line before tells: its kill line isn't in the log")
    case .selection:
      parts.append("or a child of it: it was chosen, and the kill line isn't in the log")
    }
    return parts.joined(separator: ", ")
  }

  private func shares(of victim: Victim) -> String {
    let parts = [
      ("anonymous", victim.anonymous), ("files", victim.file), ("shared", victim.shared),
    ].compactMap { name, size in size.map { "\(name) \(page.sizes.text($0.bytes))" } }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private var chosen: String? {
    guard let selected = kill.selected else { return nil }
    let score = selected.score.map { ", score \($0)" } ?? ""
    let chosen = "\(name(selected.name, selected.pid))\(score)"
    return switch kill.kinship {
    case .same: "the same\(score)"
    case .thread: "\(chosen), a thread of it"
    case .child: "\(chosen); its child died in its stead"
    case .unclear: "\(chosen), a thread of it, or its parent, in whose stead it died"
    }
  }

  private var invoker: String? {
    guard let invoker = kill.report.invoker else { return nil }
    if invoker.order == -1 || kill.report.isAskedFor {
      return "SysRq-f: somebody asked for a kill, memory needn't have been short"
    }
    var parts = [name(invoker.name ?? "a task without a name", invoker.pid)]
    if let order = invoker.order {
      parts.append("for \(size(ofOrder: order)) (order \(order))")
    }
    let mask = invoker.gfpMask.map { "gfp_mask 0x" + String($0, radix: 16) }
    // Without any flag there are no names of them.
    if let flags = invoker.gfpFlags.flatMap({ $0.isEmpty ? nil : $0 }) ?? mask {
      parts.append(flags)
    }
    if let adjustment = invoker.adjustment {
      parts.append("oom_score_adj \(adjustment)")
    } else if let adjustment = invoker.legacyAdjustment {
      parts.append("oom_adj \(adjustment)")
    }
    return parts.joined(separator: ", ")
  }

  private func size(ofOrder order: Int) -> String {
    0...20 ~= order ? phrase(Kibibytes(pageSize.count << order)) : "much"
  }

  var pageSize: Kibibytes { entry.pageSize(of: kill) }

  /// The process that uses most, where another one was chosen.
  private var biggest: String? {
    guard let row = kill.biggest else { return nil }
    let pid = row.tgid ?? row.pid
    guard pid != kill.chosenPID, pid != kill.victim.pid else { return nil }
    let used = phrase(Kibibytes(row.memoryPages &* pageSize.count))
    let adjustment = row.adjustment.map { ", oom_score_adj \($0)" } ?? ""
    return "\(name(row.name, pid)), \(used) in RAM and swap\(adjustment)"
  }

  /// The memory that was used up.
  private var shortage: String? {
    switch kill.constraint {
    case "none": return memoryShortage.map(words)
    case "cpuset":
      let nodes = kill.report.summary?.allowedNodes.map { " \($0)" } ?? ""
      return "the memory nodes\(nodes) that a cpuset allows"
    case "memory_policy":
      let nodes = kill.report.summary?.nodes.map { " \($0)" } ?? ""
      return "the memory nodes\(nodes) that a memory policy allows"
    case "memcg": return limit
    case "sysrq", nil: return nil
    case .some(let word):
      return "\(word), a reason of this kernel's own" + (limit.map { "; \($0)" } ?? "")
    }
  }

  private func words(_ shortage: MemoryShortage) -> String {
    switch shortage {
    case .memory: "memory of the whole machine"
    case .lowMemory: "low memory: what the kernel can use itself on a 32-bit machine"
    case .usableMemory: "memory in the zones that this request can use"
    case .memoryOutsideCMA: "memory outside of the areas that are kept for devices (CMA)"
    case .largeBlocks:
      "blocks of \(phrase(request.size)) in one piece; there was memory in smaller ones"
    case .barelyMemory: "memory, barely: no zone that this request can use was below its min"
    case .pageFault: "nothing: every zone was above its min"
    case .nothing:
      "nothing when the report was printed: every zone that this request can use was above its min"
    }
  }

  private var limit: String? {
    guard let owner = kill.limitCgroup else { return "a memory cgroup" }
    var text = "memory cgroup \(owner)"
    let state = kill.report.cgroup
    if let kernel = state?.kernelLimitHit, let limit = kernel.limit {
      text +=
        ", kernel memory \(phrase(kernel.usage)) used of \(phrase(limit)), refused "
        + "\(kernel.failures) times; memory"
    }
    if let usage = state?.memory {
      text += state?.kernelLimitHit == nil ? "," : ""
      text += " \(phrase(usage.usage)) used of \(usage.limit.map(phrase) ?? "no limit")"
    }
    if let both = kill.report.cgroup?.memoryAndSwap, let limit = both.limit {
      text += ", with swap \(phrase(both.usage)) of \(phrase(limit))"
    }
    guard let own = kill.victimCgroup else { return text }
    return text
      + (own == owner ? ": the victim's own limit" : ": the limit of an ancestor of the victim's")
  }

  /// What memory was used for, of the cgroup at its limit or of the machine: the parts of a fiftieth at least.
  private var held: String? {
    guard let ledger else { return nil }
    let shown = ledger.entries.filter { $0.bytes >= ledger.total / 50 && $0.bytes > 0 }
    return shown.map { "\($0.kind.label.uncapitalized) \(page.sizes.text($0.bytes))" }
      .joined(separator: "; ")
  }

  private var cgroup: String? {
    guard let path = kill.victimCgroup else { return nil }
    let owner = CgroupOwner(path: path, named: entry.containers)
    return owner.kind == .cgroup ? path : "\(path): \(owner.phrase)"
  }

  private var swap: String? {
    if let swap = kill.report.cgroup?.swap, kill.constraint == "memcg" {
      if swap.limit == 0 { return "none is allowed in this cgroup" }
      return "\(phrase(swap.usage)) of \(swap.limit.map(phrase) ?? "no limit") in this cgroup"
    }
    guard let total = kill.report.memory.totalSwap else { return nil }
    guard total > 0 else { return "none" }
    let free = kill.report.memory.freeSwap.map { $0 == 0 ? "nothing" : phrase($0) } ?? "-"
    return "\(free) free of \(phrase(total))"
  }

  private var peculiarity: String? {
    if let group = kill.report.cgroup?.killedAsGroup {
      return "memory.oom.group is set: all of \(group) dies"
    }
    return kill.message.hasSuffix("(oom_kill_allocating_task)")
      ? "vm.oom_kill_allocating_task is set: whoever asks is killed" : nil
  }

  private func name(_ name: String, _ pid: Int?, uid: Int? = nil) -> String {
    name + (pid.map { "[\($0)]" } ?? "") + (uid.map { ", user \(user($0))" } ?? "")
  }

  func phrase(_ size: Kibibytes) -> String { page.sizes.phrase(size.bytes) }
}
