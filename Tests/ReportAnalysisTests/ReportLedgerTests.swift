import DaemonLog
import KernelLog
import MemoryLedger
import Testing

@testable import ReportAnalysis

@Suite("A report's ledger")
struct ReportLedgerTests {
  /// Lines of a report, and the parts that are to be found: in KiB.
  struct Told: Sendable, CustomTestStringConvertible {
    var name: String
    var lines: [String]
    var parts: [String]

    var testDescription: String { name }

    func ledger(of group: String?) -> Ledger? {
      let memcg = group.map { "MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=\($0)" }
      let all =
        ["a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"] + lines + [
          "oom-kill:constraint=CONSTRAINT_\(memcg ?? "NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom"),"
            + "task_memcg=/g,task=a,pid=7,uid=0",
          "Out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB",
        ]
      var parser = KernelLogParser()
      var events: [LogEvent] = []
      parser.parse(Array(all.map { "[    1.000000] \($0)\n" }.joined().utf8).span, into: &events)
      parser.finish(into: &events)
      for case .kill(let kill) in events { return Ledger(of: kill, pageSize: Kibibytes(4)) }
      return nil
    }
  }

  private static func words(_ ledger: Ledger?) -> [String] {
    (ledger?.entries ?? []).map { "\($0.kind.rawValue) \($0.bytes / 1024)" }
  }

  private static func used(_ size: Int) -> String {
    "memory: usage \(size)kB, limit 9000kB, failcnt 1"
  }
  private static let heading = "Memory cgroup stats for /g:"

  @Test(
    "of a memory cgroup adds up to its usage",
    arguments: [
      Told(
        name: "processes' own",
        lines: [used(8000), heading, "anon 7168000", "file 512000", "kernel 102400"],
        parts: ["anonymous 7000", "file_cache 500", "unaccounted 400", "kernel 100"]),
      Told(
        name: "shared memory isn't counted twice",
        lines: [used(8000), heading, "anon 1024000", "file 7168000", "shmem 5120000"],
        parts: ["shared 5000", "file_cache 2000", "anonymous 1000"]),
      Told(
        name: "more shared than files, as counters lag",
        lines: [used(8), heading, "file 1024", "shmem 8192"], parts: ["shared 8"]),
      Told(
        name: "the kernel's parts",
        lines: [
          used(5011), heading, "anon 0", "kernel_stack 1024", "pagetables 2048", "percpu 3072",
          "sock 4096", "slab_reclaimable 1024", "slab_unreclaimable 5120000", "slab 5121024",
        ],
        parts: [
          "slab_unreclaimable 5000", "sockets 4", "percpu 3", "page_tables 2", "slab_reclaimable 1",
          "kernel_stacks 1",
        ]),
      Told(
        name: "slabs without their kinds", lines: [used(10), heading, "slab 10240"],
        parts: ["slab 10"]),
      Told(
        name: "the kernel's sum, less its parts",
        lines: [used(30), heading, "kernel 30720", "slab_unreclaimable 10240", "vmalloc 10240"],
        parts: ["slab_unreclaimable 10", "kernel 10", "vmalloc 10"]),
      Told(
        name: "the kernel's counter of v1",
        lines: [
          used(8000), "kmem: usage 7900kB, limit 9007199254740988kB, failcnt 0", heading,
          "slab 102400", "sock 1024",
        ], parts: ["kernel 7800", "slab 100", "unaccounted 99", "sockets 1"]),
    ])
  func group(told: Told) throws {
    let ledger = try #require(told.ledger(of: "/g"))
    #expect(Self.words(ledger) == told.parts)
    #expect(ledger.entries.reduce(0) { $0 + $1.bytes } == ledger.total)
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
    #expect(told.ledger(of: "/g") == nil)
  }

  private static let memory = [
    "Mem-Info:",
    "active_anon:100 inactive_anon:300 isolated_anon:10\n active_file:20 inactive_file:30 isolated_file:5\n"
      + " unevictable:7 dirty:0 writeback:0\n slab_reclaimable:11 slab_unreclaimable:22\n"
      + " mapped:1 shmem:60 pagetables:9\n sec_pagetables:3 bounce:2\n kernel_misc_reclaimable:4\n"
      + " free:200 free_pcp:6 free_cma:40",
    "Node 0 active_anon:400kB inactive_anon:1200kB shmem:240kB kernel_stack:64kB pagetables:36kB all_unreclaimable? no",
    "Node 1 active_anon:0kB kernel_stack:16kB pagetables:0kB all_unreclaimable? no",
    "Node 0 Normal free:800kB min:10kB low:20kB high:30kB zspages:400kB present:4000kB managed:4000kB",
    "Node 0 hugepages_total=3 hugepages_free=1 hugepages_surp=0 hugepages_size=100kB",
    "Node 1 hugepages_total=1 hugepages_free=1 hugepages_surp=0 hugepages_size=200kB",
    "70 total pagecache pages", "1200 pages RAM", "0 pages HighMem/MovableOnly",
    "200 pages reserved", "0 pages cma reserved", "8 pages hwpoisoned",
  ]

  @Test("of a machine adds up to the pages that aren't reserved")
  func machine() throws {
    let lines = Self.memory.flatMap { $0.split(separator: "\n").map(String.init) }
    let ledger = try #require(Told(name: "", lines: lines, parts: []).ledger(of: nil))
    #expect(ledger.total == 4_096_000)
    #expect(
      Self.words(ledger) == [
        "anonymous 1400", "free 640", "zram 400", "huge_pages_idle 300",
        "shared 240", "file_cache 220", "huge_pages_used 200", "free_cma 160",
        "slab_unreclaimable 88", "kernel_stacks 80", "unaccounted 72", "slab_reclaimable 44",
        "page_tables 36",
        "hardware_corrupted 32", "unevictable 28", "free_per_cpu 24", "kernel_reclaimable 16",
        "secondary_page_tables 12", "bounce 8",
      ])
    #expect(ledger.entries.reduce(0) { $0 + $1.bytes } == ledger.total)
    #expect(ledger.missing == ["percpu", "vmalloc"])
  }

  @Test("of a machine isn't told where a part of the report is lost", arguments: [0, 1, 4, 8, 10])
  func lost(line: Int) {
    var lines = Self.memory
    lines.remove(at: line)
    let told = Told(
      name: "", lines: lines.flatMap { $0.split(separator: "\n").map(String.init) }, parts: [])
    #expect((told.ledger(of: nil) == nil) == (line != 0))
  }
}
