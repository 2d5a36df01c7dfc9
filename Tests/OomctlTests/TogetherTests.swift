import Configuration
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Changes
@testable import oomctl

@Suite("Settings of one call are set all or none:")
struct TogetherTests {
  private func change(_ key: String, _ old: String, _ new: String) -> Change {
    let path = String(key.map { $0 == "." ? "/" : $0 })
    return Change(
      target: key, file: path, old: .text(old), new: .text(new),
      action: .setting(SettingWrite(path: path, old: old, new: new)))
  }

  private func carryOut(_ changes: [Change], on tree: FixtureTree) throws -> [Change] {
    let world = try tree.world()
    var session = try ChangeSession(of: "tune", in: world)
    var changes = changes
    session.carryOutTogether(&changes, in: world)
    return changes
  }

  @Test("those before the one that fails are taken back, those after it not begun")
  func failure() throws {
    let tree = try FixtureMachine.tuned.with(files: ["proc/sys/vm/folder": .folder]).tree()
    let before = try tree.contents()
    let changes = try carryOut(
      [
        change("vm.swappiness", "60", "10"), change("kernel.panic", "0", "10"),
        change("vm.folder", "0", "1"), change("vm.panic_on_oom", "0", "1"),
      ], on: tree)
    #expect(changes.map(\.result) == [.failed, .failed, .failed, .refused])
    #expect(changes[0].error == "vm.swappiness: taken back, as another one failed")
    #expect(changes[2].error?.contains("Is a directory") == true)
    #expect(try tree.settings(since: before).isEmpty)
    #expect(try tree.readJournal().calls.allSatisfy(\.isSettled))
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }

  @Test("one that isn't kept as it was written is taken back too")
  func unkept() throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    // It reads back with one blank.
    let changes = try carryOut(
      [change("kernel.panic", "0", "10"), change("vm.swappiness", "60", "1  2")], on: tree)
    #expect(changes.map(\.result) == [.failed, .failed])
    #expect(changes[1].error == "vm.swappiness: reads 1 2, though 1  2 was written")
    #expect(try tree.settings(since: before).isEmpty)
    #expect(try tree.readJournal().calls.allSatisfy(\.isSettled))
  }

  @Test("what can't be taken back stays in the journal")
  func stuck() throws {
    let tree = try FixtureMachine.tuned.with(files: ["proc/sys/vm/folder": .folder]).tree()
    // What was there before can't be read back as it was written.
    let changes = try carryOut(
      [
        change("vm.swappiness", "6  0", "10"), change("kernel.panic", "0", "10"),
        change("vm.folder", "0", "1"),
      ], on: tree)
    #expect(changes[0].error?.hasPrefix("vm.swappiness: can't be taken back: ") == true)
    let call = try #require(try tree.readJournal().calls.last)
    #expect(call.changes.map(\.isSettled) == [false, true, true])
  }
}
