import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes

@Suite("A request for an adjustment")
struct AdjustmentRequestTests {
  @Test(
    "is rounded to the old scale, of which only -1000 is the exempting value",
    arguments: [
      (-1001, -17), (-1000, -17), (-999, -16), (-942, -16), (-941, -16), (-912, -16), (-911, -15),
      (-30, -1), (-29, 0), (0, 0), (29, 0), (30, 1), (500, 9), (882, 15), (999, 15), (1000, 15),
      (1001, 15),
    ])
  func oldScale(adjustment: Int, legacy: Int) {
    #expect(OOMAdjustment.legacy(from: adjustment) == legacy)
  }

  /// The value that comes of a process at 100, or on the old scale at 1.
  private func value(_ request: AdjustmentRequest, kernel: String? = nil) throws -> Int? {
    let machine = try ChangedMachine(
      .server(1200) {
        $0.adjustment = 100
        $0.legacyAdjustment = 1
      }, kernel: kernel)
    let change = request.change(
      of: try machine.subject(1200), on: machine.machine, in: machine.world)
    guard case .adjustment(let write) = change.action else { return nil }
    #expect((change.result == .unchanged) == (write.value == write.old))
    #expect(change.target == "java[1200]")
    return write.value
  }

  @Test(
    "is kept within the scale",
    arguments: [
      (.absolute(-1000), -1000), (.absolute(1000), 1000), (.absolute(1001), 1000),
      (.absolute(-1001), -1000), (.absolute(100), 100), (.relative(50), 150), (.relative(-50), 50),
      (.relative(0), 100), (.relative(900), 1000), (.relative(901), 1000),
      (.relative(-1101), -1000),
      (.relative(.max), 1000), (.atMost(50), 50), (.atMost(100), 100), (.atMost(101), 100),
    ] as [(AdjustmentRequest.Amount, Int)])
  func modern(amount: AdjustmentRequest.Amount, value: Int) throws {
    #expect(try self.value(AdjustmentRequest(amount: amount)) == value)
  }

  @Test(
    "is on the old scale where that is asked for, or there is no other",
    arguments: [
      (.absolute(5), true, "6.1", 5), (.absolute(-18), true, "6.1", -17),
      (.absolute(16), true, "6.1", 15), (.relative(3), true, "6.1", 4),
      (.atMost(0), true, "6.1", 0),
      (.absolute(500), false, "2.6.30", 9), (.absolute(-1000), false, "2.6.30", -17),
      (.relative(500), false, "2.6.30", 10), (.atMost(-30), false, "2.6.30", -1),
      (.absolute(5), true, "2.6.30", 5),
    ] as [(AdjustmentRequest.Amount, Bool, String, Int)])
  func legacy(amount: AdjustmentRequest.Amount, isLegacy: Bool, kernel: String, value: Int) throws {
    let request = AdjustmentRequest(amount: amount, isLegacy: isLegacy)
    #expect(try self.value(request, kernel: kernel) == value)
  }

  @Test("names the file that is written")
  func files() throws {
    let machine = try ChangedMachine()
    for (isLegacy, name) in [(false, "oom_score_adj"), (true, "oom_adj")] {
      let change = AdjustmentRequest(amount: .absolute(3), isLegacy: isLegacy).change(
        of: try machine.subject(1200), on: machine.machine, in: machine.world)
      #expect(change.file.hasSuffix("proc/1200/\(name)"))
    }
  }

  @Test("lowers where it comes to less than there is, and may where that isn't known")
  func lowering() throws {
    let machine = try ChangedMachine(.server(1200) { $0.adjustment = 100 })
    let record = try machine.subject(1200).record
    for (number, lowers) in [(99, true), (100, false), (101, false)] {
      let request = AdjustmentRequest(amount: .absolute(number))
      #expect(request.lowers(record, on: machine.machine) == lowers)
    }
    #expect(!AdjustmentRequest(amount: .atMost(100)).lowers(record, on: machine.machine))
    #expect(AdjustmentRequest(amount: .atMost(99)).lowers(record, on: machine.machine))
    let unknown = ProcessSnapshot(id: ProcessID(5))
    #expect(AdjustmentRequest(amount: .absolute(1000)).lowers(unknown, on: machine.machine))
  }

  @Test("is for the file that there is; one that can't be read isn't missing")
  func presentFile() throws {
    let machine = try ChangedMachine().machine
    let only = ProcessSnapshot(id: ProcessID(5), legacyAdjustment: 3)
    #expect(machine.file(for: only, isLegacy: false) == .legacy)
    let both = ProcessSnapshot(id: ProcessID(5), adjustment: 3, legacyAdjustment: 3)
    #expect(machine.file(for: both, isLegacy: false) == .modern)
    #expect(machine.file(for: both, isLegacy: true) == .legacy)
    let unread = ProcessSnapshot(id: ProcessID(5), legacyAdjustment: 3, unknown: .adjustment)
    #expect(machine.file(for: unread, isLegacy: false) == .modern)
    let none = ProcessSnapshot(id: ProcessID(5))
    #expect(machine.file(for: none, isLegacy: false) == .modern)
    let old = try ChangedMachine(kernel: "2.6.30").machine
    #expect(old.file(for: both, isLegacy: false) == .legacy)
  }

  @Test("fails where the present value can't be read")
  func unreadable() throws {
    let machine = try ChangedMachine()
    var subject = try machine.subject(1200)
    subject.record.adjustment = nil
    subject.record.legacyAdjustment = nil
    let change = AdjustmentRequest(amount: .absolute(1)).change(
      of: subject, on: machine.machine, in: machine.world)
    #expect(change.result == .failed)
    #expect(change.error?.hasSuffix("oom_score_adj can't be read") == true)
  }

  @Test("is of older processes first, and among equals of lower numbers")
  func order() throws {
    let machine = try ChangedMachine(
      .server.with {
        $0[1200].startTicks = 300
        $0[1300].startTicks = 200
        $0[1400].startTicks = 200
      })
    let subjects = try [1200, 1400, 1300].map { try machine.subject($0) }
    #expect(
      subjects.sorted { $0.startsBefore($1) }.map(\.id.rawValue) == [1300, 1400, 1200])
    #expect(!subjects[0].startsBefore(subjects[0]))
  }

  @Test("says where an addition would lead beyond the limit")
  func cuts() throws {
    func hints(_ amount: AdjustmentRequest.Amount, isLegacy: Bool = false) throws -> [String] {
      let machine = try ChangedMachine(.server(1200) { $0.adjustment = 900 })
      var options = SelectionOptions()
      options.ids = [try #require(ProcessNumber(argument: "1200"))]
      let context = try ProcessContext(CommonOptions(), selection: options, in: machine.world)
      let request = AdjustmentRequest(amount: amount, isLegacy: isLegacy)
      let targets = try Targets(of: context, ChangeOptions(), for: request, in: machine.world)
      return AdjustmentPlan(request, targets, on: machine.machine, in: machine.world).report.hints
    }
    #expect(try hints(.relative(100)) == [])
    #expect(
      try hints(.relative(101)) == ["java[1200]: 1001 would be beyond the limit: it is 1000."])
    #expect(
      try hints(.relative(-1901)) == ["java[1200]: -1001 would be beyond the limit: it is -1000."])
    #expect(try hints(.absolute(1000)) == [])
    #expect(try hints(.relative(20), isLegacy: true) == [])
  }
}
