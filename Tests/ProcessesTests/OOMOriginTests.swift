import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("Processes that cause a shortage knowingly")
struct OOMOriginTests {
  private func isOrigin(
    _ kernel: String, name: String = "swapoff", call: PresentSystemCall? = nil, flags: UInt64 = 0,
    swapOff: SwapOff = .none
  ) throws -> (Bool, mayBe: Bool) {
    let machine = try FixtureMachine.idle(kernel).measure { $0.swapOff = swapOff }
    var record = ProcessSnapshot.named(name)
    record.systemCall = call
    let stat = ProcessStat.with {
      $0.name = name
      $0.flags = flags
    }
    record.stat = stat
    return (machine.isOrigin(record), machine.mayBeOrigin(stat))
  }

  @Test(
    "have a flag to 2.6.39, and are known by their name and system call from 3.5 on",
    arguments: [
      ("2.6.39", "x", nil, 0x0008_0000, true, true),
      ("2.6.39", "swapoff", .waiting(number: 168), 0, false, false),
      ("2.6.39", "x", nil, 0x000c_0001, true, true),
      ("2.6.39", "x", nil, 0x0010_0000, false, false),
      ("3.0", "swapoff", .waiting(number: 168), 0x0008_0000, false, true),
      ("3.4", "swapoff", .waiting(number: 168), 0, false, true),
      ("3.5", "swapoff", .waiting(number: 168), 0, true, true),
      ("6.1", "swapoff", .waiting(number: 168), 0, true, true),
      ("6.1", "swapoff", .waiting(number: 115), 0, true, true),
      ("6.1", "swapoff", .waiting(number: 225), 0, true, true),
      ("6.1", "swapoff", .waiting(number: 169), 0, false, true),
      ("6.1", "swapoff", .elsewhere, 0, false, true),
      ("6.1", "x", .waiting(number: 168), 0, false, false),
    ] as [(String, String, PresentSystemCall?, UInt64, Bool, Bool)])
  func signs(
    kernel: String, name: String, call: PresentSystemCall?, flags: UInt64, isOne: Bool, mayBe: Bool
  ) throws {
    let found = try isOrigin(kernel, name: name, call: call, flags: flags)
    #expect(found.0 == isOne && found.mayBe == mayBe)
  }

  @Test(
    "are known by an area that is being switched off where the call can't be seen",
    arguments: [nil, .running] as [PresentSystemCall?])
  func unseen(call: PresentSystemCall?) throws {
    let running = SwapOff.running(counted: 1, all: 2)
    #expect(try isOrigin("6.1", call: call, swapOff: running).0)
    #expect(try !isOrigin("6.1", call: call, swapOff: .none).0)
    #expect(try !isOrigin("6.1", call: call, swapOff: .unknown).0)
    #expect(try !isOrigin("6.1", call: .elsewhere, swapOff: running).0)
  }

  private func swapOff(total: Int, areas: String?) throws -> (counted: Int, all: Int)? {
    var files: [String: FixtureTree.Entry] = ["proc/version": ""]
    if let areas {
      files["proc/swaps"] = .file(
        Array("Filename\tType\tSize\tUsed\tPriority\n\(areas)".utf8))
    }
    return try FixtureTree(files).withWorld { world in
      switch SwapOff(total: total << 10, in: world) {
      case .none: nil
      case .running(let counted, let all): (counted >> 10, all >> 10)
      case .unknown: (-1, -1)
      }
    }
  }

  @Test("show in swap that isn't counted any more")
  func areas() throws {
    let two = "/dev/a partition 1000 100 -2\n/dev/b partition 5000 300 -3\n"
    #expect(try swapOff(total: 6000, areas: two) == nil)
    #expect(try swapOff(total: 6001, areas: two) == nil)
    // Of the first area 900 are lacking, of the second 4700.
    for (total, counted) in [(5100, 5000), (5999, 5000), (1300, 1000), (1500, 1000)] {
      let found = try #require(try swapOff(total: total, areas: two))
      #expect(found.counted == counted && found.all == 6000, "\(total)")
    }
    #expect(try swapOff(total: 1, areas: nil)?.all == -1)
    #expect(try swapOff(total: 0, areas: two) == nil)
    #expect(try swapOff(total: 0, areas: nil) == nil)
  }

  @Test(
    "may be at work for KSM, as long as it shares pages",
    arguments: [
      ("2\n", "5\n", true), ("2\n", "0\n", false), ("1\n", "5\n", false), ("0\n", "5\n", false),
      ("2\n", nil, false), (nil, "5\n", false),
    ] as [(String?, String?, Bool)])
  func unmerging(run: String?, shared: String?, isAtWork: Bool) throws {
    var files: [String: FixtureTree.Entry] = ["proc/version": ""]
    if let run { files["sys/kernel/mm/ksm/run"] = .file(Array(run.utf8)) }
    if let shared { files["sys/kernel/mm/ksm/pages_shared"] = .file(Array(shared.utf8)) }
    #expect(try FixtureTree(files).withWorld { $0.isUnmerging } == isAtWork)
  }

  @Test("are found whatever their scores, the worse first, and before all others")
  func found() throws {
    var fixture = FixtureMachine(processes: [
      FixtureProcess(1, "init", resident: 10), FixtureProcess(10, "big", resident: 9000),
      FixtureProcess(20, "swapoff", resident: 20), FixtureProcess(21, "swapoff", resident: 30),
      FixtureProcess(22, "swapoff", resident: 40), FixtureProcess(23, "x", resident: 50),
    ])
    for id in [20, 21, 23] { fixture.files["proc/\(id)/syscall"] = "168 0x0 0 0 0 0 0 0 0\n" }
    fixture.files["proc/22/syscall"] = "1 0x0 0 0 0 0 0 0 0\n"
    fixture.files["proc/swaps"] = .file(
      Array("Filename Type Size Used Priority\n/dev/a partition 2000000 0 -2\n".utf8))
    let tree = try fixture.tree()
    let world = try tree.world()
    let machine = Machine(world, options: MachineOptions())
    let leaders = { (count: Int) throws in
      try FirstVictims(count: count, needs: [], isScored: true, on: machine, in: world.proc)
    }
    let found = try leaders(4).subjects
    #expect(found.map(\.id.rawValue) == [21, 20, 10, 23])
    #expect(found.map(\.rank) == [1, 2, 3, 4])
    #expect(found.map(\.isTakenAtOnce) == [true, true, false, false])
    #expect(found.map { $0.firstReason != nil } == [true, true, false, false])
    #expect(found.map(\.exemption) == [nil, nil, nil, nil])
    #expect(try leaders(1).subjects.map(\.id.rawValue) == [21])
  }

  @Test("wait in the call by any of its numbers, which machines count differently")
  func numbers() throws {
    for number in [168, 115, 225, 304, 213, 4115, 5163, 6163] {
      #expect(try isOrigin("6.1", call: .waiting(number: number)).0)
    }
  }
}
