import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("What a reclaim takes from a process")
struct DroppedMemoryTests {
  /// In kB: of files, shared, locked and anonymous; swap has room for so much of all that could go there.
  struct Case: Sendable {
    var file = 0, shared = 0, locked = 0, anonymous = 100
    var room = 0, all = 0
    var dropped: Int
  }

  @Test(
    "is what is of files, and shared memory as far as swap goes, but for what is locked",
    arguments: [
      Case(dropped: 0), Case(file: 50, dropped: 50), Case(file: 50, shared: 30, dropped: 50),
      Case(shared: 30, room: 30, all: 30, dropped: 30),
      Case(shared: 30, room: 15, all: 30, dropped: 15),
      Case(shared: 30, room: 30, all: 90, dropped: 10), Case(shared: 30, room: 1, dropped: 30),
      Case(file: 50, locked: 100, dropped: 50), Case(file: 50, locked: 120, dropped: 30),
      Case(file: 50, locked: 500, dropped: 0),
      Case(file: 50, shared: 30, locked: 120, room: 30, all: 30, dropped: 60),
    ])
  func told(of one: Case) {
    var status = ProcessStatus()
    status.fileMapped = Kibibytes(one.file)
    status.shared = Kibibytes(one.shared)
    status.locked = Kibibytes(one.locked)
    status.anonymous = Kibibytes(one.anonymous)
    let record = ProcessSnapshot(id: ProcessID(1), status: status)
    let reclaim = Reclaim(swapRoom: one.room << 10, swappable: one.all << 10)
    #expect(reclaim.dropped(from: record) == one.dropped << 10)
  }

  @Test(
    "isn't known where nothing tells files apart, and is all but the anonymous where statm does")
  func old() {
    var status = ProcessStatus()
    status.resident = Kibibytes(400)
    let reclaim = Reclaim(swapRoom: 0, swappable: 0)
    var record = ProcessSnapshot(id: ProcessID(1), status: status)
    #expect(reclaim.dropped(from: record) == nil)
    var sizes = ProcessSizes(parsing: Array("200 100 25 0 0 0 0\n".utf8).span)
    sizes?.residentPages = 100
    record.sizes = sizes
    #expect(reclaim.dropped(from: record) == 100 << 10)
  }

  @Test(
    "is partial where swap has room for a part",
    arguments: [
      (0, 0, false), (0, 5, false), (5, 5, false), (5, 6, true), (6, 5, false), (-1, 5, false),
    ])
  func partial(room: Int, all: Int, isPartial: Bool) {
    #expect(Reclaim(swapRoom: room, swappable: all).isPartial == isPartial)
    #expect(Reclaim(swapRoom: room, swappable: all).swapRoom == max(0, room))
  }

  @Test("is all or nothing of shared memory at its extremes, as far as swap goes")
  func extremes() {
    var status = ProcessStatus()
    status.fileMapped = Kibibytes(7)
    status.shared = Kibibytes(30)
    let record = ProcessSnapshot(id: ProcessID(1), status: status)
    for (room, all, stays, goes) in [(20, 60, 7, 27), (40, 60, 7, 37), (60, 60, 37, 37)] {
      let (first, second) = Reclaim(swapRoom: room << 10, swappable: all << 10).extremes
      #expect(first.dropped(from: record) == stays << 10)
      #expect(second.dropped(from: record) == goes << 10)
    }
  }

  @Test("isn't more than there is, in pages")
  func candidate() throws {
    var fixture = FixtureMachine.two()
    fixture[10].memory?.file = 450
    fixture[10].memory?.shared = 0
    let tree = try fixture.tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let all = try ProcessList(on: machine, needs: .all, isScored: true, in: world.proc).subjects
    let one = try #require(all.first { $0.id == ProcessID(10) })
    let reclaim = Reclaim(swapRoom: 0, swappable: 0)
    #expect(reclaim.candidate(of: one, pageSize: 4096)?.memory?.resident == 50)
    #expect(reclaim.candidate(of: one, pageSize: 2048)?.memory?.resident == 0)
    let other = try #require(all.first { $0.id == ProcessID(11) })
    #expect(reclaim.candidate(of: other, pageSize: 4096)?.memory?.resident == 400)
  }
}
