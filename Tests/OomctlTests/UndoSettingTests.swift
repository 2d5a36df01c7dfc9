import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A setting that was changed")
struct UndoSettingTests {
  private func tree(_ changes: [(key: String, old: String, new: String)], boot: String = "-") throws
    -> FixtureTree
  {
    let tree = try FixtureMachine.tuned.tree()
    let entries = changes.enumerated().map { index, change in
      let path = String(change.key.map { $0 == "." ? "/" : $0 })
      return Journal.Entry(
        call: 1, index: index, time: 100, command: "tune",
        change: .setting(
          .init(path: "sys/\(path)", old: change.old, new: change.new, boot: boot)))
    }
    try tree.add(.file(entries.flatMap { Journal.line(for: $0) }), at: FixtureTree.journal)
    for (key, _, new) in changes {
      let path = String(key.map { $0 == "." ? "/" : $0 })
      try tree.add(.file(Array("\(new)\n".utf8)), at: "proc/sys/\(path)")
    }
    return tree
  }

  @Test("is brought back, the last one of a call first")
  func back() throws {
    let tree = try tree([("vm.overcommit_ratio", "50", "80"), ("vm.overcommit_memory", "0", "2")])
    let rows = ["vm.overcommit_memory 2 -> 0 ", "vm.overcommit_ratio 80 -> 50 "]
    let plan = run(["undo", "--dry-run", "--json"], on: tree)
    #expect(try plan.tunings == rows.map { $0 + "planned" })
    let undo = run(["undo", "--json"], on: tree)
    #expect(try undo.tunings == rows.map { $0 + "done" })
    #expect(undo.errors.isEmpty && undo.status == .done)
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }

  @Test(
    "of a pair is brought back with the other one",
    arguments: [
      [("vm.overcommit_ratio", "0", "80"), ("vm.overcommit_kbytes", "2000000", "0")],
      [("vm.overcommit_kbytes", "0", "2000000"), ("vm.overcommit_ratio", "50", "0")],
    ])
  func pair(changes: [(key: String, old: String, new: String)]) throws {
    let tree = try tree(changes)
    #expect(run(["undo"], on: tree).status == .done)
    for change in changes { #expect(try tree.setting(change.key) == change.old) }
  }

  @Test("several times is brought back step by step, or all at once", arguments: [true, false])
  func several(atOnce: Bool) throws {
    let tree = try FixtureMachine.tuned.tree()
    for word in [
      "overcommit_ratio=80", "overcommit_kbytes=9", "overcommit_ratio=70", "swappiness=1",
    ] {
      #expect(run(["tune", word], on: tree).status == .done)
    }
    let before = try FixtureMachine.tuned.tree()
    for _ in 0..<(atOnce ? 1 : 4) {
      #expect(run(["undo"] + (atOnce ? ["--all"] : []), on: tree).status == .done)
    }
    for key in ["vm.overcommit_ratio", "vm.overcommit_kbytes", "vm.swappiness"] {
      #expect(try tree.setting(key) == before.setting(key))
    }
  }

  @Test("by another since is left alone, unless it is forced")
  func changedByAnother() throws {
    let tree = try tree([("vm.swappiness", "60", "10")])
    try tree.add("7\n", at: "proc/sys/vm/swappiness")
    let undo = run(["undo"], on: tree)
    #expect(
      undo.errors == """
        oomctl: vm.swappiness: is 7 now, set by someone else since
        --force brings it back to 60 nevertheless.

        """)
    #expect(try undo.status == .refused && tree.setting("vm.swappiness") == "7")
    let forced = run(["undo", "--force", "--json"], on: tree)
    #expect(try forced.tunings == ["vm.swappiness 7 -> 60 done"])
  }

  @Test("and is what it was already needs nothing")
  func already() throws {
    let tree = try tree([("vm.swappiness", "60", "10")])
    try tree.add("60\n", at: "proc/sys/vm/swappiness")
    let undo = run(["undo", "--json"], on: tree)
    #expect(try undo.tunings == ["vm.swappiness 60 -> 60 unchanged"])
    #expect(undo.status == .done)
    #expect(run(["undo"], on: tree).status == .failed)
  }

  @Test("before the last boot is forgotten, and stays as it is")
  func anotherBoot() throws {
    let tree = try tree([("vm.swappiness", "60", "10")], boot: "other")
    let undo = run(["undo"], on: tree)
    #expect(undo.output.contains("vm.swappiness: was set before the last boot."))
    #expect(try undo.status == .done && tree.setting("vm.swappiness") == "10")
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }

  @Test(
    "in a journal that somebody made up isn't written",
    arguments: ["vm.../../../victim", "kernel.core_pattern", "vm.drop_caches"])
  func foreign(key: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let path = key.split(separator: ".", maxSplits: 1).joined(separator: "/")
    try tree.addJournal([.setting(.init(path: "sys/\(path)", old: "1", new: "0", boot: "-"))])
    try tree.add("0\n", at: "proc/sys/vm/drop_caches")
    let before = try tree.contents()
    _ = run(["undo", "--force"], on: tree)
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test("whose file is gone can't be brought back")
  func gone() throws {
    let tree = try tree([("vm.swappiness", "60", "10")])
    tree.remove("proc/sys/vm/swappiness")
    let undo = run(["undo"], on: tree)
    #expect(undo.errors.contains("vm.swappiness: this kernel has no such setting"))
    #expect(undo.status == .failed)
    // Not forgotten.
    #expect(try tree.readJournal().calls.first?.isSettled == false)
  }
}
