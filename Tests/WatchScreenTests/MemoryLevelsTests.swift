import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("The state of memory")
struct MemoryLevelsTests {
  /// As read from a machine with these lines of meminfo, in kB.
  private func levels(
    _ lines: [(String, Int)], _ files: [String: FixtureTree.Entry] = [:]
  ) throws -> MemoryLevels {
    let tree = try FixtureMachine(processes: []).with {
      $0.files = files
      $0.files["proc/meminfo"] = .file(
        lines.flatMap { Array("\($0.0): \($0.1) kB\n".utf8) })
    }.tree()
    return MemoryLevels(in: try World(root: tree.path, environment: Environment()))
  }

  private func amount(_ used: Int, of total: Int) -> MemoryLevels.Amount? {
    MemoryLevels.Amount(used, of: total)
  }

  @Test(
    "is a share of the whole in thousandths",
    arguments: [
      (0, 100, 0), (1, 1000, 1), (1, 1001, 0), (999, 1000, 999), (100, 100, 1000), (150, 100, 1500),
      (-5, 100, 0), (5, 0, 0), (5, -1, 0), (2, 1, 2000), (.max, .max, 1000),
      (.max, 1, .max),
    ])
  func share(used: Int, total: Int, share: Int) throws {
    #expect(try #require(amount(used, of: total)).share == share)
  }

  @Test("is known only where both numbers are")
  func partlyKnown() throws {
    #expect(MemoryLevels.Amount(1, of: nil) == nil)
    #expect(MemoryLevels.Amount(nil, of: 1) == nil)
    #expect(MemoryLevels.Amount(free: 1, of: nil) == nil)
    #expect(MemoryLevels.Amount(free: nil, of: 1) == nil)
    let memory = try #require(MemoryLevels.Amount(free: 30, of: 100))
    #expect((memory.used, memory.free) == (70, 30))
    #expect(try #require(amount(.min, of: .max)).free == .max)
    #expect(try #require(MemoryLevels.Amount(free: .min, of: .max)).used == .max)
  }

  @Test(
    "takes for available what the kernel says, and to 3.13 what is free or cached for files",
    arguments: [
      ([("MemAvailable", 40), ("MemFree", 10), ("Cached", 90)], 40, false),
      ([("MemFree", 10)], 10, true), ([("MemFree", 10), ("Buffers", 5)], 15, true),
      ([("MemFree", 10), ("Buffers", 5), ("Cached", 20)], 35, true),
      ([("MemFree", 10), ("Buffers", 5), ("Cached", 20), ("Shmem", 8)], 27, true),
      ([("MemFree", 10), ("Cached", 20), ("Shmem", 21)], 10, true), ([("Cached", 20)], nil, false),
    ] as [([(String, Int)], Int?, Bool)])
  func available(lines: [(String, Int)], kibibytes: Int?, isEstimated: Bool) throws {
    let levels = try levels([("MemTotal", 100)] + lines)
    #expect(levels.available == kibibytes.map { $0 * 1024 })
    #expect(levels.isAvailableEstimated == isEstimated)
    #expect(levels.memory == kibibytes.flatMap { amount((100 - $0) * 1024, of: 100 * 1024) })
    #expect(levels.left == levels.available)
  }

  @Test(
    "has swap, none, or doesn't tell",
    arguments: [
      ([], nil, false), ([("SwapTotal", 0), ("SwapFree", 0)], nil, true),
      ([("SwapTotal", 1), ("SwapFree", 0)], 1, false),
      ([("SwapTotal", 100), ("SwapFree", 30)], 70, false), ([("SwapTotal", 100)], nil, false),
    ] as [([(String, Int)], Int?, Bool)])
  func swap(lines: [(String, Int)], used: Int?, hasNone: Bool) throws {
    let levels = try levels([("MemTotal", 100), ("MemAvailable", 40)] + lines)
    #expect(levels.swap?.used == used.map { $0 * 1024 })
    #expect(levels.hasNoSwap == hasNone)
    #expect(levels.left == (40 + (levels.swap.map { $0.free / 1024 } ?? 0)) * 1024)
    #expect(levels.whole == (100 + (levels.swap.map { $0.total / 1024 } ?? 0)) * 1024)
  }

  @Test("knows nothing of what isn't told")
  func nothing() throws {
    let levels = try levels(
      [("CommitLimit", 5)],
      ["proc/pressure/memory": "", "proc/vmstat": "nr_free_pages 1\n"])
    #expect(levels.memory == nil && levels.left == nil && levels.whole == nil)
    #expect(levels.commit == nil && levels.somePressure == nil && levels.fullPressure == nil)
    #expect(levels.kills == nil && levels.low == nil)
    #expect(
      [levels.memoryLevel, levels.swapLevel, levels.commitLevel, levels.lowLevel]
        == [.fine, .fine, .fine, .fine])
  }

  @Test("has a commit limit, which counts with overcommit_memory 2", arguments: 0...2)
  func commit(setting: Int) throws {
    let levels = try levels(
      [("MemTotal", 800), ("MemAvailable", 400), ("CommitLimit", 500), ("Committed_AS", 500)],
      ["proc/sys/vm/overcommit_memory": "\(setting)\n"])
    #expect(levels.commit == amount(500 * 1024, of: 500 * 1024))
    #expect(levels.isCommitEnforced == (setting == 2))
    #expect(levels.commitLevel == (setting == 2 ? .deadly : .fine))
    #expect(levels.kills == 2)
    #expect((levels.somePressure, levels.fullPressure) == (41, 5))
  }

  @Test(
    "is short where little of everything is left",
    arguments: [
      (11, nil, .fine), (10, nil, .short), (6, nil, .short), (5, nil, .deadly),
      (5, 11, .short), (5, 10, .deadly),
    ] as [(Int, Int?, Threshold.Level)])
  func memoryLevel(available: Int, swapFree: Int?, level: Threshold.Level) throws {
    let swap = swapFree.map { [("SwapTotal", 100), ("SwapFree", $0)] } ?? []
    let levels = try levels([("MemTotal", 100), ("MemAvailable", available)] + swap)
    #expect(levels.memoryLevel == level)
    #expect(levels.swapLevel == (swapFree == 10 ? .short : .fine))
  }

  @Test(
    "has low memory where there is high memory on a 32-bit kernel",
    arguments: [
      (524_288, 500, 50, true, Threshold.Level.short), (524_288, 500, 51, true, .fine),
      (524_288, 1, 51, true, .fine), (524_288, 0, 51, false, .fine),
      (34_359_738_367, 500, 50, false, .fine),
    ])
  func low(vmalloc: Int, high: Int, free: Int, isShown: Bool, level: Threshold.Level) throws {
    // Without zones the level is by what is free.
    let levels = try levels([
      ("MemTotal", 1000), ("HighTotal", high), ("HighFree", high), ("LowTotal", 500),
      ("LowFree", free), ("VmallocTotal", vmalloc),
    ])
    #expect(levels.low == (isShown ? amount((500 - free) * 1024, of: 500 * 1024) : nil))
    #expect(levels.lowLevel == level)
  }
}

extension MemoryLevelsTests {
  @Test(
    "has low memory that is as short as the kernel's own watermark makes it",
    arguments: [(1000, .fine), (300, .short), (200, .deadly)] as [(Int, Threshold.Level)])
  func lowByZones(free: Int, level: Threshold.Level) throws {
    let zone = FixtureZone(name: "Normal", free: free, min: 200, low: 250, high: 300, managed: 5000)
    let high = FixtureZone(name: "HighMem", free: 900, min: 10, low: 20, high: 30, managed: 1000)
    let tree = try FixtureMachine(processes: [FixtureProcess(9, "web", resident: 900)])
      .with([zone, high]).with(memory: [
        ("MemTotal", 24_000), ("HighTotal", 4000), ("HighFree", 3600), ("LowTotal", 20_000),
        ("LowFree", 4 * free), ("VmallocTotal", 122_880),
      ]).tree()
    let levels = MemoryLevels(in: try World(root: tree.path, environment: Environment()))
    #expect(levels.lowLevel == level)
  }
}
