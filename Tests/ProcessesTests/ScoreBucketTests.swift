import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("The badness behind a printed score")
struct ScoreBucketTests {
  /// A thousand pages are a thousandth of all memory.
  private func machine(_ kernel: String) throws -> Machine {
    try FixtureMachine.idle(kernel, ram: 900_000, swap: 100_999).measure()
  }

  @Test(
    "has a highest, beyond which the next score is printed",
    arguments: ["3.5", "4.18", "5.4", "5.9", "6.1"], [0, 1, 2, 500, 666, 667, 999, 1000])
  func highest(kernel: String, score: UInt64) throws {
    let machine = try machine(kernel)
    let rule = try #require(machine.rule)
    let capacity = try #require(machine.capacity)
    let bucket = try #require(ScoreBucket(score, on: machine))
    let next = try #require(rule.oomScore(ofBadness: bucket.highest + 1, in: capacity))
    #expect(rule.oomScore(ofBadness: bucket.highest, in: capacity) == Int128(score))
    #expect(next == Int128(score + 1))
  }

  @Test(
    "is one of those that an adjustment makes of the pages",
    arguments: [
      // 6.1 prints 1 for badness from -998499 on, an adjustment is worth 1000 pages.
      (5, -999_995), (0, -1_000_000), (999, -999_001),
    ] as [(Int, Int128)])
  func ofPages(pages: Int, badness: Int128) throws {
    let bucket = try #require(ScoreBucket(0, on: machine("6.1")))
    let found = bucket.highestBadness(ofPages: pages)
    #expect(found <= bucket.highest && found > bucket.highest - 1000)
    #expect((found - badness) % 1000 == 0)
    // What has just that badness is found as it is.
    #expect(bucket.highestBadness(ofPages: Int(bucket.highest)) == bucket.highest)
    #expect(bucket.highestBadness(ofPages: Int(bucket.highest) + 1) == bucket.highest - 999)
  }

  @Test("is unknown where scores aren't steps of pages")
  func unknown() throws {
    for kernel in ["2.6.32", "2.6.38", "3.4"] {
      #expect(try ScoreBucket(5, on: machine(kernel)) == nil)
    }
    #expect(try ScoreBucket(5, on: FixtureMachine.idle(ram: 999).measure()) == nil)
    #expect(try ScoreBucket(5, on: FixtureMachine.idle(ram: 1000).measure()) != nil)
    #expect(try ScoreBucket(5, on: machine("6.1").with { $0.rule = nil }) == nil)
    #expect(try ScoreBucket(5, on: machine("6.1").with { $0.capacity = nil }) == nil)
  }

  @Test("is sought by the pages of stat, else by those of status")
  func pages() throws {
    let bucket = try #require(ScoreBucket(0, on: machine("6.1")))
    var record = ProcessSnapshot.with { _, status in
      status.resident = Kibibytes(40)
      status.swapped = Kibibytes(8)
      status.pageTables = Kibibytes(4)
    }
    #expect(bucket.pages(of: record) == 13)
    record.stat = .with { $0.residentPages = 7 }
    #expect(bucket.pages(of: record) == 7)
    #expect(bucket.pages(of: ProcessSnapshot(id: ProcessID(7))) == 0)
  }
}

extension Machine {
  fileprivate func with(_ change: (inout Machine) -> Void) -> Machine {
    var copy = self
    change(&copy)
    return copy
  }
}

@Suite("Of many with one score")
struct FirstVictimsTests {
  /// Kernel threads, which have no memory, and small processes, to which kernels from 3.5 to 5.8 give
  /// 0 as well.
  private func machine(_ kernel: String, swap: Int = 0) -> FixtureMachine {
    FixtureMachine(
      kernel: kernel, ram: 1_000_400 - swap, swap: swap,
      processes: [
        FixtureProcess(1, "init", resident: 10).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0),
      ]
        + (100..<200).map { .kernelThread($0, "worker") }
        + (200..<300).map { id in
          FixtureProcess(id, "small", resident: id).with { $0.user = 1000 }
        })
  }

  @Test(
    "the worst are found, however many others have no memory", arguments: ["4.18.0", "5.4.0"],
    [0, 1000])
  func zero(kernel: String, swap: Int) throws {
    let tree = try machine(kernel, swap: swap).tree()
    let world = try tree.world()
    let machine = Machine(world, options: MachineOptions())
    let found = try FirstVictims(
      count: 5, needs: [], isScored: true, on: machine, in: world.proc)
    #expect(found.subjects.map(\.id.rawValue) == [299, 298, 297, 296, 295])
    #expect(found.subjects.map(\.rank) == [1, 2, 3, 4, 5])
    var cache: TieCache? = TieCache()
    for _ in 0..<3 {
      let again = try FirstVictims(
        count: 5, needs: [], isScored: true, recalling: &cache, on: machine, in: world.proc)
      #expect(again.subjects.map(\.id) == found.subjects.map(\.id))
    }
  }

  @Test("a lone process without a score is looked at, too: it may be one that can't be chosen")
  func alone() throws {
    for adjustment in [-1000, 0] {
      let tree = try FixtureMachine(
        kernel: "5.4.0",
        processes: [
          FixtureProcess(10, "big", resident: 9000),
          FixtureProcess(11, "x", resident: 10).with { $0.adjustment = adjustment },
        ]
      ).tree()
      let world = try tree.world()
      let machine = Machine(world, options: MachineOptions())
      let found = try FirstVictims(
        count: 5, needs: [], isScored: false, on: machine, in: world.proc)
      #expect(found.subjects.map(\.id.rawValue) == (adjustment == 0 ? [10, 11] : [10]))
    }
  }
}

@Suite("Suspects")
struct SuspectTests {
  private func suspects(_ all: [(Int32, Int128)]) -> [Suspect] {
    all.map { Suspect(badness: $0.1, record: ProcessSnapshot(id: ProcessID($0.0))) }
  }

  @Test(
    "are kept by their badness, and among equals the later",
    arguments: [
      (0, []), (1, [3]), (2, [3, 4]), (3, [3, 4, 2]), (4, [3, 4, 2, 1]), (9, [3, 4, 2, 1]),
    ])
  func keepFirst(count: Int, expected: [Int32]) {
    var all = suspects([(1, -7), (2, 5), (3, 9), (4, 5)])
    all.keepFirst(count)
    #expect(all.map(\.record.id.rawValue) == expected)
  }

  @Test("may have memory unless they are the kernel's own, or have ended")
  func memory() {
    let byStat = { (change: (inout ProcessStat) -> Void) in
      ProcessSnapshot(id: ProcessID(7), stat: .with(change)).mayHaveMemory
    }
    #expect(byStat { _ in } && !byStat { $0.flags = 0x0020_0000 })
    #expect(!byStat { $0.state = "Z" })
    #expect(byStat { ($0.state, $0.threadCount) = ("Z", 2) })
    let byStatus = { (resident: Int?, threads: Int?) in
      ProcessSnapshot.with { _, status in
        status.resident = resident.map { Kibibytes($0) }
        status.threadCount = threads
      }.mayHaveMemory
    }
    #expect(byStatus(0, 1) && byStatus(nil, 2) && !byStatus(nil, 1) && !byStatus(nil, nil))
  }

  @Test("are read by one file, which says whether there is one")
  func read() throws {
    let machine = FixtureMachine(processes: [FixtureProcess(7, "one", resident: 30)])
    let tree = try machine.tree()
    let world = try tree.world()
    var reader = ProcessReader()
    for byStat in [true, false] {
      var record = ProcessSnapshot(id: ProcessID(7))
      #expect(record.files == [])
      #expect(reader.read(&record, byStat: byStat, in: world.proc))
      #expect(record.files == (byStat ? .stat : .status))
      var none = ProcessSnapshot(id: ProcessID(8))
      #expect(!reader.read(&none, byStat: byStat, in: world.proc))
    }
    #expect(reader.isWhole)
  }
}
