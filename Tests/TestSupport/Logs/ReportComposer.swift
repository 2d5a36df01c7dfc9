/// Writes the report of a shortage as the kernel of its era does: `dump_header` in `mm/oom_kill.c`,
/// and what that calls. Each record is what one `printk` prints, 17 microseconds after the last.
public struct ReportComposer {
  let shortage: Shortage
  private var records: [LogRecord] = []

  private init(_ shortage: Shortage) { self.shortage = shortage }

  /// All of it, to the kill lines and, where asked for, the reaper's.
  public static func records(of shortage: Shortage) -> [LogRecord] {
    var composer = ReportComposer(shortage)
    composer.header()
    composer.trace()
    if shortage.cgroups != nil { composer.cgroup() }
    if shortage.printsMemory { composer.memory() }
    composer.table()
    composer.summary()
    composer.kills()
    return composer.records
  }

  var era: Era { shortage.era }

  mutating func print(_ text: String) {
    records.append(
      LogRecord(text, at: shortage.start + records.count * 17, caller: shortage.caller))
  }

  // MARK: Who asked, and from where

  private mutating func header() {
    let name = shortage.invoker.name
    let order = "order=\(shortage.order)"
    switch era.level {
    case ..<20_619:
      print("oom-killer: gfp_mask=0x1d2" + (era.level < 20_614 ? "" : ", " + order))
    case ..<20_632:
      print("\(name) invoked oom-killer: gfp_mask=0x201da, \(order), oomkilladj=0")
    case ..<20_636:
      print("\(name) invoked oom-killer: gfp_mask=0x201da, \(order), oom_adj=0")
    case ..<30_700:
      print("\(name) invoked oom-killer: gfp_mask=0x201da, \(order), oom_adj=0, oom_score_adj=0")
    case ..<40_600:
      print("\(name) invoked oom-killer: gfp_mask=0x201da, \(order), oom_score_adj=0")
    default:
      let flags = "gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE|__GFP_NOWARN)"
      let nodes =
        era.level >= 50_000 ? "" : era.level < 41_500 ? " nodemask=(null), " : " nodemask=(null),"
      print("\(name) invoked oom-killer: \(flags),\(nodes) \(order), oom_score_adj=0")
    }
    if 20_629..<50_000 ~= era.level { print("\(name) cpuset=/ mems_allowed=0") }
  }

  private mutating func trace() {
    guard era.namesInvoker else { return }
    let (name, pid) = (shortage.invoker.name, shortage.invoker.pid)
    switch era.level {
    case ..<31_000: print("Pid: \(pid), comm: \(name) Not tainted \(era.release) #1")
    case ..<61_100:
      print("CPU: 1 PID: \(pid) Comm: \(name) Kdump: loaded Tainted: G           O      \(build)")
    default: print("CPU: 1 UID: 33 PID: \(pid) Comm: \(name) Not tainted \(build)")
    }
    if era.level >= 31_000 { print("Hardware name: Example Board 3000/X3, BIOS 1.2.3 04/01/2014") }
    print("Call Trace:")
    if era.level >= 51_400 { print(" <TASK>") }
    for function in ["dump_header+0x7b/0x220", "? oom_kill_process+0x254/0x3c0", "out_of_memory"] {
      print(era.level < 40_000 ? " [<ffffffff8116d0a8>] \(function)" : " \(function)")
    }
    if era.level >= 51_400 {
      print("RIP: 0033:0x55d0a8116d08")
      print("RAX: 0000000000000000 RBX: 00007ffeb644d610 RCX: 0000000000440127")
      print(" </TASK>")
    }
  }

  private var build: String { "\(era.release) #1 SMP" }

  // MARK: What is short

  private mutating func cgroup() {
    guard let cgroups = shortage.cgroups else { return }
    if era.level < 50_000 {
      print("Task in \(cgroups.victim) killed as a result of limit of \(cgroups.limit)")
    }
    for charge in shortage.charges {
      let limit = charge.limit ?? Shortage.unlimited
      print(
        "\(charge.name): usage \(charge.usage)kB, limit \(limit)kB, failcnt \(charge.failures)")
    }
    let statistics = shortage.statistics
    guard !statistics.isEmpty else { return }
    guard shortage.statisticsInBytes else {
      let words = statistics.map { "\($0.key):\($0.value)KB" }.joined(separator: " ")
      print("Memory cgroup stats for \(cgroups.limit): \(words)")
      // Its descendants follow, whose numbers are contained in these.
      if cgroups.victim != cgroups.limit {
        print("Memory cgroup stats for \(cgroups.victim): cache:0KB rss:5KB active_anon:5KB")
      }
      return
    }
    print("Memory cgroup stats for \(cgroups.limit):")
    let lines = statistics.map { "\($0.key) \($0.value)" }
    if era.level < 60_000 {
      print(lines.joined(separator: "\n"))
    } else {
      for line in lines { print(line) }
    }
  }

  // MARK: Who could be killed

  private mutating func table() {
    guard era.printsTasks else { return }
    if era.level >= 41_900 { print("Tasks state (memory values in pages):") }
    let pid = era.level >= 41_900 ? "[  pid  ]" : "[ pid ]"
    let columns = shortage.columns.dropFirst(4).joined(separator: " ")
    print("\(pid)   uid  tgid total_vm      rss \(columns)")
    for task in shortage.tasks { print(row(task)) }
  }

  private func row(_ task: Shortage.Task) -> String {
    var text = "[\(column(task.pid, era.level >= 41_900 ? 7 : 5))] \(column(task.uid, 5))"
    text += " \(column(task.tgid, 5)) \(column(task.totalVM, 8)) \(column(task.resident, 8))"
    switch era.level {
    case ..<20_636: text += " \(column(1, 3))     \(column(task.legacyAdjustment, 3))"
    case ..<30_600:
      text += " \(column(1, 3))     \(column(task.legacyAdjustment, 3))"
      text += "         \(column(task.adjustment, 5))"
    case ..<40_000: text += " \(column(task.tablePages, 7)) \(swap(task))"
    case ..<41_500:
      text += " \(column(task.tablePages - task.pmds, 7)) \(column(task.pmds, 7)) \(swap(task))"
    case ..<60_800: text += " \(column(task.tablePages * 4096, 8)) \(swap(task))"
    default:
      text += " \(column(task.anonymous, 8)) \(column(task.file, 8)) \(column(task.shared, 9))"
      text += " \(column(task.tablePages * 4096, 8)) \(swap(task))"
    }
    return "\(text) \(task.name)"
  }

  private func swap(_ task: Shortage.Task) -> String {
    "\(column(task.swapped, 8))         \(column(task.adjustment, 5))"
  }

  private mutating func summary() {
    guard era.printsSummary else { return }
    var text = "oom-kill:constraint=CONSTRAINT_\(shortage.isGlobal ? "NONE" : "MEMCG")"
    text += ",nodemask=(null),cpuset=/,mems_allowed=0"
    if let cgroups = shortage.cgroups {
      text += ",oom_memcg=\(cgroups.limit),task_memcg=\(cgroups.victim)"
    } else {
      text += ",global_oom,task_memcg=\(Shortage.globalVictimCgroup)"
    }
    let task = shortage.chosen
    print("\(text),task=\(task.name),pid=\(task.pid),uid=\(task.uid)")
  }
}
