import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The real program, when it can't adjust,")
struct AdjustRefusalTests {
  @Test("tells that /proc is read only", .enabled(if: Executable.canMount, "root can mount"))
  func readOnly() throws {
    let child = try Child()
    let start = try child.adjustment
    let journal = try FixtureTree()
    let result = try Executable.runApart(
      ["adjust", "-n", "700", "\(child.id)"], journalIn: journal,
      after: "mount -o remount,ro,bind /proc")
    let file = "/proc/\(child.id)/oom_score_adj"
    #expect(
      result.errors == """
        oomctl: sleep[\(child.id)]: \(file): Read-only file system
        /proc is mounted for reading only, as in some containers: do it from outside.

        """)
    #expect(result.output.hasSuffix(" failed\n") && result.status == 1)
    #expect(try child.adjustment == start)
    // It never happened, so there is nothing to undo.
    let undo = try Executable.runApart(["undo"], journalIn: journal)
    #expect(undo.errors == "oomctl: there is nothing to undo\n" && undo.status == 1)
  }

  @Test(
    "advises an ordinary user to become root",
    .enabled(if: Executable.canRunAsNobody, "root can become another user"))
  func ordinaryUser() throws {
    let tree = try FixtureMachine.server.tree()
    let result = try Executable.runAsNobody([
      "adjust", "-q", "-n", "7", "1200", "--root", tree.path,
    ])
    let file = "\(tree.path)/proc/1200/oom_score_adj"
    #expect(
      result.errors
        == "oomctl: java[1200]: \(file): Permission denied\nTry again as root.\n")
    #expect(result.status == 1)
    #expect(try tree.adjustment(of: 1200) == "0")
  }

  @Test("leaves the old value where the new one has no room", .enabled(if: Self.canLimit))
  func noRoom() throws {
    let tree = try FixtureMachine.server.tree()
    let path = try #require(Executable.path)
    let prlimit = try #require(Executable.tool("prlimit"))
    // No file may be longer than 2 bytes, but pipes may.
    let words = "adjust -n 1000 1200 --no-headings --root"
    let result = try Executable.run(
      "/bin/sh",
      ["-c", "trap '' XFSZ; { \(prlimit) --fsize=2 \(path) \(words) \(tree.path) 2>&1; } | cat"])
    let file = "\(tree.path)/proc/1200/oom_score_adj"
    let journal = "\(tree.path)/var/lib/oomctl/journal"
    let note = "File too large: this can't be undone by 'oomctl undo'"
    #expect(
      result.output.split(separator: "\n").prefix(2) == [
        "oomctl: java[1200]: \(file): File too large",
        "oomctl: \(journal): \(note)",
      ])
    #expect(try text(at: journal).isEmpty)
    #expect(try tree.adjustment(of: 1200) == "0")
  }

  private static let canLimit = Executable.path != nil && Executable.tool("prlimit") != nil
}

@Suite(
  "Processes that share memory",
  .enabled(if: Hog.isPossible, "needs a C compiler, and to compare memories"))
struct SharedAdjustmentTests {
  @Test("change along, and are undone along")
  func along() throws {
    let hog = try Hog(["name=outer", "share", "name=inner", ".", "ready"])
    defer { hog.stop() }
    let inner = try hog.child
    let journal = try FixtureTree()
    let environment = Environment.keepingJournal(in: journal)
    let plan = try run(
      ["adjust", "-n", "700", "\(hog.id)", "--json", "--dry-run"], in: environment
    )
    .rows
    let file = "oom_score_adj \(hog.start) -> 700"
    #expect(plan == ["outer[\(hog.id)] \(file) planned", "inner[\(inner)] \(file) planned"])
    let change = run(["adjust", "-n", "700", "\(hog.id)", "--json"], in: environment)
    #expect(
      try change.rows == ["outer[\(hog.id)] \(file) done", "inner[\(inner)] \(file) done"])
    #expect(try text(at: "/proc/\(inner)/oom_score_adj") == "700\n")
    #expect(run(["undo"], in: environment).status == .done)
    #expect(try text(at: "/proc/\(inner)/oom_score_adj") == "\(hog.start)\n")
    #expect(try text(at: "/proc/\(hog.id)/oom_score_adj") == "\(hog.start)\n")
  }

  @Test("don't change along where the write fails", .enabled(if: Ability.meetsFloor))
  func failure() throws {
    let hog = try Hog(["name=outer", "share", "name=inner", ".", "ready"])
    defer { hog.stop() }
    let inner = try hog.child
    let journal = try FixtureTree()
    let environment = Environment.keepingJournal(in: journal)
    let change = run(["adjust", "-n", "-1000", "\(hog.id)", "--json"], in: environment)
    let old = "oom_score_adj \(hog.start)"
    #expect(
      try change.rows == [
        "outer[\(hog.id)] \(old) -> -1000 failed",
        "inner[\(inner)] \(old) -> \(hog.start) unchanged",
      ])
    #expect(run(["undo"], in: environment).errors == "oomctl: there is nothing to undo\n")
  }
}
