/// A log as short as one can be that tells of a kill in all its parts.
package struct ShortLog {
  package var day = "Nov 18"
  package var time = "03:12:44"
  package var uptime = 4711.25
  package var name = "php-fpm"
  package var pid = 5120
  package var uid = 33
  /// The one at its limit; `nil` for the whole machine's memory.
  package var limitGroup: String? = "/system.slice/php-fpm.service"
  package var group = "/system.slice/php-fpm.service"
  /// In pages.
  package var resident = 300_000
  /// Another process, with these pages.
  var other = 1000

  package init(
    day: String = "Nov 18", time: String = "03:12:44", uptime: Double = 4711.25,
    name: String = "php-fpm", pid: Int = 5120, uid: Int = 33,
    limitGroup: String? = "/system.slice/php-fpm.service",
    group: String = "/system.slice/php-fpm.service", resident: Int = 300_000, other: Int = 1000
  ) {
    self.day = day
    self.time = time
    self.uptime = uptime
    self.name = name
    self.pid = pid
    self.uid = uid
    self.limitGroup = limitGroup
    self.group = group
    self.resident = resident
    self.other = other
  }

  /// As rsyslog writes it.
  package var text: String {
    lines.map { "\(day) \(time) web-07 kernel: [ \(uptime)0000] \($0)\n" }.joined()
  }

  private var lines: [String] {
    [
      "nginx invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0",
      "CPU: 1 PID: 812 Comm: nginx Not tainted 6.1.0-13-amd64 #1  Debian 6.1.55-1",
    ] + memory + [
      "Tasks state (memory values in pages):",
      "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
      "[    812]    33   812    20000     \(other)   180224        0             0 nginx",
      "[   \(pid)]    \(uid)  \(pid)   400000   \(resident)  2600000        0             0 \(name)",
      "oom-kill:constraint=CONSTRAINT_\(limitGroup == nil ? "NONE" : "MEMCG"),nodemask=(null),cpuset=/,"
        + "mems_allowed=0,\(limitGroup.map { "oom_memcg=\($0)" } ?? "global_oom"),task_memcg=\(group),"
        + "task=\(name),pid=\(pid),uid=\(uid)",
      "\(limitGroup == nil ? "Out of memory" : "Memory cgroup out of memory"): Killed process \(pid) "
        + "(\(name)) total-vm:1600000kB, anon-rss:\(resident * 4 - 40000)kB, file-rss:40000kB, "
        + "shmem-rss:0kB, UID:\(uid) pgtables:2540kB oom_score_adj:0",
    ]
  }

  private var memory: [String] {
    guard limitGroup == nil else {
      return [
        "memory: usage 1228800kB, limit 1228800kB, failcnt 311",
        "swap: usage 0kB, limit 0kB, failcnt 0",
      ]
    }
    return [
      "Mem-Info:",
      "active_anon:100 inactive_anon:320000 isolated_anon:0",
      "Node 0 DMA32 free:4000kB min:5000kB low:6000kB high:7000kB present:4000000kB managed:3900000kB",
      "lowmem_reserve[]: 0 0 0",
      "Node 0 DMA32: 10*4kB (UM) 100*8kB (U) = 4000kB",
      "Free swap  = 0kB", "Total swap = 2000000kB", "1048576 pages RAM", "40000 pages reserved",
    ]
  }
}
