import LogLines
import Testing

@testable import KernelLog

/// The text with a letter so often.
private func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

@Suite("A line of the kernel's")
struct SentenceTests {
  @Test(
    "says who was killed, as far as it reaches",
    arguments: [
      (
        "Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, file-rss:2kB, "
          + "shmem-rss:1kB, UID:5 pgtables:3kB oom_score_adj:-6",
        "Out of memory: killed 7 (x) vm 8 anon 4 file 2 shmem 1 uid 5 tables 3 adj -6"
      ),
      ("Killed process 7 (x)", ": killed 7 (x)"),
      ("Killed process 7 (x) vsz:8kB", ": killed 7 (x) vm 8"),
      (
        "Killed process 7, UID 5, (x) total-vm:8kB, anon-rss:4kB",
        ": killed 7 (x) vm 8 anon 4 uid 5"
      ),
      ("Killed process 7 (x), UID 5, total-vm:8kB", ": killed 7 (x) vm 8 uid 5"),
      ("Killed process 7, UID 5 (x)", nil), ("Killed process 7 x", nil),
      ("Killed process x (y)", nil),
      ("Killed process 7 (a) b) total-vm:8kB", ": killed 7 (a) b) vm 8"),
      ("Killed process 7 (a) UID:1) total-vm:8kB", ": killed 7 (a) UID:1) vm 8"),
      ("Killed process 7 (\(many("x", 15))) total-vm:8kB", ": killed 7 (\(many("x", 15))) vm 8"),
      ("Killed process 7 (\(many("x", 16))) total-vm:8kB", nil),
      (
        "Killed process 7 (\(many("\\x41", 15))) total-vm:8kB",
        ": killed 7 (\(many("\\x41", 15))) vm 8"
      ),
      (
        "Killed process 7 (\(many("#033", 15))) total-vm:8kB",
        ": killed 7 (\(many("#033", 15))) vm 8"
      ),
      ("Killed process 7 (x\(many("\\x41", 15))) total-vm:8kB", nil),
      ("Killed process 7 (\(many("ä", 8))) total-vm:8kB", ": killed 7 (\(many("ä", 8))) vm 8"),
      ("Killed process 7 (x) total-vm:8", ": killed 7 (x)"),
      ("Killed process 7 (x) total-vm:8kB, anon-rss:4", ": killed 7 (x) vm 8"),
      ("Killed process 7 (x) total-vm:8kB, UID:5", ": killed 7 (x) vm 8"),
      ("Killed process 7 (x) total-vm:8kB, UID:5 pgtables:", ": killed 7 (x) vm 8 uid 5"),
      ("Killed process 7 (x) total-vm:8kB, oom_score_adj:5", ": killed 7 (x) vm 8 adj 5"),
      (
        "Killed process 7 (x) total-vm:99999999999999999999kB, anon-rss:4kB",
        ": killed 7 (x) anon 4"
      ),
      ("Killed process 7 (x) total-vm:kB, anon-rss:4kB", ": killed 7 (x)"),
      ("Killed process 7 (abc", ": killed 7 (abc)"), ("Killed process 7 (", nil),
      ("Killed process 7 (\(many("x", 15))", ": killed 7 (\(many("x", 15)))"),
      ("Killed process 7 (\(many("x", 16))", nil),
      ("Killed process 7 (abc) tot", ": killed 7 (abc)"), ("Killed process 7 (abc) tox", nil),
      ("Killed process 7 (abc), U", ": killed 7 (abc)"), ("Killed process 7 ()", ": killed 7 ()"),
      ("Killed process 7 (\(many("x", 15))) tot", ": killed 7 (\(many("x", 15)))"),
      ("Killed process 7 (\(many("x", 16))) tot", nil),
      ("Killed process 7 (x).", ": killed 7 (x)"), ("Killed process 7 (x).,", nil),
      (
        "Memory cgroup out of memory: Killed process 7 (x)",
        "Memory cgroup out of memory: killed 7 (x)"
      ),
      ("Out of memory:Killed process 7 (x)", nil), ("Out of memory Killed process 7 (x)", nil),
      ("Out of memory and no killable processes...", "no victim"),
    ] as [(String, String?)])
  func kills(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says whom the kernel chose",
    arguments: [
      (
        "Out of memory: Kill process 7 (x) score 9 or sacrifice child",
        "Out of memory: chosen 7 (x) score 9"
      ),
      (
        "Out of memory: kill process 7 (x) score 9 or a child",
        "Out of memory: chosen 7 (x) score 9"
      ),
      (
        "No available memory (MPOL_BIND): Kill process 7 (x) score 9",
        "No available memory (MPOL_BIND): chosen 7 (x) score 9"
      ),
      (
        "Out of memory: Kill process 7 (a) score 1) score 9 or",
        "Out of memory: chosen 7 (a) score 1) score 9"
      ),
      (
        "Out of memory: Kill process 7 (\(many("\\x41", 15))) score 9",
        "Out of memory: chosen 7 (\(many("\\x41", 15))) score 9"
      ),
      ("Out of memory: Kill process 7 (x\(many("\\x41", 15))) score 9", nil),
      ("Out of memory: Kill process 7 () score 9", "Out of memory: chosen 7 () score 9"),
      ("Out of memory: Kill process 7 (x) sco", "Out of memory: chosen 7 (x)"),
      ("Out of memory: Kill process 7 (x", "Out of memory: chosen 7 (x)"),
      ("Out of memory: Kill process 7 (x) say", nil), ("Out of memory: Kill process 7 x", nil),
    ] as [(String, String?)])
  func choices(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says what became of others",
    arguments: [
      (
        "oom_reaper: reaped process 9 (a), now anon-rss:4kB, file-rss:2kB, shmem-rss:1kB",
        "reaped 9 (a) left 7"
      ),
      ("oom_reaper: reaped process 9 (a), now anon-rss:", "reaped 9 (a)"),
      (
        "oom_reaper: reaped process 9 (\(many("x", 60))), now anon-rss:1kB",
        "reaped 9 (\(many("x", 60))) left 1"
      ),
      ("oom_reaper: reaped process 9 (\(many("x", 61))), now anon-rss:1kB", nil),
      ("oom_reaper: reaped process 9 (), now anon-rss:1kB", "reaped 9 () left 1"),
      ("oom_reaper: reaped process 9 (a)", nil),
      ("oom_reaper: unable to reap pid:9 (a)", "not reaped 9 (a)"),
      ("oom_reaper: reaps process 9 (a)", nil),
      ("Out of memory: OOM victim 9 (a) is already exiting. Skip", "exiting 9 (a)"),
      ("OOM victim 9 (\(many("x", 60))) is already exiting", "exiting 9 (\(many("x", 60)))"),
      ("OOM victim 9 (\(many("x", 61))) is already exiting", nil),
      ("a: OOM victim 9 () is already exiting", "exiting 9 ()"),
      ("OOM victim 9 (a) is exiting", nil),
      ("Kernel panic - not syncing: Out of memory: x", "panic Out of memory: x"),
      (
        "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009",
        "panic Attempted to kill init! exitcode=0x00000009, killed"
      ),
      ("Kernel panic - not syncing: Attempted to kill init!", "panic Attempted to kill init!"),
      ("Kernel panic - not syncing: VFS", nil),
      ("oom_kill_process: 5 callbacks suppressed", "suppressed 5"),
      ("oom_kill_process: 5 callbacks", nil), ("oom_kill_process: x callbacks suppressed", nil),
    ] as [(String, String?)])
  func aftermath(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says who asked for memory",
    arguments: [
      (
        "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=5",
        "invoked by x mask cc0 flags GFP_KERNEL order 0 adj 5"
      ),
      (
        "x invoked oom-killer: gfp_mask=0xd0, order=-1, oom_adj=-17",
        "invoked by x mask d0 order -1 old adj -17"
      ),
      (
        "x invoked oom-killer: gfp_mask=0xd0, order=0, oomkilladj=15",
        "invoked by x mask d0 order 0 old adj 15"
      ),
      ("x invoked oom-killer: gfp_mask=0xd0, oom_adj=16", "invoked by x mask d0"),
      ("x invoked oom-killer: gfp_mask=0xd0, oom_adj=-18", "invoked by x mask d0"),
      (
        "x invoked oom-killer: gfp_mask=0xd0, oom_adj=3, oom_score_adj=-1000",
        "invoked by x mask d0 adj -1000"
      ),
      (
        "x invoked oom-killer: gfp_mask=0xd0, oom_adj=3, oom_score_adj=1001",
        "invoked by x mask d0 old adj 3"
      ),
      ("oom-killer: gfp_mask=0xd0, order=1", "invoked mask d0 order 1"),
      ("oom-killer: gfp_mask=0xd0(GFP)", nil),
      ("abcdefghijklmnopq invoked oom-killer: gfp_mask=0x1", "invoked by cdefghijklmnopq mask 1"),
      ("abcdefghijklmno invoked oom-killer: gfp_mask=0x1", "invoked by abcdefghijklmno mask 1"),
      ("ääääääää invoked oom-killer: gfp_mask=0x1", "invoked by äääääää mask 1"),
      ("bääääääää invoked oom-killer: gfp_mask=0x1", "invoked by äääääää mask 1"),
      ("x invoked oom-killer: gfp_mask=0x", nil), ("x invoked oom-killer: gfp_mask=5", nil),
    ] as [(String, String?)])
  func invocations(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says which kernel prints it, and who asked for a kill",
    arguments: [
      ("CPU: 1 PID: 77 Comm: x Not tainted 6.1.0 #1", "context pid 77 of 6.1.0"),
      ("CPU: 1 UID: 0 PID: 77 Comm: x Tainted: G  W 6.12.0-rc1 #1", "context pid 77 of 6.12.0-rc1"),
      ("Pid: 77, comm: x Not tainted 2.6.32-5 #1", "context pid 77 of 2.6.32-5"),
      ("Pid: 77, comm: x Not tainted (2.6) 6 6. x.1 6.x 6.1", "context pid 77 of 6.1"),
      ("CPU: 1 PID: 77 Comm: x", "context pid 77"),
      ("CPU: 1 PID: 77 Comm: x Not tainted y", "context pid 77"),
      ("CPU: 1", nil), ("x cpuset=/ mems_allowed=0", "filler"), ("x cpuset=/", nil),
      ("x mems_allowed=0", nil),
      ("sysrq: Manual OOM execution", "asked for"), ("SysRq : Manual OOM execution", "asked for"),
      ("sysrq: SysRq : Manual OOM execution", "asked for"), ("Manual OOM execution", nil),
      ("sysrq: Show", nil),
    ] as [(String, String?)])
  func contexts(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says how much memory there is",
    arguments: [
      ("Mem-Info:", "memory"), ("Mem-info:", "memory"), ("Unreclaimable slab info:", "slabs"),
      ("Memory allocations (profiling is on):", "allocations"), ("Free swap  = 4kB", "free swap 4"),
      ("Free swap:       4kB", "free swap 4"), ("Total swap = 8kB", "swap 8"),
      ("Free swap 4kB", nil),
      ("lowmem_reserve[]: 0 1 -2", "reserve [0, 1, -2]"), ("protections[]: 7", "reserve [7]"),
      ("lowmem_reserve[]:\(many(" 5", 17))", "reserve [\(many("5, ", 15))5]"),
      ("5 pages RAM", "ram 5"), ("5 pages of RAM", "ram 5"),
      ("5 pages HighMem/MovableOnly", "high 5"),
      ("5 pages of HIGHMEM", "high 5"), ("5 pages reserved", "reserved 5"),
      ("5 reserved pages", "reserved 5"),
      ("5 pages swap cached", "filler"), ("5 total pagecache pages", "filler"), ("5 pages", nil),
      ("5 x", nil),
      (
        "Node 0 DMA free:684kB min: 164KB x:3 low:204kB all_unreclaimable? yes",
        "zone DMA node 0 free=684 min=164 low=204 unreclaimable true"
      ),
      ("DMA32 free:1kB all_unreclaimable? no", "zone DMA32 free=1 unreclaimable false"),
      ("Normal free:\(many("1kB a:", 64))1kB", "zone Normal free=1\(many(" a=1", 63))"),
      ("Normal free:1kB \(many("a", 39)):2kB", "zone Normal free=1 \(many("a", 39))=2"),
      ("Normal free:1kB \(many("a", 40)):2kB", "zone Normal free=1"),
      ("Normal free:1kB a b:2kB", "zone Normal free=1"),
      ("Normal: 1*4kB (UM) 0*8kB = 4kB", "blocks of Normal 1*4UM 0*8"),
      ("Node 1 Normal: 1*4kB", "blocks of Normal node 1 1*4"),
      ("Normal:\(many(" 1*4kB", 33))", "blocks of Normal\(many(" 1*4", 32))"),
      ("Node 0 DMA: empty", "filler"), ("Node 0 DMA per-cpu:", "filler"),
      ("Node 0 hugepages_total=0", "filler"),
      ("DMA per-cpu", "filler"), ("DMAx free:1kB", nil), ("Foo free:1kB", nil),
      ("active_anon:5 inactive_anon:6", "counters active_anon=5 inactive_anon=6"),
      ("Active:5", "counters Active=5"),
      (many("a:1 ", 33), "counters\(many(" a=1", 32))"), ("a b:5", nil), ("a:5x", nil), ("a:", nil),
      (":5", nil),
      ("\(many("a", 31)):5", "counters \(many("a", 31))=5"), ("\(many("a", 32)):5", nil),
      ("a1:5", nil),
    ] as [(String, String?)])
  func memory(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says how much a cgroup holds",
    arguments: [
      ("Task in /a killed as a result of limit of /b", "task in /a under /b"),
      ("Task in /a killed", nil),
      ("Tasks in /a are going to be killed due to memory.oom.group set", "group /a"),
      ("Tasks in  are going to be killed due to memory.oom.group set", "group "),
      ("Tasks in are going to be killed due to memory.oom.group set", nil),
      ("Tasks state (memory values in pages):", "filler"),
      ("Memory cgroup min protection 0kB", "filler"),
      ("Memory limit reached of cgroup /a", "limit of /a"),
      ("Memory cgroup stats for /a: cache:4kB rss:8kB", "statistics of /a: cache=4 rss=8"),
      ("Memory cgroup stats for /a:", "statistics of /a: "),
      ("Memory cgroup stats for /a", "statistics of /a: "),
      ("Memory cgroup stats for cache:4kB", "statistics of cache:4kB: "),
      ("Memory cgroup stats for /a: cache:4kB rss:x", "statistics of /a: cache=4"),
      (
        "Memory cgroup stats for /a: cache:1kB\(many(" b:1kB", 64))",
        "statistics of /a: cache=1\(many(" b=1", 63))"
      ),
      ("memory: usage 4kB, limit 8kB, failcnt 3", "memory 4 limit 8 failures 3"),
      ("memory+swap: usage 4kB, limit 1125899906842624kB, failcnt 3", "memoryAndSwap 4 failures 3"),
      (
        "swap: usage 4kB, limit 1125899906842623kB, failcnt 3",
        "swap 4 limit 1125899906842623 failures 3"
      ),
      ("kmem: usage 1kB, limit 2kB", "kernel 1 limit 2 failures 0"), ("memory: usage 4kB", nil),
      ("memory: usage 4, limit 8kB", nil),
    ] as [(String, String?)])
  func cgroups(line: String, expected: String?) {
    #expect(said(line) == expected)
  }

  @Test(
    "says why memory ran out, and for whom",
    arguments: [
      (
        "MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=x,pid=70,uid=5",
        "MEMCG cpuset / allowed 0 limit /a task in /a/b name x pid 70 uid 5"
      ),
      (
        "NONE,nodemask=(null),cpuset=c,mems_allowed=0-1,3,global_oom,task_memcg=/,task=y,pid=7,uid=0",
        "NONE cpuset c allowed 0-1,3 global task in / name y pid 7 uid 0"
      ),
      (
        "MEMORY_POLICY,nodemask=0,2,cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=y,pid=7,uid=0",
        "MEMORY_POLICY nodes 0,2 cpuset / allowed 0 global task in / name y pid 7 uid 0"
      ),
      ("NONE,nodemask=", "NONE cut"),
      (
        "NONE,nodemask=,cpuset=c,mems_allowed=0,task_memcg=/,task=x,pid=7,uid=0",
        "NONE nodes  cpuset c allowed 0 task in / name x pid 7 uid 0"
      ),
      (
        "NONE,nodemask=(null),cpuset=c,mems_allowed=0,global_oom",
        "NONE cpuset c allowed 0 cut"
      ),
      ("NONE,task_memcg=/,task=a,task=b,pid=7,uid=0", "NONE task in / name a,task=b pid 7 uid 0"),
      (
        "NONE,task_memcg=/b,task=c/d,task=\(many("x", 15)),pid=7,uid=0",
        "NONE task in /b,task=c/d name \(many("x", 15)) pid 7 uid 0"
      ),
      (
        "NONE,task_memcg=/b,task=\(many("#033", 15)),pid=7,uid=0",
        "NONE task in /b name \(many("#033", 15)) pid 7 uid 0"
      ),
      ("NONE,task_memcg=/b,task=\(many("x", 61)),pid=7,uid=0", "NONE task in /b pid 7 uid 0"),
      ("NONE,task_memcg=/b,task=x,uid=0", "NONE task in /b,task=x uid 0"),
      ("NONE,task_memcg=/b,task=x,pid=7,", "NONE task in /b name x pid 7 cut"),
      ("NONE,task_memcg=/b,task=x,pid=7", "NONE task in /b name x cut"),
      ("NONE", nil),
    ] as [(String, String?)])
  func summaries(rest: String, expected: String?) {
    #expect(said("oom-kill:constraint=CONSTRAINT_\(rest)") == expected)
    #expect(said("oom-kill:constraint=\(rest)") == expected)
  }

  @Test(
    "is an element of the list that stands above it",
    arguments: [
      ("[ pid ]   uid  tgid name", .none, "header uid,tgid,name"),
      ("[pid] uid", .none, "header uid"),
      ("[ pid  uid", .none, nil), ("[ pid ]", .none, nil), ("[ tid ] uid", .none, nil),
      ("[ pid ]\(many(" a", 33))", .none, "header a\(many(",a", 31))"),
      ("[   70]     5 x y", .tasks(columns: ["uid", "name"]), "row 70 x y"),
      ("[70] 5", .tasks(columns: ["uid", "name"]), "row 70 "),
      ("[70]", .tasks(columns: ["uid", "name"]), "broken row"),
      ("[70] x", .tasks(columns: ["uid", "name"]), nil),
      ("[70] 5x", .tasks(columns: ["uid", "name"]), nil),
      ("[70 5 x", .tasks(columns: ["uid", "name"]), nil),
      ("[x] 5 x", .tasks(columns: ["uid", "name"]), nil),
      ("[70] 1000 x", .tasks(columns: ["oom_score_adj", "name"]), "row 70 x"),
      ("[70] 1001 x", .tasks(columns: ["oom_score_adj", "name"]), nil),
      ("[70] -1001 x", .tasks(columns: ["oom_score_adj", "name"]), nil), ("[70] 5 x", .none, nil),
      ("anon 4096", .statistics, "statistic anon=4096"),
      ("\(many("a", 39)) 4", .statistics, "statistic \(many("a", 39))=4"),
      ("\(many("a", 40)) 4", .statistics, nil), ("4 5", .statistics, nil),
      ("a4 5", .statistics, "statistic a4=5"), ("4a 5", .statistics, nil),
      ("anon  4", .statistics, nil),
      ("anon 4 x", .statistics, nil), ("anon", .statistics, nil), ("anon 4096", .none, nil),
      ("kmalloc-64     4KB      8KB", .slabs, "slab kmalloc-64 4 of 8"),
      ("Name      Used      Total", .slabs, "filler"),
      ("x 4KB 8KB y", .slabs, nil), ("x 4KB", .slabs, nil),
      ("1048576 5 a.c:1 func:x", .allocations, "1048576 bytes in 5 at a.c:1 func:x"),
      ("1.5 MiB 5 a.c:1 func:x", .allocations, "1572864 bytes in 5 at a.c:1 func:x"),
      ("1.05 MiB 5 a.c:1 func:x", .allocations, "1101004 bytes in 5 at a.c:1 func:x"),
      ("4.00 KiB 5 func:x", .allocations, "4096 bytes in 5 at func:x"),
      (
        "1.999 KiB 5 func:x", .allocations,
        "2037 bytes in 5 at func:x"
      ), ("2 B 5 func:x", .allocations, "2 bytes in 5 at func:x"),
      ("1 GiB 5 func:x", .allocations, "1073741824 bytes in 5 at func:x"),
      ("1 TiB 5 func:x", .allocations, "1099511627776 bytes in 5 at func:x"),
      ("99999999999 TiB 5 func:x", .allocations, nil), ("1. MiB 5 func:x", .allocations, nil),
      ("5 5 a.c:1", .allocations, nil), ("5 func:x", .allocations, nil),
    ] as [(String, Sentence.List, String?)])
  func elements(line: String, list: Sentence.List, expected: String?) {
    #expect(said(line, in: list) == expected)
  }

  @Test(
    "begins where nobody else's words can",
    arguments: [
      ("x Out of memory: Kill", 0, 2), ("Out of memory: Kill", 0, 0),
      ("xOut of memory: Kill", 0, nil),
      ("/Out of memory: Kill", 0, nil), ("-Out of memory: Kill", 0, nil),
      ("_Out of memory: Kill", 0, nil),
      ("1Out of memory: Kill", 0, nil), ("(Out of memory: Kill", 0, 1),
      ("xOut of memory: Kill", 1, nil),
      (" Out of memory: Kill", 1, 1), ("Out of memory: Kill Killed process ", 1, 20),
      ("Out of memory", 0, nil), ("", 0, nil), ("Mem-Info:", 0, 0),
      ("memory: usage ", 0, 0),
      ("Task in /", 0, 0), ("[ pid ] ", 0, 0), ("CPU: ", 0, 0), ("Free swap:", 0, 0),
      ("Zone", 0, nil),
    ] as [(String, Int, Int?)])
  func beginnings(line: String, from: Int, expected: Int?) {
    #expect(Sentence.start(in: Array(line.utf8).span, from: from) == expected)
  }

  @Test(
    "leaves a remnant where it is cut within its own words or the number behind them",
    arguments: [
      ("Out of memory: Killed process 12", true), ("Killed process", true), ("Killed pr", true),
      ("Killed p", false),
      ("Killed process 7 (", true), ("Killed process 7 (x", false), ("Killed process 7…", true),
      ("Killed process 7 (x ...", true), ("Killed process7", false), ("Killed process 7_a", true),
      ("java invoked o", true), ("java invoked", false), ("java invoked the", false),
      ("java invoked oom-killer: gfp_mask=0xcc", true),
      ("java invoked oom-killer: gfp_mask=0xcc,", false),
      ("\(many("x", 60)) invoked oom-k", true), ("\(many("x", 61)) invoked oom-k", false),
      ("", false),
    ])
  func remnants(line: String, expected: Bool) {
    #expect(Sentence.isRemnant(Array(line.utf8).span) == expected)
  }

  @Test(
    "goes on with what the line before lacks",
    arguments: [
      ("a,", "b", true), ("a=", "b", true), ("a:", "b", true), ("a, \t", "b", true),
      ("a", "b", false),
      (",", "b", true), ("  ", "b", false), ("", "b", false), ("a,", "", false),
    ])
  func continuations(held: String, text: String, expected: Bool) {
    let (held, text) = (Array(held.utf8), Array(text.utf8))
    #expect(Sentence.goesOn(text.span, after: held.span) == expected)
  }
}
