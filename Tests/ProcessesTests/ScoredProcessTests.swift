import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A judged process")
struct ScoredProcessTests {
  private let fixture = FixtureMachine(processes: [
    FixtureProcess(1, "init", resident: 10), FixtureProcess(10, "a", resident: 30),
    FixtureProcess(11, "b", resident: 40).with { $0.adjustment = -1000 },
    FixtureProcess(12, "c", resident: 50), .kernelThread(13, "k"),
  ])

  private func list(
    _ ids: [Int32]? = nil, isScored: Bool = true, on fixture: FixtureMachine? = nil
  ) throws -> (list: ProcessList, machine: Machine) {
    try (fixture ?? self.fixture).tree().withWorld { world in
      let machine = Machine(world, options: MachineOptions())
      let list = try ProcessList(
        of: ids?.map { ProcessID($0) }, on: machine, needs: .all, isScored: isScored,
        in: world.proc)
      return (list, machine)
    }
  }

  @Test("is eligible unless it is exempt, or this program")
  func eligible() throws {
    let (list, machine) = try list()
    #expect(list.subjects.filter(machine.isEligible).map(\.id.rawValue) == [10, 12])
    var other = machine
    other.bystander = ProcessID(12)
    #expect(list.subjects.filter(other.isEligible).map(\.id.rawValue) == [10])
    other.selection = nil
    other.bystander = nil
    #expect(list.subjects.filter(other.isEligible).map(\.id.rawValue) == [10, 12])
  }

  @Test("is eligible by its score where its badness isn't known")
  func scores() throws {
    let (list, machine) = try list(isScored: false)
    let eligible = list.subjects.filter(machine.isEligible).map(\.id.rawValue)
    #expect(eligible == [10, 12])
    for (score, isOne) in [(nil, false), (0, false), (1, true)] as [(UInt64?, Bool)] {
      let record = ProcessSnapshot(id: ProcessID(7), score: score)
      #expect(
        machine.isEligible(ScoredProcess(record, on: machine, isScored: false)) == isOne)
    }
  }

  @Test("without a selection rule needs a badness above 0")
  func positive() throws {
    var (_, machine) = try list()
    machine.selection = nil
    for (adjustment, isOne) in [(0, true), (-1, false)] {
      let candidate = Candidate(memory: .init(resident: 1310), adjustment: adjustment)
      let record = ProcessSnapshot(id: ProcessID(7))
      let one = try #require(ScoredProcess(record, as: candidate, on: machine))
      #expect(one.explanation?.badness == (isOne ? 1310 : 0))
      #expect(machine.isEligible(one) == isOne)
    }
  }

  @Test("has a rank among those that can be chosen")
  func ranks() throws {
    let (list, machine) = try list()
    let ranked = list.ranked(on: machine)
    #expect(ranked.map(\.id.rawValue) == [12, 10] && ranked.map(\.rank) == [1, 2])
    #expect(list.subjects.allSatisfy { $0.rank == nil })
  }

  @Test("is one of those that are asked for, also where the children of all count")
  func listed() throws {
    #expect(try list([12, 10]).list.subjects.map(\.id.rawValue) == [12, 10])
    var old = fixture
    old.kernel = "2.6.32"
    old[12].parent = 10
    let (found, _) = try list([10, 99], on: old)
    #expect(found.subjects.map(\.id.rawValue) == [10])
    #expect(found.subjects.first?.candidate?.history.children == [.own(50)])
    #expect(try list(isScored: false, on: old).list.subjects.count == 5)
  }

  @Test("comes before another by its score, then its badness, then its age")
  func precedes() throws {
    let machine = try list().machine
    let key = { (badness: Int128, start: UInt64, pid: Int) in
      RankKey(badness: badness, startTicks: start, pid: pid)
    }
    #expect(machine.precedes(key(1, 1, 1), score: 5, key(9, 1, 2), score: 4))
    #expect(!machine.precedes(key(9, 1, 1), score: 4, key(1, 1, 2), score: 5))
    #expect(machine.precedes(key(9, 1, 1), score: 5, key(1, 1, 2), score: 5))
    #expect(machine.precedes(key(9, 1, 1), score: nil, key(1, 1, 2), score: 7))
    #expect(machine.precedes(key(9, 1, 1), score: 3, key(1, 1, 2), score: nil))
    #expect(machine.precedes(key(5, 2, 1), score: 5, key(5, 1, 2), score: 5))
    var foreign = machine
    foreign.isKernelsOwnRule = false
    #expect(foreign.precedes(key(9, 1, 1), score: 4, key(1, 1, 2), score: 5))
    foreign.rule = nil
    #expect(!foreign.precedes(key(9, 1, 1), score: 4, key(1, 1, 2), score: 5))
    foreign.selection = nil
    #expect(foreign.precedes(key(1, 1, 9), score: 5, key(9, 1, 2), score: 5))
    #expect(!foreign.precedes(key(9, 1, 2), score: 5, key(1, 1, 9), score: 5))
  }

  @Test("has a key with its own badness, or a supposed one")
  func contender() throws {
    let (list, machine) = try list()
    let one = try #require(list.subjects.first { $0.id == ProcessID(12) })
    #expect(machine.contender(one) == RankKey(badness: 50, startTicks: 100, pid: 12))
    #expect(machine.contender(one, badness: 7).badness == 7)
    let record = ProcessSnapshot(id: ProcessID(7), score: 5)
    let unknown = ScoredProcess(record, on: machine, isScored: false)
    #expect(machine.contender(unknown) == RankKey(badness: 5, startTicks: 0, pid: 7))
    let none = ScoredProcess(ProcessSnapshot(id: ProcessID(7)), on: machine, isScored: true)
    #expect(machine.contender(none).badness == 0 && none.explanation == nil)
  }

  @Test("is called by its name and number, and several by how many they are")
  func labels() throws {
    let all = try (1...4).map { try ScoredProcess.unjudged(.named("p", id: Int32($0))) }
    #expect(all[0].label == "p[1]")
    #expect(try ScoredProcess.unjudged(.named(nil)).label == "?[7]")
    #expect(all[..<3].map { $0 }.listed == "p[1], p[2], p[3]")
    #expect(all.listed == "its 4 living descendants")
    #expect(all.without(ProcessID(2)).map(\.id.rawValue) == [1, 3, 4])
    #expect(all.without(nil).count == 4)
  }

  @Test("needs other files by an older rule")
  func needs() throws {
    #expect(
      try FixtureMachine.idle("2.6.32").measure().badnessNeeds
        == [.status, .stat, .sizes, .legacyAdjustment])
    #expect(
      try FixtureMachine.idle().measure().badnessNeeds
        == [.score, .status, .stat, .adjustment, .systemCall])
    #expect(try FixtureMachine.idle("4.7").measure().adjustsSharers == false)
    #expect(try FixtureMachine.idle("4.8").measure().adjustsSharers)
    #expect(try FixtureMachine.idle().measure { $0.kernel = nil }.adjustsSharers)
  }

  @Test("may kill others before the kernel does")
  func killers() throws {
    let all = try ["earlyoom", "sh", "systemd-oomd"].enumerated().map { index, name in
      try ScoredProcess.unjudged(.named(name, id: Int32(index + 10)))
    }
    let tree = try FixtureTree([
      "proc/version": "", "sys/fs/cgroup/system.slice/nohang.service/cgroup.procs": "5\n6\n",
    ])
    let world = try tree.world()
    #expect(OtherKillers.among(all).map(\.id.rawValue) == [10, 12])
    #expect(OtherKillers.running(among: all, in: world) == ["earlyoom[10]", "systemd-oomd[12]"])
    #expect(OtherKillers.running(among: [all[1]], in: world) == ["nohang[5]", "nohang[6]"])
  }
}

@Suite("The measure for processes")
struct MachineMeasureTests {
  @Test("is the kernel's own rule, or another that is asked for")
  func rules() throws {
    let machine = try FixtureMachine.idle("4.18.0").measure()
    #expect(machine.rule?.since == KernelVersion(4, 17) && machine.isKernelsOwnRule)
    #expect(machine.selection?.since == KernelVersion(4, 9) && !machine.readsLegacyAdjustment)
    #expect(machine.release == "4.18.0" && machine.bystander == nil)
    let unknown = try FixtureMachine.idle("x").measure()
    #expect(unknown.rule == nil && !unknown.isKernelsOwnRule && unknown.kernel == nil)
    #expect(try FixtureMachine.idle("2.6.35").measure().readsLegacyAdjustment)
    #expect(try !FixtureMachine.idle("2.6.36").measure().readsLegacyAdjustment)
  }

  @Test("is its memory in pages, of the size that its processes imply")
  func capacity() throws {
    let machine = try FixtureMachine.idle(ram: 5000, swap: 700).measure()
    #expect(machine.capacity == MemoryCapacity(ram: 5000, swap: 700))
    #expect(machine.pageSize == 4096 && machine.restoredCapacity == nil)
    #expect(machine.bytes(3) == 12_288 && machine.bytes(-1) == -4096)
    let large = FixtureMachine(
      ram: 5000, swap: 0, pageSize: 16_384, processes: [FixtureProcess(1, "init", resident: 3)])
    #expect(try large.measure().capacity == MemoryCapacity(ram: 5000, pageSize: 16_384))
    var none = FixtureMachine.idle()
    none.processes = []
    #expect(try none.measure().capacity == nil && none.measure().bytes(3) == nil)
  }

  @Test("is that of a 32-bit kernel where its addresses are few")
  func wordSize() throws {
    let machine = FixtureMachine.idle().with(memory: [
      ("MemTotal", 4000), ("VmallocTotal", 122_880),
    ])
    #expect(try machine.measure().capacity?.wordSize == .bits32)
    #expect(try FixtureMachine.idle().measure().capacity?.wordSize == .bits64)
  }

  @Test("is without an area of swap that is being switched off, until that is over")
  func swapOff() throws {
    var machine = FixtureMachine.idle(swap: 100)
    machine.files["proc/swaps"] = "Filename Type Size Used Priority\n/a partition 4000 3600 -2\n"
    let found = try machine.measure()
    #expect(found.capacity?.swap == 0 && found.restoredCapacity?.swap == 1000)
    #expect(found.capacity?.ram == found.restoredCapacity?.ram)
  }
}
