import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("What the kernel weighs of a process")
struct CandidateOfProcessTests {
  private func candidate(
    _ kernel: String = "6.1.0", family: Family = Family(),
    _ change: (inout ProcessSnapshot, inout ProcessStatus) -> Void
  ) throws -> Candidate? {
    try FixtureMachine.idle(kernel).measure().candidate(for: .with(change), family: family)
  }

  @Test("is its memory, in pages")
  func memory() throws {
    let memory = try #require(
      try candidate {
        $1.resident = Kibibytes(43)
        $1.swapped = Kibibytes(19)
        $1.pageTables = Kibibytes(12)
        $1.middlePageTables = Kibibytes(8)
        $1.virtualSize = Kibibytes(400)
      }?.memory)
    #expect([memory.total, memory.resident, memory.swapped] == [100, 10, 4])
    let tables = memory.pageTables
    #expect([tables.ptes, tables.pmds, tables.bytes] == [3, 2, 20 << 10])
  }

  @Test(
    "is the resident size of stat before 7.0, and the exact one of status from then on",
    arguments: [("6.19.9", 7), ("7.0", 10), ("7.2", 10)] as [(String, Pages)])
  func resident(kernel: String, pages: Pages) throws {
    let found = try candidate(kernel) {
      $1.resident = Kibibytes(40)
      $0.stat = .with { $0.residentPages = 7 }
    }
    #expect(found?.memory?.resident == pages)
  }

  @Test("is nothing where status is missing, or hides its sizes")
  func nothing() throws {
    let machine = try FixtureMachine.idle().measure()
    #expect(machine.candidate(for: ProcessSnapshot(id: ProcessID(7))) == nil)
    let hidden = try candidate {
      $1.threadCount = 2
      $0.score = 1
    }
    #expect(hidden == nil)
    let none = try #require(try candidate { $1.threadCount = 2 })
    #expect(none.memory == nil && none.standing == .ordinary)
  }

  @Test("is both adjustments and its capabilities")
  func others() throws {
    let found = try #require(
      try candidate {
        $0.adjustment = 3
        $0.legacyAdjustment = -2
        $1.effectiveCapabilities = 1 << 21
      })
    #expect(found.adjustment == 3 && found.legacyAdjustment == -2)
    #expect(found.capabilities == .sysAdmin && found.marks.isEmpty)
    #expect(found.history == Candidate.History())
  }

  @Test(
    "is whether it is the kernel's own, which no flag says before 2.6.27",
    arguments: [
      ("2.6.26", false, false, "S", .kernelThread), ("2.6.27", false, false, "S", .ordinary),
      ("2.6.26", false, true, "S", .ordinary), ("2.6.26", false, false, "Z", .ordinary),
      ("2.6.26", true, false, "Z", .kernelThread), ("6.1", true, false, "S", .kernelThread),
    ] as [(String, Bool, Bool, Character, Candidate.Standing)])
  func standing(
    kernel: String, isMarked: Bool, hasMemory: Bool, state: Character, standing: Candidate.Standing
  ) throws {
    let found = try candidate(kernel) { record, status in
      if hasMemory { status.resident = Kibibytes(4) }
      record.stat = .with {
        $0.state = state
        $0.flags = isMarked ? 0x0020_0000 : 0
      }
    }
    #expect(found?.standing == standing)
  }

  @Test("is whether it is process 1 of the machine")
  func first() throws {
    #expect(try candidate { record, _ in record.isInit = true }?.standing == .initProcess)
  }

  /// A parent with three children: one with memory, one without, and one of which nothing shows it.
  private var records: [ProcessSnapshot] {
    ([(1, 400), (2, 0), (3, nil)] as [(Int32, Int?)]).map { id, resident in
      ProcessSnapshot.with(id: id) { record, status in
        status.parent = ProcessID(7)
        status.resident = resident.map { Kibibytes($0) }
        record.sizes = ProcessSizes(parsing: Array("\(id * 100) 1 1 0 0 0 0\n".utf8).span)
      }
    } + [.with(id: 4) { record, status in status.parent = ProcessID(8) }, .with(id: 5) { _, _ in }]
  }

  @Test("is to 2.6.35 its life and its children, too")
  func history() throws {
    let uptime = Uptime(parsing: Array("5000.12 1\n".utf8).span)
    let family = Family(of: records, uptime: uptime, pageSize: 4096)
    let found = try candidate("2.6.32", family: family) { record, status in
      status.realUserID = 5
      status.effectiveUserID = 6
      record.stat = .with {
        $0.startTicks = 300_099
        $0.userTicks = 1000
        $0.systemTicks = 44
        $0.nice = 3
      }
    }
    let history = try #require(found?.history)
    #expect(history.children == [.own(100), .own(200), .noMemory])
    #expect(history.ticksPerSecond == 250)
    #expect([history.userTicks, history.systemTicks, history.runTicks] == [2500, 110, 500_000])
    #expect([history.uptimeSeconds, history.startSeconds, history.nice] == [5000, 3000, 3])
    #expect([history.uid, history.euid] == [5, 6])
  }

  @Test("is a life without an end, and no more, where numbers are wild")
  func wild() throws {
    let family = Family(of: [], uptime: Uptime(parsing: Array("5\n".utf8).span), pageSize: 4096)
    let found = try candidate("2.6.32", family: family) { record, _ in
      record.stat = .with {
        $0.startTicks = .max
        $0.userTicks = .max
        $0.systemTicks = .max / 250
      }
    }
    let history = try #require(found?.history)
    #expect(history.userTicks == 0 && history.systemTicks == Int.max / 250 * 250 / 100)
    #expect(history.runTicks == 0 && history.children.isEmpty)
    #expect(history.startSeconds == Int.max / 100)
    #expect([history.uid, history.euid] == [0, 0])
    let ancient = Family(
      of: [], uptime: Uptime(parsing: Array("18446744073709551615\n".utf8).span), pageSize: 4096)
    #expect(
      try candidate("2.6.32", family: ancient) { _, _ in }?.history.runTicks == Int.max / 250 * 250)
  }
}

@Suite("Flags that the kernel hides")
struct VerdictTests {
  private func marks(
    _ kernel: String, score: UInt64?, resident: Pages = 100_000, nodes: String? = nil,
    _ change: (inout ProcessSnapshot, inout ProcessStatus) -> Void = { _, _ in }
  ) throws -> Candidate.Marks {
    let record = ProcessSnapshot.with { record, status in
      status.allowedNodes = nodes
      record.score = score
      change(&record, &status)
    }
    let candidate = Candidate(memory: .init(resident: resident))
    return try FixtureMachine.idle(kernel).measure().marks(of: candidate, shownAs: record)
  }

  @Test(
    "show in a 0 where the score should be 2 or more, since 4.7",
    arguments: [
      // A thousandth is 1000 pages; to 5.8 only pages count, from 5.9 on 0 pages print 666.
      ("4.6", 100_000, []), ("4.7", 100_000, .skipped), ("4.8", 100_000, .inVfork),
      ("4.18", 1999, []), ("4.18", 2000, .inVfork), ("6.1", 100_000, .inVfork),
      ("6.1", 0, .inVfork),
    ] as [(String, Pages, Candidate.Marks)])
  func zero(kernel: String, resident: Pages, expected: Candidate.Marks) throws {
    #expect(try marks(kernel, score: 0, resident: resident) == expected)
    #expect(try marks(kernel, score: 1, resident: resident) == [])
    #expect(try marks(kernel, score: nil, resident: resident) == [])
  }

  @Test(
    "are that of a dying process where SIGKILL waits or it is about to end",
    arguments: [
      (1 << 8, 0, .skipped), (1 << 7, 0, .inVfork), (1 << 9, 0, .inVfork), (0, 4, .skipped),
      (0, 8, .inVfork), (0, 3, .inVfork), (1 << 8 | 1, 4 | 64, .skipped),
    ] as [(UInt64, UInt64, Candidate.Marks)])
  func dying(pending: UInt64, flags: UInt64, expected: Candidate.Marks) throws {
    let found = try marks("6.1", score: 0) { record, status in
      status.pendingSignals = pending
      record.stat = .with { $0.flags = flags }
    }
    #expect(found == expected)
  }

  @Test(
    "don't show to 5.2 where it has other memory nodes than the reader may have",
    arguments: [
      ("5.2", "0", .inVfork), ("5.2", nil, .inVfork), ("5.2", "0-1", []), ("5.2", "1", []),
      ("5.3", "0-1", .inVfork),
    ] as [(String, String?, Candidate.Marks)])
  func nodes(kernel: String, nodes: String?, expected: Candidate.Marks) throws {
    #expect(try marks(kernel, score: 0, nodes: nodes) == expected)
  }
}
