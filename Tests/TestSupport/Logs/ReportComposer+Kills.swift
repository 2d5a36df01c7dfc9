/// Who dies, in the words of each era: `__oom_kill_process` in `mm/oom_kill.c`.
extension ReportComposer {
  mutating func kills() {
    let message = shortage.message
    let (chosen, score) = (shortage.chosen, shortage.score)
    switch era.level {
    case _ where !era.printsSelection: break
    case ..<20_620:
      print("\(message): Kill process \(chosen.pid) (\(chosen.name)) score \(score) and children.")
    case ..<20_636:
      print("\(message): kill process \(chosen.pid) (\(chosen.name)) score \(score) or a child")
    default:
      print(
        "\(message): Kill process \(chosen.pid) (\(chosen.name)) score \(score) or sacrifice child")
    }
    print(killLine(shortage.victim))
    if !shortage.group.isEmpty, let cgroups = shortage.cgroups {
      print("Tasks in \(cgroups.victim) are going to be killed due to memory.oom.group set")
      for task in shortage.group { print(killLine(task)) }
    }
    guard shortage.isReaped, era.hasReaper else { return }
    for task in shortage.victims {
      print(
        "oom_reaper: reaped process \(task.pid) (\(task.name)), now anon-rss:0kB, file-rss:8kB, "
          + "shmem-rss:\(task.shared * 4)kB")
    }
  }

  /// The message stands in the line before where there is one, but on the first kernels of these.
  private func killLine(_ task: Shortage.Task) -> String {
    era.printsSelection && era != .e0b ? kill(task) : "\(shortage.message): \(kill(task))"
  }

  private func kill(_ task: Shortage.Task) -> String {
    let who = "Killed process \(task.pid)"
    let sizes = "anon-rss:\(task.anonymous * 4)kB, file-rss:\(task.file * 4)kB"
    let all = "total-vm:\(task.totalVM * 4)kB, \(sizes)"
    switch era {
    case .e0, .e0b: return "\(who) (\(task.name))."
    case .e1: return "\(who) (\(task.name))"
    case .e2: return "\(who) (\(task.name)) vsz:\(task.totalVM * 4)kB, \(sizes)"
    case .e3, .e4: return "\(who) (\(task.name)) \(all)"
    case .r6: return "\(who), UID \(task.uid), (\(task.name)) \(all)"
    case .r7:
      return "\(who) (\(task.name)), UID \(task.uid), \(all), shmem-rss:\(task.shared * 4)kB"
    case .e5, .e6, .e7, .e8:
      return "\(who) (\(task.name)) \(all), shmem-rss:\(task.shared * 4)kB"
    case .e9, .e10, .r8:
      return "\(who) (\(task.name)) \(all), shmem-rss:\(task.shared * 4)kB, UID:\(task.uid) "
        + "pgtables:\(task.tablePages * 4)kB oom_score_adj:\(task.adjustment)"
    }
  }
}
