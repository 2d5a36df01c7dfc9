import Configuration
import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes

@Suite("The changes of a call")
struct ChangeSessionTests {
  /// Carries changes out, and tells what came of them.
  private func carryOut(
    _ changes: [Change], on machine: borrowing ChangedMachine, together: Bool = false
  ) throws -> [Change] {
    var changes = changes
    var session = try ChangeSession(of: "tune", in: machine.world)
    if together {
      session.carryOutTogether(&changes, in: machine.world)
    } else {
      session.carryOut(&changes, in: machine.world)
    }
    #expect(session.notes.isEmpty)
    return changes
  }

  @Test("are in the journal, with their caller, before they are made")
  func journal() throws {
    let machine = try ChangedMachine {
      $0.variables = ["SUDO_USER": "", "DOAS_USER": "alice"]
      $0.terminalName = { "pts/3" }
    }
    let changes = [
      Change.swappiness(from: "60", to: "10"), .file("/etc/oomctl/x", from: nil, to: "y\n"),
    ]
    #expect(try carryOut(changes, on: machine).map(\.result) == [.done, .done])
    #expect(try machine.text("proc/sys/vm/swappiness") == "10")
    let call = try #require(try machine.journal.calls.first)
    #expect(call.command == "tune" && call.time == 1_700_000_000)
    #expect(call.caller == .init(userID: 0, throughUser: "alice", terminal: "pts/3"))
    #expect(call.changes.map(\.index) == [0, 1])
    #expect(call.changes.map(\.state) == [.done, .done])
    let again = try carryOut([.swappiness(from: "10", to: "20")], on: machine)
    #expect(again.map(\.result) == [.done])
    #expect(try machine.journal.calls.map(\.id) == [1, 2])
  }

  @Test("that fail are marked as failed, and only these")
  func failures() throws {
    let machine = try ChangedMachine()
    let changes = [
      Change.setting("vm/none/x", from: "1", to: "2"), .swappiness(from: "60", to: "10"),
      .file("/etc/oomctl/x", from: "other", to: "y\n"),
    ]
    #expect(try carryOut(changes, on: machine).map(\.result) == [.failed, .done, .failed])
    #expect(try machine.journal.calls[0].changes.map(\.state) == [.failed, .done, .failed])
  }

  @Test("that aren't planned aren't made, nor written down")
  func unplanned() throws {
    let machine = try ChangedMachine()
    let change = Change.swappiness(from: "60", to: "10")
    let changes = [change.refused("no"), change.failed(Failure("no"))]
    #expect(try carryOut(changes, on: machine).map(\.result) == [.refused, .failed])
    #expect(try machine.text("proc/sys/vm/swappiness") == "60\n")
    #expect(try machine.journal.calls.isEmpty)
  }

  @Test("that are made all or none aren't begun where one is refused")
  func refusedTogether() throws {
    let machine = try ChangedMachine()
    let change = Change.swappiness(from: "60", to: "10")
    for other in [change.refused("no"), change.failed(Failure("no"))] {
      let made = try carryOut([change, other], on: machine, together: true)
      #expect(made[0].result == .refused && made[1].result == other.result)
    }
    #expect(try machine.text("proc/sys/vm/swappiness") == "60\n")
  }

  @Test("that are made all or none are taken back where one fails")
  func takenBack() throws {
    let machine = try ChangedMachine(
      .server.with { $0.files["proc/sys/vm/panic_on_oom"] = "0\n" })
    let changes = [
      Change.swappiness(from: "60", to: "10"), .file("/etc/oomctl/x", from: nil, to: "y\n"),
      .setting("vm/none/x", from: "1", to: "2"), .setting("vm/panic_on_oom", from: "0", to: "1"),
    ]
    let made = try carryOut(changes, on: machine, together: true)
    #expect(made.map(\.result) == [.failed, .failed, .failed, .refused])
    #expect(made[0].error == "vm.swappiness: taken back, as another one failed")
    #expect(made[0].new == made[0].old)
    #expect(try machine.text("proc/sys/vm/swappiness") == "60")
    #expect(try machine.text("proc/sys/vm/panic_on_oom") == "0\n")
    #expect(try !names(in: "\(machine.tree.path)/etc").contains("oomctl/x"))
    #expect(
      try machine.journal.calls[0].changes.map(\.state) == [.failed, .failed, .failed, .failed])
  }

  @Test("that are made all or none are made where none fails")
  func together() throws {
    let machine = try ChangedMachine()
    let changes = [
      Change.swappiness(from: "60", to: "10"), .file("/etc/oomctl/x", from: nil, to: "y\n"),
    ]
    let made = try carryOut(changes, on: machine, together: true)
    #expect(made.map(\.result) == [.done, .done])
    #expect(try machine.text("etc/oomctl/x") == "y\n")
    #expect(try machine.journal.calls[0].changes.map(\.state) == [.done, .done])
  }

  @Test("are made though nothing can be remembered, and that is said")
  func noJournal() throws {
    let machine = try ChangedMachine()
    try machine.tree.add("x", at: "var/lib/oomctl")
    var session = try ChangeSession(of: "tune", in: machine.world)
    #expect(session.notes.count == 1 && !session.notes[0].isError)
    #expect(session.notes[0].text.hasSuffix("this can't be undone by 'oomctl undo'"))
    var changes = [Change.swappiness(from: "60", to: "10")]
    session.carryOut(&changes, in: machine.world)
    #expect(changes[0].result == .done)
    #expect(session.history.isEmpty)
  }
}

@Suite("A change")
struct ChangeTests {
  @Test("of a file isn't made where that isn't as it was, and says so")
  func fileChanges() throws {
    let machine = try ChangedMachine()
    try machine.tree.add("a\n", at: "etc/oomctl/x")
    for (old, isMade) in [("a\n", true), ("b\n", false), (nil, false)] as [(String?, Bool)] {
      try machine.tree.add("a\n", at: "etc/oomctl/x")
      var change = Change.file("/etc/oomctl/x", from: old, to: "c\n")
      change.apply(in: machine.world)
      #expect((change.result == .done) == isMade)
      #expect(try machine.text("etc/oomctl/x") == (isMade ? "c\n" : "a\n"))
      #expect(!change.mayHaveHappened)
    }
    var removal = Change.file("/etc/oomctl/x", from: "a\n", to: nil)
    removal.apply(in: machine.world)
    #expect(removal.result == .done)
    var nothing = Change.file("/etc/oomctl/y", from: nil, to: nil)
    nothing.apply(in: machine.world)
    #expect(nothing.result == .done)
  }

  @Test("is made once")
  func once() throws {
    let machine = try ChangedMachine()
    for result in [Change.Result.done, .unchanged, .failed, .refused] {
      var change = Change.swappiness(from: "60", to: "10")
      change.result = result
      change.apply(in: machine.world)
      #expect(change.result == result)
    }
    #expect(try machine.text("proc/sys/vm/swappiness") == "60\n")
  }

  @Test("of a setting that the kernel doesn't keep failed, and is put back")
  func otherValue() throws {
    let machine = try ChangedMachine()
    // Of several numbers the blanks between are the kernel's.
    var change = Change.setting("vm/swappiness", from: "60", to: " 1\t2")
    change.apply(in: machine.world)
    #expect(change.result == .failed && change.mayHaveHappened)
    #expect(change.error == "vm.swappiness: reads 1 2, though  1\t2 was written")
    for _ in 0..<2 {
      let isBack = change.takeBackRest(in: machine.world)
      #expect(isBack)
      #expect(try machine.text("proc/sys/vm/swappiness") == "60")
    }
  }

  @Test(
    "that comes along with another's write is made only where that has reached it",
    arguments: [0, 7])
  func along(old: Int) throws {
    let machine = try ChangedMachine()
    let write = AdjustmentWrite(
      process: ProcessIdentity(id: ProcessID(1200), startTicks: 100), name: "java", file: .modern,
      old: old, value: 0, expected: 0)
    var change = Change(
      target: "java[1200]", file: "", old: .integer(Int128(old)), new: .integer(0),
      action: .along(write))
    change.apply(in: machine.world)
    #expect(change.result == (old == 0 ? .unchanged : .done) && change.new == .integer(0))
    machine.tree.remove("proc/1200")
    change.result = .planned
    change.apply(in: machine.world)
    #expect(change.result == .failed && change.mayHaveHappened)
  }

  @Test("by another's write is what is found then")
  func zeroed() throws {
    let machine = try ChangedMachine()
    let write = SettingWrite(path: "vm/swappiness", old: "5", new: "0")
    var change = Change(
      target: "x", file: "", old: .text("5"), new: .text("0"), action: .zeroed(write))
    change.apply(in: machine.world)
    #expect(change.result == .done && change.new == .text("60"))
    machine.tree.remove("proc/sys/vm/swappiness")
    change.result = .planned
    change.apply(in: machine.world)
    #expect(change.result == .failed && change.mayHaveHappened)
  }

  @Test("of a planted file is refused, and of one that can't be read failed")
  func planned() throws {
    let machine = try ChangedMachine()
    try machine.tree.add(.link("/etc/passwd"), at: "etc/oomctl/link")
    try machine.tree.add(.folder, at: "etc/oomctl/folder")
    try machine.tree.add("a\n", at: "etc/oomctl/x")
    func change(_ path: String, _ new: String?) -> Change {
      Change.ofFile(path, target: "x", in: machine.world) { _ in new }
    }
    #expect(change("/etc/oomctl/link", "b").result == .refused)
    #expect(change("/etc/oomctl/folder", "b").result == .refused)
    #expect(change("/etc/oomctl/x/y", "b").result == .refused)
    #expect(change("/etc/oomctl/x", "a\n").result == .unchanged)
    #expect(change("/etc/oomctl/x", "b").result == .planned)
    #expect(change("/etc/oomctl/none", nil).result == .unchanged)
    let refused = Change.ofFile("/etc/oomctl/x", target: "x", in: machine.world) {
      bytes throws(Failure) in
      throw Failure("no: \(bytes?.count ?? 0)", advice: "go")
    }
    #expect(refused.result == .refused && refused.error == "no: 2" && refused.advice == "go")
  }
}
