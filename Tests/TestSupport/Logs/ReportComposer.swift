/// Writes the report of a shortage as the kernel of its era does: `dump_header` in `mm/oom_kill.c`,
/// and what that calls. Each record is what one `printk` prints, 17 microseconds after the last.
public struct ReportComposer {
  private let shortage: Shortage
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

  private var era: Era { shortage.era }

  private mutating func print(_ text: String) {
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

  // MARK: Who is

  private mutating func kills() {
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

extension Shortage {
  /// What the kernel calls the shortage.
  public var message: String {
    if era == .e0 { return "Out of Memory" }
    return isGlobal ? "Out of memory" : "Memory cgroup out of memory"
  }

  /// The cgroup of the victim where the whole machine is short.
  public static let globalVictimCgroup = "/system.slice/php-fpm.service"

  /// The words of the table's header after `[ pid ]`.
  public var columns: [String] {
    let adjustment = era.level < 20_636 ? "oom_adj" : "oom_adj oom_score_adj"
    let words =
      switch era.level {
      case ..<30_600: "cpu \(adjustment)"
      case ..<40_000: "nr_ptes swapents oom_score_adj"
      case ..<41_500: "nr_ptes nr_pmds swapents oom_score_adj"
      case ..<60_800: "pgtables_bytes swapents oom_score_adj"
      default: "rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj"
      }
    return "uid tgid total_vm rss \(words) name".split(separator: " ").map(String.init)
  }
}

// MARK: -

/// The block that begins with `Mem-Info:`.
extension ReportComposer {
  private mutating func memory() {
    print(era.level < 20_628 ? "Mem-info:" : "Mem-Info:")
    if era.level < 30_000 { perCPU() }
    print(
      shortage.counters.map { line in
        line.map { "\($0.key):\($0.value)" }.joined(separator: " ")
      }.joined(separator: "\n "))
    if era.level >= 40_800 { node() }
    for zone in shortage.zones {
      print(text(zone))
      print("\(era.level < 20_611 ? "protections" : "lowmem_reserve")[]: \(list(zone.reserve))")
    }
    for zone in shortage.zones { print(buddies(zone)) }
    if era.level >= 31_000 {
      print("Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB")
    }
    totals()
    if !shortage.allocations.isEmpty { print("Memory allocations:") }
    for allocation in shortage.allocations {
      print("\(column(allocation.size, 12)) \(column(allocation.count, 8)) \(allocation.site)")
    }
    if !shortage.slabs.isEmpty {
      print("Unreclaimable slab info:")
      print("Name                      Used          Total")
    }
    for slab in shortage.slabs {
      let name = slab.name + String(repeating: " ", count: 17 - min(17, slab.name.count))
      print("\(name) \(column(slab.used, 10))KB \(column(slab.total, 10))KB")
    }
  }

  private mutating func perCPU() {
    for zone in shortage.zones {
      print("\(zone.name) per-cpu:")
      if era.level < 20_624 {
        print("cpu 0 hot: low 32, high 96, batch 16")
        print("cpu 0 cold: low 0, high 32, batch 16")
      } else {
        print("CPU    0: hi:  186, btch:  31 usd: 104")
      }
    }
    if era.level < 20_628 {
      print("")
      print("Free pages:      107700kB (105792kB HighMem)")
    }
  }

  private mutating func node() {
    let blank = era.level < 60_600 ? " " : ""
    print(
      "Node 0 active_anon:2700kB inactive_anon:118696kB isolated(anon):0kB mapped:2472kB "
        + "shmem:3464kB shmem_thp:\(blank)0kB anon_thp:\(blank)0kB writeback_tmp:0kB "
        + "all_unreclaimable? no")
  }

  private func text(_ zone: Shortage.Area) -> String {
    var text = zone.node.map { "Node \($0) " } ?? ""
    text += zone.name
    for size in zone.sizes {
      text += " \(size.key):\(size.value)\(size.key.hasSuffix("highatomic") ? "KB" : "kB")"
    }
    if let isUnreclaimable = zone.isUnreclaimable, era.level >= 20_611 {
      text += " pages_scanned:1260 all_unreclaimable? \(isUnreclaimable ? "yes" : "no")"
    }
    return text
  }

  private func buddies(_ zone: Shortage.Area) -> String {
    let blocks = zone.blocks.map { block in
      "\(block.count)*\(block.size)kB" + (block.kinds.isEmpty ? "" : " (\(block.kinds))")
    }
    let sum = zone.blocks.reduce(0) { $0 + $1.size * $1.count }
    let node = zone.node.map { "Node \($0) " } ?? ""
    return "\(node)\(zone.name): \(blocks.joined(separator: " ")) = \(sum)kB"
  }

  private mutating func totals() {
    let (ram, swap) = (shortage.ram, shortage.swap)
    if era.level < 20_628 {
      print("Swap cache: add 1031, delete 922, find 1/2, race 0+0")
    } else {
      print("866 total pagecache pages")
      print("0 pages in swap cache")
      if era.level < 60_000 { print("Swap cache stats: add 1031, delete 922, find 1/2") }
    }
    print("Free swap  = \(swap.free)kB")
    print("Total swap = \(swap.total)kB")
    print("\(ram.all) pages \(era.level < 20_624 ? "of RAM" : "RAM")")
    if let high = ram.high {
      print("\(high) pages HighMem\(era.level < 31_300 ? "" : "/MovableOnly")")
    }
    print(era.level < 20_624 ? "\(ram.reserved) reserved pages" : "\(ram.reserved) pages reserved")
    if era.level < 31_300 {
      print("1221 pages shared")
      print("241369 pages non-shared")
    } else {
      print("0 pages hwpoisoned")
    }
  }

  private func list(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: " ")
  }
}
