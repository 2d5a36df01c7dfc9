import DaemonLog
import KernelLog
import Testing

@testable import ReportAnalysis

@Suite("A zone's free memory")
struct ZoneVerdictTests {
  /// Lines of a report, and what is to be found of its zones and of the shortage.
  struct Told: Sendable, CustomTestStringConvertible {
    var name: String
    var invocation = "gfp_mask=0xcc0(GFP_KERNEL), order=0"
    var release = "6.1.0"
    var memory: [String]
    var words: [String?]
    var shortage: String?

    var testDescription: String { name }

    var kill: KernelLog.Kill? {
      let lines =
        [
          "a invoked oom-killer: \(invocation), oom_score_adj=0",
          "CPU: 0 PID: 7 Comm: a Not tainted \(release) #1", "Mem-Info:",
        ] + memory + [
          "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=a,pid=7,uid=0",
          "Out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0",
        ]
      let log = lines.map { "[    1.000000] \($0)\n" }.joined()
      var parser = KernelLogParser()
      var events: [LogEvent] = []
      parser.parse(Array(log.utf8).span, into: &events)
      parser.finish(into: &events)
      for case .kill(let kill) in events { return kill }
      return nil
    }
  }

  private static func zone(
    _ name: String, free: Int, min: Int = 1000, cma: Int = 0, rest: String = "",
    reserve: String = "0 0 0 0"
  ) -> [String] {
    [
      "Node 0 \(name) free:\(free)kB min:\(min)kB low:\(min * 5 / 4)kB high:\(min * 3 / 2)kB \(rest)present:99999kB "
        + "managed:99999kB free_cma:\(cma)kB", "lowmem_reserve[]: \(reserve)",
    ]
  }

  @Test(
    "is of use or not",
    arguments: [
      Told(
        name: "short", memory: zone("Normal", free: 900), words: ["below_min"], shortage: "memory"),
      Told(
        name: "nothing short", memory: zone("Normal", free: 9000), words: ["ok"],
        shortage: "nothing"),
      Told(
        name: "hardly above min", memory: zone("Normal", free: 1100), words: ["tight"],
        shortage: "barely_memory"),
      Told(
        name: "page fault", invocation: "gfp_mask=0x0(), order=0",
        memory: zone("Normal", free: 9000), words: ["ok"], shortage: "page_fault"),
      Told(
        name: "page fault while memory is short", invocation: "gfp_mask=0x0(), order=0",
        memory: zone("Normal", free: 900), words: ["below_min"], shortage: "memory"),
      Told(
        name: "CMA, and nothing that may move", memory: zone("Normal", free: 9000, cma: 8500),
        words: ["below_min_without_cma"], shortage: "memory_outside_cma"),
      Told(
        name: "CMA for what may move",
        invocation: "gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0",
        memory: zone("Normal", free: 9000, cma: 8500), words: ["ok"], shortage: "nothing"),
      Told(
        name: "kept from this request",
        memory: zone("DMA", free: 9000, reserve: "0 4000 4000 4000")
          + zone("Normal", free: 900, reserve: "0 0 0 0"),
        words: ["reserved", "below_min"], shortage: "memory"),
      Told(
        name: "kept, where the list ends with zeros",
        memory: zone("DMA", free: 9000, reserve: "0 4000 0 0") + zone("Normal", free: 900),
        words: ["reserved", "below_min"], shortage: "memory"),
      Told(
        name: "kept from higher ones only", invocation: "gfp_mask=0xcc0(GFP_KERNEL), order=0",
        memory: zone("DMA", free: 9000, reserve: "0 100 8000 8000")
          + zone("Normal", free: 900, reserve: "0 0 9000 9000") + zone("HighMem", free: 50),
        words: ["ok", "below_min", "unusable"], shortage: "low_memory"),
      Told(
        name: "kept for those who can't wait",
        memory: zone("Normal", free: 9000, rest: "reserved_highatomic:8192KB "),
        words: ["reserved"], shortage: "memory"),
      Told(
        name: "small blocks", invocation: "gfp_mask=0xcc0(GFP_KERNEL), order=3",
        memory: zone("Normal", free: 9000) + [
          "Node 0 Normal: 2000*4kB (UM) 125*8kB (UE) 0*16kB 0*32kB = 9000kB"
        ],
        words: ["fragmented"], shortage: "large_blocks"),
      Told(
        name: "large blocks of kinds that aren't for it",
        invocation: "gfp_mask=0xcc0(GFP_KERNEL), order=3",
        memory: zone("Normal", free: 9000)
          + ["Node 0 Normal: 2000*4kB (UM) 0*8kB 0*16kB 4*32kB (C) 4*64kB (CHI) = 8384kB"],
        words: ["fragmented"], shortage: "large_blocks"),
      Told(
        name: "a large block of CMA for what may move",
        invocation: "gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=3",
        memory: zone("Normal", free: 9000) + ["Node 0 Normal: 2000*4kB (UM) 4*32kB (C) = 8128kB"],
        words: ["ok"], shortage: "nothing"),
      Told(
        name: "blocks counted order by order, to 4.3",
        invocation: "gfp_mask=0xd0, order=2", release: "3.10.0",
        memory: zone("Normal", free: 9000) + [
          "Node 0 Normal: 2240*4kB (UM) 1*8kB (U) 2*16kB (U) = 9000kB"
        ],
        words: ["fragmented"], shortage: "large_blocks"),
      Told(
        name: "one large block will do, since 4.4",
        invocation: "gfp_mask=0xcc0(GFP_KERNEL), order=2",
        memory: zone("Normal", free: 9000) + [
          "Node 0 Normal: 2240*4kB (UM) 1*8kB (U) 2*16kB (U) = 9000kB"
        ],
        words: ["ok"], shortage: "nothing"),
      Told(
        name: "memory that only what moves can have",
        memory: zone("Normal", free: 900) + zone("Movable", free: 90_000),
        words: ["below_min", "unusable"], shortage: "usable_memory"),
      Told(
        name: "movable requests have it, too",
        invocation: "gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0",
        memory: zone("Normal", free: 900) + zone("Movable", free: 900),
        words: ["below_min", "below_min"], shortage: "memory"),
      Told(
        name: "movable had another bit to 2.6.30", invocation: "gfp_mask=0x1200d2, order=0",
        release: "2.6.28", memory: zone("Movable", free: 900), words: ["below_min"],
        shortage: "memory"),
      Told(
        name: "low memory, with the row of high memory",
        memory: zone("Normal", free: 900) + zone("HighMem", free: 90_000),
        words: ["below_min", "unusable"], shortage: "low_memory"),
      Told(
        name: "low memory, without it, since 6.1",
        memory: [" free:20000 free_pcp:0 free_cma:0"] + zone("Normal", free: 900)
          + [
            "Node 0 Normal: 225*4kB (U) = 900kB", "0 pages RAM", "300000 pages HighMem/MovableOnly",
          ],
        words: ["below_min"], shortage: "low_memory"),
      Told(
        name: "no high memory at all",
        memory: [" free:225 free_pcp:0 free_cma:0"] + zone("Normal", free: 900)
          + ["Node 0 Normal: 225*4kB (U) = 900kB", "0 pages HighMem/MovableOnly"],
        words: ["below_min"], shortage: "memory"),
      Told(
        name: "SysRq", invocation: "gfp_mask=0xcc0(GFP_KERNEL), order=-1",
        memory: zone("Normal", free: 9000), words: ["ok"], shortage: nil),
      Told(
        name: "no watermark", memory: ["Node 0 Normal free:9000kB present:99999kB"], words: [nil],
        shortage: "memory"),
    ])
  func verdicts(told: Told) throws {
    let kill = try #require(told.kill)
    let request = MemoryRequest(kill.report, pageSize: Kibibytes(4))
    let zones = ZoneVerdict.all(of: kill.report.memory.zones, for: request)
    #expect(zones.map(\.word) == told.words)
    #expect(MemoryShortage(of: kill, zones, for: request)?.word == told.shortage)
  }

  @Test(
    "says how much of the memory that couldn't be used was free",
    arguments: [
      (zone("Normal", free: 900) + zone("HighMem", free: 90_000), .lowMemory(highFree: 90_000)),
      (
        zone("Normal", free: 900) + ["Node 0 HighMem present:9kB"] + zone("HighMem", free: 70),
        .lowMemory(highFree: 70)
      ),
      (zone("Normal", free: 900) + ["Node 0 HighMem present:9kB"], .memory),
      (
        [" free:20000 free_pcp:0 free_cma:0"] + zone("Normal", free: 900)
          + ["Node 0 DMA present:9kB", "9 pages HighMem/MovableOnly"],
        .lowMemory(highFree: 79_100)
      ),
      (
        zone("Normal", free: 900) + zone("Movable", free: 1999) + ["Node 1 Movable present:9kB"],
        .memory
      ),
      (zone("Normal", free: 900) + zone("Movable", free: 2000), .memory),
      (zone("Normal", free: 900) + zone("Movable", free: 2001), .usableMemory(elsewhere: 2001)),
      (
        zone("Normal", free: 90, min: 100) + zone("Movable", free: 1024, min: 100), .memory
      ),
      (
        zone("Normal", free: 90, min: 100) + zone("Movable", free: 1025, min: 100),
        .usableMemory(elsewhere: 1025)
      ),
      (
        zone("Normal", free: 90, min: 100) + ["Node 1 Movable present:9kB"]
          + zone("Movable", free: 1025, min: 100),
        .usableMemory(elsewhere: 1025)
      ),
    ] as [([String], MemoryShortage)])
  func amounts(memory: [String], shortage: MemoryShortage) throws {
    let kill = try #require(Told(name: "", memory: memory, words: []).kill)
    let request = MemoryRequest(kill.report, pageSize: Kibibytes(4))
    let zones = ZoneVerdict.all(of: kill.report.memory.zones, for: request)
    #expect(MemoryShortage(of: kill, zones, for: request) == shortage)
  }

  @Test("has a largest block, of those that the request can have")
  func blocks() throws {
    let told = Told(
      name: "",
      memory: Self.zone("Normal", free: 9000)
        + ["Node 0 Normal: 2000*4kB (UM) 0*8kB (U) 9*16kB (E) 4*32kB (C) 1*64kB (H) = 9000kB"],
      words: [])
    let kill = try #require(told.kill)
    let request = MemoryRequest(kill.report, pageSize: Kibibytes(4))
    let zones = ZoneVerdict.all(of: kill.report.memory.zones, for: request)
    #expect(zones.map(\.largestBlock) == [Kibibytes(16)])
  }
}
