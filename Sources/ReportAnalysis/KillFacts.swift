import DaemonLog
package import KernelLog

/// The place of a shortage, in the words of all kernels.
extension KernelLog.Report {
  /// The kind of memory that was short: `none` for the machine's, or the kernel's own word where it
  /// is none of those known; `nil` where the log doesn't tell. Older kernels say it in the kill line's `message`.
  package func constraint(_ message: String = "") -> String? {
    if invoker?.order == -1 || isAskedFor { return "sysrq" }
    if let summary {
      switch summary.constraint {
      // 5.0 to 5.2 forget to say so.
      case "NONE": return summary.limitCgroup == nil ? "none" : "memcg"
      case "MEMCG": return "memcg"
      case "CPUSET": return "cpuset"
      case "MEMORY_POLICY": return "memory_policy"
      default: return "CONSTRAINT_" + summary.constraint
      }
    }
    if message.hasPrefix("Memory cgroup") || cgroup?.limitOwner != nil { return "memcg" }
    if message.hasSuffix("(MPOL_BIND)") { return "memory_policy" }
    return message.hasSuffix("in cpuset") ? "cpuset" : nil
  }

  /// The memory cgroup that was at its limit.
  package func limitCgroup(_ message: String = "") -> String? {
    summary?.limitCgroup ?? cgroup?.limitOwner
      ?? (constraint(message) == "memcg" ? cgroup?.statisticsOwner : nil)
  }
}

/// The place of a kill and the process that was meant.
extension KernelLog.Kill {
  package var constraint: String? { report.constraint(message) }

  /// The memory cgroup that was at its limit.
  package var limitCgroup: String? { report.limitCgroup(message) }

  /// True where all that this kernel prints of a kill was found.
  package var isComplete: Bool {
    guard evidence == .killLine, report.invoker != nil, let tasks = report.tasks else {
      return false
    }
    return tasks.rows.count == tasks.count && tasks.row(of: chosenPID) != nil
  }

  /// The row that uses most memory, whichever was chosen.
  package var biggest: TaskTable.Row? {
    report.tasks?.rows.max { $0.memoryPages < $1.memoryPages }
  }
}

extension CgroupState {
  /// The limit on kernel memory, of v1, where that was reached and not the one on all memory.
  package var kernelLimitHit: Usage? {
    guard let kernel, kernel.isAtLimit, memory?.isAtLimit != true, memoryAndSwap?.isAtLimit != true
    else { return nil }
    return kernel
  }
}

extension CgroupState.Usage {
  /// True where there is no room for what is charged at once: 64 pages (mm/memcontrol.c `MEMCG_CHARGE_BATCH`).
  fileprivate var isAtLimit: Bool { limit.map { usage.count >= $0.count &- 256 } ?? false }
}

extension TaskTable.Row {
  /// In RAM and in swap; what kernels to 3.5 print doesn't tell of swap.
  package var memoryPages: Int { (resident ?? 0) &+ (swapped ?? 0) }
}

extension KernelLog.Kill {
  /// The process that was chosen, where its child died in its stead.
  package var sacrificedFor: KernelLog.Selection? {
    switch kinship {
    case .child(let parent), .unclear(let parent): parent
    case .same, .thread: nil
    }
  }
}

extension KernelLog.Kill.Evidence {
  /// For programs.
  package var word: String {
    switch self {
    case .killLine: "kill_line"
    case .summary: "summary"
    case .selection: "selection"
    }
  }
}
