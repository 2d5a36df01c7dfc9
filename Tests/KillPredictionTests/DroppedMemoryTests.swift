import ProcFS
import Testing

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
}
