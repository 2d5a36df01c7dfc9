import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// Memory that something other than processes holds, as commands say it.
@Suite struct HeldMemoryTests {
  /// A machine of 16 GiB, nearly all of it in use, whose lines of `meminfo` are those of a case.
  private static func machine(_ lines: [(String, Int)]) -> FixtureMachine {
    let usual: [(String, Int)] = [
      ("MemTotal", 16_777_216), ("MemFree", 200_000), ("MemAvailable", 250_000), ("Buffers", 0),
      ("Cached", 60_000), ("Shmem", 0), ("AnonPages", 600_000), ("Slab", 150_000),
      ("SReclaimable", 60_000),
      ("SUnreclaim", 90_000), ("PageTables", 20_000), ("KernelStack", 2000), ("Percpu", 1000),
      ("SwapTotal", 0), ("SwapFree", 0),
    ]
    let all = usual.filter { line in !lines.contains { $0.0 == line.0 } } + lines
    let text = all.map { "\($0.0): \($0.1)\($0.0.hasPrefix("HugePages_") ? "" : " kB")\n" }.joined()
    return FixtureMachine.server.with {
      $0.files["proc/meminfo"] = .init(stringLiteral: text)
      $0.files["proc/vmstat"] = "nr_free_pages 5000\n"
    }
  }

  private func words(_ words: [String], on machine: FixtureMachine) throws -> String {
    try run(words + ["--color", "never"], on: machine.tree(), in: Environment(terminalWidth: 80))
      .output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private static let zram = machine([
    ("AnonPages", 300_000), ("SwapTotal", 16_000_000), ("SwapFree", 864),
  ]).with {
    $0.files["sys/block/zram0/mm_stat"] =
      "16000000000 14000000000 14336000000 0 14336000000 0 0 0\n"
    $0.files["proc/swaps"] =
      "Filename\tType\tSize\tUsed\tPriority\n/dev/zram0 partition 16000000 15999136 100\n"
  }

  @Test(arguments: [
    (
      machine([("Cached", 14_740_064), ("Shmem", 14_680_064)]),
      "14.0 GiB of 16.0 GiB are shared memory and files of tmpfs"
    ),
    (machine([]), "15.0 GiB of 16.0 GiB are counted by nobody: a driver or the kernel took them"),
    (
      machine([("HugePages_Total", 6144), ("HugePages_Free", 6144), ("Hugepagesize", 2048)]),
      "12.0 GiB of 16.0 GiB are huge pages that are set aside and not used"
    ),
    (
      zram,
      "13.4 GiB of 16.0 GiB are what zram takes up, as swap in RAM itself (14.9 GiB compressed)"
    ),
  ])
  func `is said first by memory, and by predict and doctor`(
    machine: FixtureMachine, sentence: String
  ) throws {
    #expect(
      try words(["memory"], on: machine).hasPrefix(sentence + ". Killing all processes frees "))
    #expect(try words(["predict"], on: machine).contains(sentence))
    #expect(try words(["doctor"], on: machine).contains(sentence))
    let held = try run(["predict", "--json"], on: machine.tree()).json["held"]
    #expect(try held["total_bytes"].integer == 16_777_216 << 10)
  }

  @Test func `isn't said where processes have most`() throws {
    let machine = Self.machine([("AnonPages", 15_000_000)])
    #expect(try !words(["memory"], on: machine).contains("Killing all processes"))
    #expect(try run(["predict", "--json"], on: machine.tree()).json["held"] == nil)
  }

  @Test func `as zram gets no advice to add swap`() throws {
    let text = try words(["memory"], on: Self.zram)
    #expect(text.contains("This swap is zram: it lies in RAM itself."))
    #expect(!text.contains("Add swap"))
  }

  @Test func `of a kill is the kernel's where that limit of version 1 was hit`() throws {
    let log = """
      [  100.000001] sh invoked oom-killer: gfp_mask=0xdc0(GFP_KERNEL|__GFP_ZERO), order=3, oom_score_adj=0
      [  100.000002] memory: usage 61440kB, limit 524288kB, failcnt 0
      [  100.000003] kmem: usage 32768kB, limit 32768kB, failcnt 1834
      [  100.000004] Memory cgroup stats for /g:
      [  100.000005] anon 20971520
      [  100.000006] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/g,task_memcg=/g,task=sh,pid=7,uid=0
      [  100.000007] Memory cgroup out of memory: Killed process 7 (sh) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB

      """
    let tree = try FixtureTree(["log": .init(stringLiteral: log)])
    let text = run(["history", "show", "1", tree.path + "/log"], in: HistoryTests.environment)
      .output
      .split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(
      text.contains(
        "kernel memory 32 MiB used of 32 MiB, refused 1834 times; memory 60 MiB used of 512 MiB"))
  }
}
