import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("What was read of a process")
struct ProcessSnapshotTests {
  @Test("is its name, parent and kind by stat, else by status")
  func sources() {
    var record = ProcessSnapshot.with { _, status in
      status.name = "b"
      status.parent = ProcessID(2)
      status.isKernelThread = true
    }
    #expect(record.name == "b" && record.parent == ProcessID(2) && record.isKernelThread)
    #expect(record.identity == nil)
    record.stat = .with {
      $0.name = "a"
      $0.parent = ProcessID(1)
      $0.startTicks = 9
    }
    #expect(record.name == "a" && record.parent == ProcessID(1) && !record.isKernelThread)
    #expect(record.identity == ProcessIdentity(id: ProcessID(7), startTicks: 9))
    #expect(!ProcessSnapshot(id: ProcessID(7)).isKernelThread)
    #expect(!ProcessSnapshot(id: ProcessID(7)).isInit)
  }

  @Test(
    "is whether it has memory: by sizes, or where threads hide them by its score",
    arguments: [
      (0, 1, 0, true, false), (5, 2, 9, true, false), (nil, 1, 9, false, false),
      (nil, 2, 0, false, false), (nil, 2, 1, true, true), (nil, 2, nil, false, false),
      (nil, nil, 9, false, false),
    ] as [(Int?, Int?, UInt64?, Bool, Bool)])
  func memory(resident: Int?, threads: Int?, score: UInt64?, hasMemory: Bool, hides: Bool) {
    let record = ProcessSnapshot.with { record, status in
      record.score = score
      status.resident = resident.map { Kibibytes($0) }
      status.threadCount = threads
    }
    #expect(record.hasMemory == hasMemory && record.hidesMemory == hides)
  }

  @Test(
    "is its anonymous memory: as status has it, else the part that statm leaves",
    arguments: [
      // In kB: anonymous and resident; statm's resident and shared pages.
      (9, 40, 10, 5, 9 << 10), (nil, 40, 10, 4, 24 << 10), (nil, 40, 10, 10, 0),
      (nil, 40, 10, 11, 0), (nil, 40, 10, -1, 40 << 10), (nil, 40, 0, 0, 40 << 10),
      (nil, 40, 1, 0, 40 << 10), (nil, nil, 10, 4, nil),
    ] as [(Int?, Int?, Int, Int, Int?)])
  func anonymous(anonymous: Int?, resident: Int?, pages: Int, shared: Int, bytes: Int?) {
    let record = ProcessSnapshot.with { record, status in
      status.anonymous = anonymous.map { Kibibytes($0) }
      status.resident = resident.map { Kibibytes($0) }
      record.sizes = ProcessSizes(parsing: Array("99 \(pages) \(shared) 0 0 0 0\n".utf8).span)
    }
    #expect(record.anonymousBytes == bytes)
  }

  @Test("is names by which a user may mean it")
  func names() {
    let record = ProcessSnapshot.named(
      "a", words: ["/bin/c", "d"], executable: "/usr/bin/b (deleted)")
    #expect(record.names == ["a", "b", "c"] && record.program == "/usr/bin/b")
    #expect(record.isReplaced)
    let other = ProcessSnapshot.named("a", executable: "/usr/bin/b")
    #expect(other.names == ["a", "b"] && other.program == "/usr/bin/b" && !other.isReplaced)
    let none = ProcessSnapshot.named(nil)
    #expect(none.names.isEmpty && none.program == nil && !none.isReplaced && none.unit == nil)
  }

  @Test("is sizes that are added up, as far as numbers go")
  func sums() {
    var status = ProcessStatus()
    #expect(status.pageTableBytes == nil && status.footprint == nil)
    status.pageTables = Kibibytes(4)
    status.resident = Kibibytes(40)
    #expect(status.pageTableBytes == 4096 && status.footprint == 44 << 10)
    status.middlePageTables = Kibibytes(2)
    status.swapped = Kibibytes(100)
    #expect(status.pageTableBytes == 6144 && status.footprint == 146 << 10)
    #expect(ProcessStatus.sum(.max, 1) == .max && ProcessStatus.sum([.min, -1]) == .min)
    #expect(ProcessStatus.sum() == 0 && ProcessStatus.sum(1, 2, -4) == -1)
  }

  @Test(
    "has files of its own for all that is asked",
    arguments: [
      ProcessSnapshot.Fields.score, .status, .stat, .sizes, .adjustment, .legacyAdjustment,
      .cgroups,
      .commandLine, .executable, .executableFile, .systemCall,
    ])
  func fields(field: ProcessSnapshot.Fields) {
    #expect(field.rawValue.nonzeroBitCount == 1)
    let isOfProgram = [.executable, .executableFile].contains(field)
    #expect(ProcessSnapshot.Fields.program.contains(field) == isOfProgram)
    #expect(ProcessSnapshot.Fields.all.contains(field) == (!isOfProgram && field != .systemCall))
    let fields: [ProcessSnapshot.Fields] = [
      .score, .status, .stat, .sizes, .adjustment, .legacyAdjustment, .cgroups, .commandLine,
      .executable, .executableFile, .systemCall,
    ]
    #expect(fields.count { $0 == field } == 1)
  }
}

@Suite("A value of an adjustment")
struct AdjustmentValueTests {
  @Test(
    "is from -1000 to 1000",
    arguments: [
      ("-1000", -1000), ("1000", 1000), ("0", 0), ("+5", 5), ("-1001", nil), ("1001", nil),
      ("x", nil), ("", nil), ("1.0", nil),
    ] as [(String, Int?)])
  func value(argument: String, number: Int?) {
    #expect(AdjustmentValue(argument: argument)?.number == number)
  }

  @Test(
    "changes by twice as much at most",
    arguments: [("-2000", -2000), ("+2000", 2000), ("2001", nil), ("-2001", nil), ("x", nil)]
      as [(String, Int?)])
  func difference(argument: String, number: Int?) {
    #expect(Difference(argument: argument)?.number == number)
  }

  @Test("is kept in one of two files")
  func files() throws {
    #expect(AdjustmentFile.modern.range == -1000...1000)
    #expect(AdjustmentFile.legacy.range == -17...15)
    var record = ProcessSnapshot(id: ProcessID(7), adjustment: 5, legacyAdjustment: 3)
    #expect(AdjustmentFile.modern.value(of: record) == 5)
    #expect(AdjustmentFile.legacy.value(of: record) == 3)
    record.adjustment = nil
    #expect(AdjustmentFile.modern.value(of: record) == nil)
    let machine = FixtureMachine(processes: [
      FixtureProcess(7, "one", resident: 1).with {
        $0.adjustment = 500
        $0.legacyAdjustment = 3
      }
    ])
    let tree = try machine.tree()
    let world = try tree.world()
    let process = try world.proc.process(ProcessID(7))
    #expect(try AdjustmentFile.modern.value(of: process) == 500)
    #expect(try AdjustmentFile.legacy.value(of: process) == 3)
  }
}
