import Configuration
import Glibc
import ProcFS
import ProgramSupport
import TestSupport

@testable import Core
@testable import oomctl

extension Run {
  /// What a changing command did, a text a change: `java[1200] oom_score_adj 0 -> 500 done`.
  var rows: [String] {
    get throws { try json["changes"].elements.map { try Self.row($0) } }
  }

  private static func row(_ change: JSON) throws -> String {
    let file = try words(change["file"]).split(separator: "/").last ?? ""
    return try "\(change["target"].string) \(file) \(words(change["old"])) -> "
      + "\(words(change["new"])) \(change["result"].string)"
  }

  private static func words(_ value: JSON) -> String {
    switch value {
    case .number(let digits): digits
    case .text(let text): text
    default: "-"
    }
  }
}

extension Environment {
  /// For changes of live processes: the journal lies in a test's own folder, as an ordinary user's does.
  static func keepingJournal(in tree: FixtureTree) -> Environment {
    Environment(variables: ["XDG_STATE_HOME": tree.path], userID: { 1000 })
  }
}

extension FixtureTree {
  /// What one of its processes has for an adjustment.
  func adjustment(of id: Int) throws -> String {
    try text(at: "\(path)/proc/\(id)/oom_score_adj").split(separator: "\n").joined()
  }

  /// Its world, for the parts of the program that commands are made of.
  func world() throws -> World { try World(root: path, environment: Environment()) }
}

extension Child {
  /// Its adjustment, as the kernel has it.
  var adjustment: Int {
    get throws { try ProcFS().process(ProcessID(id)).adjustment }
  }

  func setAdjustment(_ value: Int) throws {
    try ProcFS().process(ProcessID(id)).setAdjustment(value)
  }
}

extension Executable {
  /// Whether the program can be run on live processes without a trace in the machine's own journal.
  static let canRunApart: Bool = {
    guard path != nil else { return false }
    guard geteuid() == 0 else { return true }
    guard let unshare = tool("unshare") else { return false }
    let words = ["-m", "/bin/sh", "-c", "mount --bind /tmp /var/lib"]
    return (try? run(unshare, words).status) == 0
  }()

  /// Whether that runs in a mount namespace, in which more can be mounted.
  static var canMount: Bool { geteuid() == 0 && canRunApart }

  /// Runs the program with a folder of the test's in the place of the one for journals. As root
  /// `preparation` goes first: shell commands that only it notices.
  static func runApart(
    _ words: [String], journalIn tree: FixtureTree, after preparation: String = ":"
  ) throws -> Result {
    guard let path else { throw DataError("oomctl", "wasn't built") }
    guard geteuid() == 0 else {
      return try run("/usr/bin/env", ["XDG_STATE_HOME=\(tree.path)", path] + words)
    }
    guard let unshare = tool("unshare") else { throw DataError("unshare", "is missing") }
    let script = "mount --bind \(tree.path) /var/lib && { \(preparation); } && exec \"$0\" \"$@\""
    return try run(unshare, ["-m", "/bin/sh", "-c", script, path] + words)
  }
}

/// What the tests may do on this machine.
enum Ability {
  /// Whether adjustments may be lowered at will: CAP_SYS_RESOURCE is the bit 24 of CapEff.
  static var lowering: Bool {
    let own = try? ProcFS().process(ProcessID(getpid())).status.effectiveCapabilities
    return (own ?? 0) & 1 << 24 != 0
  }

  /// Whether a child can't be brought to -1000: it has inherited a higher floor.
  static var meetsFloor: Bool {
    let own = try? ProcFS().process(ProcessID(getpid())).adjustment
    return !lowering && own ?? -1000 > -1000
  }

  /// Whether there is still `oom_adj`.
  static var legacyAdjustment: Bool { unsafe access("/proc/self/oom_adj", F_OK) == 0 }
}

extension FixtureTree {
  static let journal = "var/lib/oomctl/journal"

  /// Writes a journal with one change a call, and what else is to stand at its end.
  func addJournal(_ changes: [Journal.Change], and rest: [UInt8] = []) throws {
    let entries = changes.enumerated().map { place, change in
      Journal.Entry(call: place + 1, index: 0, time: 100, command: "test", change: change)
    }
    try add(.file(entries.flatMap { Journal.line(for: $0) } + rest), at: Self.journal)
  }

  /// What its journal says.
  func readJournal() throws -> Journal {
    Journal(parsing: try bytes(at: "\(path)/\(Self.journal)"))
  }
}

extension Journal.Adjustment {
  /// Of the process 1200 of a captured tree, which shows neither boot nor namespace.
  static func java(
    _ old: Int, _ new: Int, boot: String = "-", namespace: String = "-", startTicks: UInt64 = 100
  ) -> Journal.Adjustment {
    Journal.Adjustment(
      boot: boot, namespace: namespace, pid: 1200, startTicks: startTicks, name: "java",
      file: "oom_score_adj", old: old, new: new, upTicks: 200)
  }
}

extension Journal.Call {
  /// Whether nothing of it is left to undo.
  var isSettled: Bool { !isOpen }
}

extension Journal.RecordedChange {
  /// Whether it can't be undone any more.
  var isSettled: Bool { !isOpen }
}
