import DaemonLog
import KernelLog
import Testing

@Suite("A line about a kill that was cut")
struct CutKillTests {
  private static let prefix = "Nov 12 12:30:02 web kernel: [40671.428335] "
  private static let kill =
    "Out of memory: Killed process 30520 (yum-cron) total-vm:1017388kB, anon-rss:185028kB, "
    + "file-rss:368kB, shmem-rss:0kB, UID:991 pgtables:400kB oom_score_adj:0"
  private static let others = [
    kill, String(kill.dropFirst("Out of memory: ".count)),
    "Memory cgroup out of memory: " + kill.dropFirst("Out of memory: ".count),
    "Out of memory: Kill process 30520 (yum-cron) score 178 or sacrifice child",
    "yum-cron invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,"
      + "task_memcg=/a,task=yum-cron,pid=30520,uid=0",
  ]

  @Test("is never nothing, wherever it was cut, in whatever form it is logged", arguments: others)
  func anywhere(words: String) {
    for prefix in [Self.prefix, "[40671.428335] ", "<4>[40671.428335] "] {
      for length in 20...words.count {
        let found = events(in: "\(prefix)\(words.prefix(length))\n")
        #expect(found.count == 1, "\(prefix)\(words.prefix(length))")
      }
    }
  }

  @Test("names the process as far as its name is there, and no size whose unit isn't")
  func sizes() throws {
    for length in Self.kill.utf8.count - 120...Self.kill.utf8.count {
      let cut = String(Self.kill.prefix(length))
      guard cut.contains("(yum-cron)") else { continue }
      let victim = try #require(kills(in: "\(Self.prefix)\(cut)\n").first?.victim)
      #expect(victim.pid == 30520)
      #expect(victim.name == "yum-cron")
      #expect([nil, 1_017_388].contains(victim.totalVM), "\(cut)")
      #expect([nil, 185_028].contains(victim.anonymous), "\(cut)")
      #expect([nil, 368].contains(victim.file), "\(cut)")
      #expect([nil, 991].contains(victim.uid), "\(cut)")
      #expect([nil, 400].contains(victim.pageTables), "\(cut)")
    }
  }

  @Test("is put together again where a mail broke it behind a daemon's prefix")
  func broken() {
    let whole = kills(in: "\(Self.prefix)\(Self.kill)\n").map(\.victim)
    for place in Self.kill.indices.dropFirst(15) where Self.kill[place] == " " {
      let log =
        "\(Self.prefix)\(Self.kill[..<place])\n\(Self.kill[Self.kill.index(after: place)...])\n"
      #expect(kills(in: log).map(\.victim) == whole, "\(log)")
    }
  }

  @Test(
    "isn't what a process of such a name does",
    arguments: [
      "Killed process 1[12]: segfault at 0 ip 0 sp 0 error 4",
      "Out of memory: [12]: segfault at 0 ip 0 sp 0",
      "oom-kill:constr[12]: segfault at 0 ip 0 sp 0",
      "a invoked oom-k[12]: segfault at 0", "Out of memory in UB 12",
      "traps: Killed process [12] trap invalid opcode ip:0 sp:0 error:0",
    ])
  func names(words: String) { #expect(events(in: "\(Self.prefix)\(words)\n").isEmpty) }

  @Test("is no trace of a kill of its own beside one that is told")
  func besideAnother() {
    let summary = "[1.000000] oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null)\n"
    let log =
      "[1.000000] hog invoked oom-killer\n\(summary)[1.000001] Out of memory: Killed process 7 (hog)\n"
    #expect(events(in: log).count == 1)
    #expect(events(in: log + String(repeating: "[2.000000] x\n", count: 40) + summary).count == 2)
  }
}
