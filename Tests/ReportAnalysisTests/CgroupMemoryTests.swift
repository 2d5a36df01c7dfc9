import DaemonLog
import KernelLog
import Testing

@testable import ReportAnalysis

@Suite("What a memory cgroup held")
struct CgroupMemoryTests {
  /// Lines of a report on a memory cgroup, and what is to be found of it: sizes in KiB.
  struct Told: Sendable, CustomTestStringConvertible {
    var name: String
    var lines: [String]
    var parts: [String]
    var dominant: String?

    var testDescription: String { name }

    var state: CgroupState? {
      let all =
        ["a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"] + lines + [
          "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/g,task_memcg=/g,task=a,pid=7,uid=0",
          "Memory cgroup out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB",
        ]
      var parser = KernelLogParser()
      var events: [LogEvent] = []
      parser.parse(Array(all.map { "[    1.000000] \($0)\n" }.joined().utf8).span, into: &events)
      parser.finish(into: &events)
      for case .kill(let kill) in events { return kill.report.cgroup }
      return nil
    }
  }

  private static func used(_ size: Int) -> String {
    "memory: usage \(size)kB, limit 9000kB, failcnt 1"
  }
  private static let heading = "Memory cgroup stats for /g:"

  @Test(
    "is told by kind, the largest first",
    arguments: [
      Told(
        name: "processes' own",
        lines: [used(8000), heading, "anon 7168000", "file 512000", "kernel 102400"],
        parts: ["anonymous 7000", "files 500", "the kernel's own 100"], dominant: "anonymous"),
      Told(
        name: "shared memory isn't counted twice",
        lines: [used(8000), heading, "anon 1024", "file 7168000", "shmem 5120000"],
        parts: ["shared memory and tmpfs 5000", "files 2000", "anonymous 1"],
        dominant: "shared memory and tmpfs"),
      Told(
        name: "more shared than files, as counters lag",
        lines: [used(8000), heading, "file 1024", "shmem 2048"],
        parts: ["shared memory and tmpfs 2"]),
      Told(
        name: "the kernel's parts, where it prints no sum",
        lines: [
          used(8000), heading, "anon 0", "kernel_stack 1024", "pagetables 2048", "percpu 3072",
          "sock 4096",
          "slab_reclaimable 1024", "slab_unreclaimable 5120000", "slab 5121024",
        ], parts: ["the kernel's own 5011"], dominant: "the kernel's own"),
      Told(
        name: "slabs without their sum",
        lines: [used(8000), heading, "slab_reclaimable 1024000", "slab_unreclaimable 1024"],
        parts: ["the kernel's own 1001"]),
      Told(
        name: "the kernel's counter of v1, which knows more",
        lines: [
          used(8000), "kmem: usage 7900kB, limit 9007199254740988kB, failcnt 0", heading,
          "slab 1024",
        ],
        parts: ["the kernel's own 7900"], dominant: "the kernel's own"),
      Told(
        name: "half is not most", lines: [used(8000), heading, "anon 4096000"],
        parts: ["anonymous 4000"]),
      Told(
        name: "a little more is", lines: [used(8000), heading, "anon 4097024"],
        parts: ["anonymous 4001"],
        dominant: "anonymous"),
    ])
  func parts(told: Told) throws {
    let memory = try #require(CgroupMemory(told.state))
    #expect(memory.used == Kibibytes(8000))
    #expect(memory.parts.map { "\($0.kind.word) \($0.size.count)" } == told.parts)
    #expect(memory.dominant?.kind.word == told.dominant)
  }

  @Test(
    "isn't told where the report doesn't say",
    arguments: [
      Told(name: "no usage", lines: [heading, "anon 4096000"], parts: []),
      Told(name: "nothing but the usage", lines: [used(8000)], parts: []),
      Told(
        name: "to 5.2, the numbers of that cgroup without those below",
        lines: [used(8000), "Memory cgroup stats for /g: cache:0KB rss:7000KB shmem:0KB"], parts: []
      ),
    ])
  func unknown(told: Told) {
    #expect(told.state != nil)
    #expect(CgroupMemory(told.state) == nil)
  }
}
