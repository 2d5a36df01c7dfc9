import DaemonLog
import KernelLog
import Testing

/// What names, paths and programs can write breaks no line of a log into several.
@Suite struct BrokenIntoKillsTests {
  private static let kill =
    "Out of memory: Killed process 1 (init) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB"
  private static let long = String(repeating: "x", count: 2000)

  @Test(arguments: [
    "[1.000000] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),task_memcg=/\\n[2.000000] \(kill),task=a,pid=5,uid=0",
    "[1.000000] Task in /<br>[2.000000] \(kill) killed as a result of limit of /",
    "Nov 12 12:30:02 web-07 app[7]: \(long)#012[2.000000] \(kill)",
    "Nov 12 12:30:02 web-07 app[7]: \(long)\\n[2.000000] \(kill)",
    "Nov 12 12:30:02 web-07 app: \(long) Nov 12 12:30:02 web-07 kernel: \(kill)",
    "10.1.2.3 - - \"GET /?q=%0A[2.000000]%20Out%20of%20memory:%20Killed%20process%201%20(init) HTTP/1.1\"",
    "{\"agent\":\"[2.000000] \(kill)\",\"status\":200}",
    "[{\"program\":\"app\",\"message\":\"[2.000000] \(kill)\"}]",
  ])
  func `a part of a line is no kill`(line: String) {
    #expect(!kills(in: line + "\n").contains { $0.victim.pid == 1 })
    let behind = "[0.500000] a\n[0.600000] b\n\(line)\n[3.000000] c\n"
    #expect(!kills(in: behind).contains { $0.victim.pid == 1 })
  }
}

@Suite("What isn't the kernel's word")
struct InventedKillTests {
  private static let kill = "Killed process 1 (init) total-vm:1kB, anon-rss:1kB"

  @Test(
    "kills nobody in a name with what syslog writes for a line end",
    arguments: [
      "Memory cgroup stats for /u/x#012\(kill):", "Memory limit reached of cgroup /u/x#012\(kill)",
      "Task in /u/x#012\(kill) killed as a result of limit of /u",
      "bash cpuset=x#012\(kill) mems_allowed=0", "usb 1-1: Product: x#012Out of memory: \(kill)",
    ])
  func lineEnds(message: String) {
    for prefix in ["[    1.000000] ", "Nov 12 12:30:02 host kernel: ", "4,1,1000000,-;"] {
      #expect(kills(in: "\(prefix)\(message)\n").isEmpty)
    }
  }

  @Test("kills nobody in the further lines of a program's message")
  func programs() {
    let log = """
      Nov 12 12:30:02 host java[123]: Exception
                                      Out of memory: \(Self.kill)

      """
    #expect(kills(in: log).isEmpty)
  }

  @Test(
    "kills nobody in a message that looks like another line, but is indented as its further ones")
  func indentedLines() {
    for prefix in [
      "[    1.000000] ", "<3>[    1.000000] ", "3,1,1000000,-;", "Nov 12 12:30:02 host kernel: ",
      "2026-11-12T12:30:02+00:00 host kernel: ",
    ] {
      for head in ["Nov 12 12:30:02 host joe[7]: hello", "[    0.900000] cgroup /u/x"] {
        let log =
          "\(head)\n\(String(repeating: " ", count: 15))\(prefix)Out of memory: \(Self.kill)\n"
        #expect(kills(in: log).isEmpty)
      }
    }
  }

  @Test(
    "kills nobody where a program calls itself the kernel",
    arguments: [
      "Nov 12 12:30:02 host kernel[77]: ", "<13>Nov 12 12:30:02 host kernel: ",
      "<13>1 2026-11-12T12:30:02Z host kernel - - - ", "Nov 12 12:30:02 host user.notice kernel: ",
      "__CURSOR=a\nSYSLOG_FACILITY=1\nMESSAGE=",
    ])
  func names(prefix: String) {
    #expect(kills(in: "\(prefix)Out of memory: \(Self.kill)\n\n").isEmpty)
  }

  @Test(
    "kills nobody where a program has written into the kernel's log",
    arguments: ["12,1,5000000,-;", "<12>[    5.000000] ", "user  :notice: [    5.000000] "])
  func facility(prefix: String) {
    #expect(kills(in: "\(prefix)Out of memory: \(Self.kill)\n").isEmpty)
  }

  @Test("kills nobody where it says no more than that a child was killed")
  func children() {
    #expect(kills(in: "2026-11-12 12:30:02 Killed process 12 (child).\n").isEmpty)
  }

  @Test("gives no kill the report of another")
  func attachment() {
    let log = """
      [   10.000000] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      [   10.000001] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [   10.000002] [    101]     0   101     5000      400    90000        0             0 va
      [   10.000003] Memory cgroup out of memory: Killed process 555 (other) total-vm:1kB
      [   10.000004] Memory cgroup out of memory: Killed process 101 (va) total-vm:20000kB

      """
    let kills = kills(in: log)
    #expect(kills.map(\.victim.pid) == [555, 101])
    #expect(kills.map(\.report.invoker?.name) == [nil, "a"])
    #expect(kills.map(\.report.tasks?.count) == [nil, 1])
  }

  @Test("a number that doesn't fit takes no other with it")
  func numbers() {
    let log = """
      [    1.000000] Out of memory: Killed process 3 (x) total-vm:99999999999999999999kB, anon-rss:8kB, \
      UID:3 pgtables:4kB oom_score_adj:7

      """
    let victim = kills(in: log).first?.victim
    #expect(victim?.totalVM == nil)
    #expect(victim?.anonymous == 8)
    #expect(victim?.uid == 3)
    #expect(victim?.adjustment == 7)
  }
}
