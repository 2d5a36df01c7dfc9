import Configuration
import Glibc
import Posix
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The journal on the disk")
struct JournalStoreTests {
  private static let note = "this can't be undone by 'oomctl undo'"

  @Test(
    "survives a torn last line and damaged ones",
    arguments: ["adjustm", "adjustment\t2\t0", "\0\0\0", "nonsense\n", "\n\n"])
  func damage(rest: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.adjustment(.java(0, 7))], and: Array(rest.utf8))
    #expect(run(["adjust", "-n", "9", "1300", "1400"], on: tree).errors.isEmpty)
    #expect(try tree.readJournal().calls.map(\.id) == [1, 2])
    #expect(
      try run(["undo", "--json"], on: tree).rows == [
        "bash[1400] oom_score_adj 9 -> 0 done", "fluentd[1300] oom_score_adj 9 -> 500 done",
      ])
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.readJournal().calls.map(\.isSettled) == [true, true])
  }

  @Test("is cut when it is too long; what is left can be undone")
  func tooLong() throws {
    let tree = try FixtureMachine.server.tree()
    let count = 14_000
    try tree.addJournal((1...count).map { .adjustment(.java($0 - 1, $0)) })
    #expect(try bytes(at: "\(tree.path)/\(FixtureTree.journal)").count > 1 << 20)
    #expect(run(["adjust", "-n", "7", "1300"], on: tree).errors.isEmpty)
    let journal = try tree.readJournal()
    #expect(
      try (1 << 18...1 << 19 + 200).contains(bytes(at: "\(tree.path)/\(FixtureTree.journal)").count)
    )
    #expect(journal.calls.last?.id == count + 1 && journal.nextCall == count + 2)
    #expect(journal.damagedLineCount == 0)
    #expect(
      try names(in: "\(tree.path)/var/lib/oomctl").sorted() == [".", "..", "journal", "lock"])
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 1300) == "500")
  }

  @Test(
    "isn't kept where it can't be, and the change is made nevertheless",
    arguments: ["folder", "file", "lock", "pipe"])
  func planted(kind: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add("untouched", at: "tmp/theirs/journal")
    let folder = "var/lib/oomctl"
    switch kind {
    case "folder":
      try tree.add(.folder, at: "var/lib/x")
      try tree.add(.link("/tmp/theirs"), at: folder)
    case "file": try tree.add(.link("/tmp/theirs/journal"), at: "\(folder)/journal")
    case "lock": try tree.add(.link("/tmp/theirs/journal"), at: "\(folder)/lock")
    default:
      try tree.add("", at: "\(folder)/x")
      try #require(unsafe mkfifo("\(tree.path)/\(folder)/journal", 0o600) == 0)
    }
    let change = run(["adjust", "-n", "7", "1300"], on: tree)
    #expect(change.errors.hasPrefix("oomctl: ROOT/\(folder)"))
    #expect(change.errors.hasSuffix(": \(Self.note)\n"))
    #expect(change.errors.split(separator: "\n").count == 1)
    #expect(change.output.hasSuffix(" done\n") && change.status == .done)
    #expect(try tree.adjustment(of: 1300) == "7")
    #expect(try text(at: "\(tree.path)/tmp/theirs/journal") == "untouched")
    #expect(try names(in: "\(tree.path)/tmp/theirs").count == 3)
    // A remark falls silent where none is wanted.
    #expect(run(["adjust", "-q", "-n", "8", "1300"], on: tree).errors.isEmpty)
    // It doesn't say that there is nothing, where it can't know.
    let undo = run(["undo"], on: tree)
    #expect(undo.errors == change.errors && undo.status == .failed)
  }

  @Test("has no place without a home")
  func noHome() throws {
    let child = try Child()
    let start = try child.adjustment
    let environment = Environment(variables: ["HOME": ""], userID: { 1000 })
    let change = run(["adjust", "-n", "700", "\(child.id)"], in: environment)
    #expect(change.errors.hasSuffix("oomctl: no home folder: \(Self.note)\n"))
    #expect(change.status == .done)
    try child.setAdjustment(start)
  }

  @Test(
    "lies with the state of an ordinary user",
    arguments: [("XDG_STATE_HOME", "oomctl"), ("HOME", ".local/state/oomctl")])
  func places(variable: String, folder: String) throws {
    let tree = try FixtureTree(["x": ""])
    let child = try Child()
    let environment = Environment(
      variables: .listed([variable: tree.path]), userID: { 1000 })
    #expect(run(["adjust", "-q", "-n", "700", "\(child.id)"], in: environment).errors.isEmpty)
    let journal = try Journal(parsing: bytes(at: "\(tree.path)/\(folder)/journal"))
    #expect(journal.calls.count == 1)
    #expect(run(["undo"], in: environment).status == .done)
  }

  @Test("keeps no half line on a full disk", .enabled(if: Executable.canMount, "root can mount"))
  func fullDisk() throws {
    let child = try Child()
    let start = try child.adjustment
    let tree = try FixtureTree(["seen": ""])
    // One page, of which 40 bytes are free.
    let words = ["adjust", "-n", "700", "\(child.id)", "--no-headings"]
    let result = try Executable.runApart(
      words, journalIn: tree,
      after: """
        mount -t tmpfs -o size=4k tmpfs /var/lib && mkdir /var/lib/oomctl \
        && head -c 4056 /dev/zero | tr '\\0' x > /var/lib/oomctl/journal \
        && sh -c "$0 $* 2>&1; wc -c < /var/lib/oomctl/journal" "$0" "$@" > \(tree.path)/seen; set -- --version
        """)
    #expect(result.status == 0)
    let seen = try text(at: "\(tree.path)/seen").split(separator: "\n")
    #expect(
      seen.suffix(3) == [
        "oomctl: /var/lib/oomctl/journal: No space left on device: \(Self.note)"[...],
        "sleep[\(child.id)]  oom_score_adj  \(start)  700  done"[...], "4056",
      ])
    #expect(try child.adjustment == 700)
  }

  @Test(
    "is written by one program at a time: the second waits",
    .enabled(if: Executable.path != nil, "the program lies beside the tests"))
  func twoAtOnce() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add("", at: "var/lib/oomctl/x")
    let folder = try Directory(path: "\(tree.path)/var/lib/oomctl")
    let lock = try FileLock("lock", in: folder, timeout: 0)
    let path = try #require(Executable.path)
    let second = try Spawned(path, ["adjust", "-n", "7", "1300", "--root", tree.path])
    usleep(400_000)
    #expect(try tree.adjustment(of: 1300) == "500")
    _ = consume lock
    #expect(second.wait() == 0)
    #expect(try tree.adjustment(of: 1300) == "7")
  }
}
