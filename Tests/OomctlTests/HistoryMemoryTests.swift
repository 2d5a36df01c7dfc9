import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The memory of a kill")
struct HistoryMemoryTests {
  private static func log(_ lines: [String]) -> String {
    lines.map { "[    1.000000] \($0)\n" }.joined()
  }

  private static let head = [
    "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    "CPU: 0 PID: 7 Comm: a Not tainted 6.10.0 #1",
  ]
  private static let machine =
    head + [
      "Mem-Info:", " free:2000 free_pcp:0 free_cma:1500",
      "Node 0 Normal free:8000kB min:3000kB low:4000kB high:5000kB present:9000kB managed:8500kB free_cma:6000kB",
      "lowmem_reserve[]: 0 0", "Node 0 Normal: 1996*4kB (UC) 2*8kB (C) = 8000kB",
      "Free swap  = 12kB", "Total swap = 100kB", "Unreclaimable slab info:",
      "Name                      Used          Total", "kmalloc-4k                70KB      80KB",
      "Memory allocations:", "    1.50MiB     3 mm/slub.c:1 func:new_slab",
    ]
  private static let group =
    head + [
      "memory: usage 1024kB, limit 2048kB, failcnt 9", "swap: usage 4kB, limit 0kB, failcnt 3",
      "Memory cgroup stats for /a:", "anon 4096", "file 8192", "pgfault 77",
    ]
  private static let table = [
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
    "[      7]     0     7     5000      300      300        0         0    40960        0             0 a",
    "[      8]    33     8     9000      900      900        0         0    40960       10             0 big",
  ]
  private static func end(_ constraint: String) -> [String] {
    [
      "oom-kill:constraint=\(constraint),nodemask=(null),cpuset=/,mems_allowed=0,task_memcg=/a,task=a,pid=7,uid=0",
      "Out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0",
    ]
  }

  private func kill(_ lines: [String], _ words: [String] = []) throws -> JSON {
    let machine = FixtureMachine.server.with {
      $0.files["var/log/kern.log"] = .init(stringLiteral: Self.log(lines))
    }
    let run = try run(
      ["history", "--json"] + words, on: machine.tree(), in: HistoryTests.environment)
    return try run.json["kills"].elements[0]
  }

  @Test("is told to programs as it is to people", arguments: [[], ["show", "1"], ["--tasks"]])
  func machine(words: [String]) throws {
    let kill = try kill(Self.machine + Self.table + Self.end("CONSTRAINT_NONE,global_oom"), words)
    #expect(try kill["trigger"].string == "allocation")
    #expect(try kill["shortage"].string == "memory_outside_cma")
    let zone = try kill["zones"].elements[0]
    #expect(try zone["node"].integer == 0)
    #expect(try zone["name"].string == "Normal")
    #expect(try zone["verdict"].string == "below_min_without_cma")
    #expect(try zone["free_bytes"].integer == 8000 << 10)
    #expect(try zone["min_bytes"].integer == 3000 << 10)
    #expect(try zone["free_cma_bytes"].integer == 6000 << 10)
    #expect(try zone["largest_block_bytes"].integer == 4096)
    #expect(try kill["swap"]["total_bytes"].integer == 100 << 10)
    #expect(try kill["swap"]["free_bytes"].integer == 12 << 10)
    #expect(try kill["slabs"].elements[0]["name"].string == "kmalloc-4k")
    #expect(try kill["slabs"].elements[0]["total_bytes"].integer == 80 << 10)
    #expect(try kill["allocations"].elements[0]["bytes"].integer == 3 << 19)
    #expect(try kill["biggest"]["pid"].integer == 8)
    #expect(try kill["biggest"]["memory_bytes"].integer == 910 * 4096)
    #expect(try kill["limits"] == .null)
    #expect(try kill["memory_stat"] == .null)
  }

  @Test("has a group's limits, their usage, and its statistics")
  func group() throws {
    let kill = try kill(Self.group + Self.table + Self.end("CONSTRAINT_MEMCG,oom_memcg=/a"))
    #expect(try kill["trigger"].string == "limit")
    #expect(try kill["shortage"] == .null)
    #expect(try kill["limits"]["memory"]["used_bytes"].integer == 1 << 20)
    #expect(try kill["limits"]["memory"]["limit_bytes"].integer == 2 << 20)
    #expect(try kill["limits"]["memory"]["failures"].integer == 9)
    #expect(try kill["limits"]["swap"]["limit_bytes"].integer == 0)
    #expect(try kill["limits"]["kernel"] == .null)
    #expect(try kill["memory_stat_cgroup"].string == "/a")
    #expect(try kill["memory_stat"]["anon"].integer == 4096)
    #expect(try kill["memory_stat"]["pgfault"].integer == 77)
    #expect(try kill["zones"] == .null)
  }

  @Test("a mismatch has its margin, a unit, and what would make it right")
  func mismatch() throws {
    let patched = Self.table.map {
      $0.replacing(" rss_shmem ", with: " rss_shmem (01)nrss ")
        .replacing("        0         0    40960", with: "        0         0      5    40960")
    }
    for (table, reasons) in [
      (Self.table, ["top_was_dying"]), (patched, ["patched_kernel", "top_was_dying"]),
    ] {
      let replay = try kill(Self.machine + table + Self.end("CONSTRAINT_NONE,global_oom"))["replay"]
      #expect(try replay["agrees"] == false)
      #expect(try replay["mismatch"]["top"].string == "big[8]")
      #expect(try replay["mismatch"]["margin"].integer == 610)
      #expect(try replay["mismatch"]["margin_unit"].string == "pages")
      #expect(try replay["mismatch"]["may_be_lawful"].elements.map { try $0.string } == reasons)
    }
  }

  @Test("isn't said to have been short where it wasn't")
  func story() throws {
    let machine = FixtureMachine.server.with {
      $0.files["var/log/kern.log"] = .init(
        stringLiteral: Self.log(
          Self.machine + Self.table + Self.end("CONSTRAINT_NONE,global_oom")))
    }
    let screen = try run(
      ["history", "--color", "never", "show"], on: machine.tree(), in: HistoryTests.environment
    ).output
    #expect(!screen.contains("memory of the whole machine"))
    #expect(screen.contains("memory outside of the areas that are kept for devices (CMA)"))
    #expect(screen.contains("610 pages ahead"))
  }
}
