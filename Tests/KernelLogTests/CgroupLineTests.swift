import DaemonLog
import Testing

@testable import KernelLog

/// What is said of a memory cgroup, whose path may hold anything.
@Suite struct CgroupLineTests {
  static let paths = [
    "/", "/a", "/a b/c", "/a,b", "/a=b", "/kubepods.slice/kubepods-pod1_2.slice:cri-containerd:3f",
    #"/system.slice/dev\x2dsda.mount"#, "/a,task=b", "/x,pid=1,uid=0/y", "/ü",
    "/machine.slice/libpod-77.scope/container", "/a killed as a result", "/a: b",
  ]

  @Test(arguments: paths)
  func `both paths of the summary are read`(path: String) throws {
    let log = """
      [    1.000000] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0-1,3,\
      oom_memcg=\(path),task_memcg=\(path)/longer-than-a-name,task=b,pid=9,uid=7
      [    1.000001] Memory cgroup out of memory: Killed process 9 (b)

      """
    let summary = try #require(kills(in: log).first?.report.summary)
    #expect(summary.limitCgroup == path)
    #expect(summary.taskCgroup == "\(path)/longer-than-a-name")
    #expect(summary.allowedNodes == "0-1,3")
    #expect(summary.name == "b")
    #expect(summary.pid == 9)
    #expect(summary.uid == 7)
    #expect(!summary.isGlobal)
  }

  @Test(arguments: paths)
  func `both paths of the older line are read`(path: String) throws {
    let log = """
      [    1.000000] Task in \(path)/longer-than-a-name killed as a result of limit of \(path)
      [    1.000001] Memory cgroup stats for \(path): cache:1KB rss:2KB
      [    1.000002] Killed process 9 (b)

      """
    let cgroup = try #require(kills(in: log).first?.report.cgroup)
    #expect(cgroup.task == "\(path)/longer-than-a-name")
    #expect(cgroup.limitOwner == path)
    #expect(cgroup.statisticsOwner == path)
    #expect(cgroup.statistics == [Counter(key: "cache", value: 1), Counter(key: "rss", value: 2)])
    #expect(!cgroup.statisticsInBytes)
  }

  @Test(arguments: [
    9_007_199_254_740_988, 9_007_199_254_740_991, 9_007_199_254_740_992, 18_014_398_509_481_983,
    18_014_398_509_481_984,
  ])
  func `the largest numbers are no limit`(limit: Int) throws {
    let log = """
      [    1.000000] a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
      [    1.000001] memory: usage 100kB, limit 200kB, failcnt 3
      [    1.000002] memory+swap: usage 5kB, limit \(limit)kB, failcnt 0
      [    1.000003] kmem: usage 0kB, limit \(limit)kB, failcnt 18446744073709551615
      [    1.000004] Killed process 9 (b)

      """
    let cgroup = try #require(kills(in: log).first?.report.cgroup)
    #expect(cgroup.memory == CgroupState.Usage(usage: 100, limit: 200, failures: 3))
    #expect(cgroup.memoryAndSwap == CgroupState.Usage(usage: 5, limit: nil, failures: 0))
    #expect(cgroup.kernel?.limit == nil)
  }

  @Test func `3 9 left out a blank`() throws {
    let log = """
      [    1.000000] Memory cgroup stats for /a:cache:1KB rss:2KB
      [    1.000001] Killed process 9 (b)

      """
    #expect(kills(in: log).map(\.report.cgroup?.statisticsOwner) == ["/a"])
  }

  @Test func `a limit without a task is one`() {
    let log = """
      [    1.000000] Memory limit reached of cgroup /a b
      [    1.000001] Killed process 9 (b)

      """
    #expect(kills(in: log).map(\.report.cgroup?.limitOwner) == ["/a b"])
  }

  @Test(arguments: [
    ("CONSTRAINT_NONE", "NONE"), ("CONSTRAINT_CPUSET", "CPUSET"), ("CONSTRAINT_MEMCG", "MEMCG"),
    ("CONSTRAINT_MEMORY_POLICY", "MEMORY_POLICY"), ("CONSTRAINT_BPF_PSI_MEM", "BPF_PSI_MEM"),
  ])
  func `a constraint is the kernel's word`(word: String, constraint: String) throws {
    let log = """
      [    1.000000] oom-kill:constraint=\(word),nodemask=0,2-3,cpuset=a,b,mems_allowed=0,2,\
      global_oom,task_memcg=/,task=b,pid=9,uid=0
      [    1.000001] Out of memory: Killed process 9 (b)

      """
    let summary = try #require(kills(in: log).first?.report.summary)
    #expect(summary.constraint == constraint)
    #expect(summary.nodes == "0,2-3")
    #expect(summary.cpuset == "a,b")
    #expect(summary.allowedNodes == "0,2")
    #expect(summary.isGlobal)
    #expect(summary.taskCgroup == "/")
    #expect(summary.limitCgroup == nil)
  }

  @Test func `a kernel without memory cgroups names none`() throws {
    let log = """
      [    1.000000] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,\
      task=b,pid=9,uid=101
      [    1.000001] Out of memory: Killed process 9 (b)

      """
    let summary = try #require(kills(in: log).first?.report.summary)
    #expect(summary.taskCgroup == nil)
    #expect(summary.limitCgroup == nil)
    #expect(summary.allowedNodes == "0")
    #expect(summary.name == "b")
  }
}
