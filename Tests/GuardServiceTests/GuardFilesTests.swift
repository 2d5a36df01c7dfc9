import ProcFS
import ProgramSupport
import Synchronization
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Processes

@Suite("The file of how the guard fares")
struct GuardFilesTests {
  private let file = GuardStateFile(
    process: ProcessIdentity(id: ProcessID(1200), startTicks: 100), ruleCount: 3, problemCount: 0,
    since: 1_700_000_000, path: "/etc/oomctl/rules.conf")

  @Test("gives back what was written")
  func roundTrip() {
    #expect(GuardStateFile(parsing: file.bytes) == file)
    var other = file
    other.path = "/a\nb c"
    #expect(GuardStateFile(parsing: other.bytes)?.path == "/a?b c")
    // What a later one may say besides is skipped.
    #expect(GuardStateFile(parsing: file.bytes + Array("color red\nodd\n".utf8)) == file)
  }

  @Test(
    "is of no use where something is missing or wrong",
    arguments: [
      ("pid ", ""), ("pid 1200", "pid x"), ("start 100", "start -1"), ("rules 3", "rules -1"),
      ("problems 0", "problems -1"),
      ("problems 0", "problems x"), ("since 1", "since x"), ("path ", "other "),
      ("start ", "begin "), ("rules ", "r "),
    ])
  func mangled(old: String, new: String) {
    let text = String(decoding: file.bytes, as: UTF8.self).replacing(old, with: new)
    #expect(GuardStateFile(parsing: Array(text.utf8)) == nil)
  }

  @Test("may hold zeros", arguments: [0, 1])
  func zeros(count: Int) {
    var other = file
    other.ruleCount = count
    other.problemCount = count
    #expect(GuardStateFile(parsing: other.bytes) == other)
  }

  @Test("is removed by the guard that wrote it alone")
  func removal() throws {
    let tree = try FixtureMachine.server.tree()
    let world = try World(root: tree.path, environment: Environment())
    let path = GuardStateFile.path
    try file.write(to: path, in: world)
    let found = try GuardStateFile.found(in: world)
    #expect(found == file)
    GuardStateFile.remove(
      from: path, of: ProcessIdentity(id: ProcessID(1200), startTicks: 101), in: world)
    let stillFound = try GuardStateFile.found(in: world)
    #expect(stillFound == file)
    GuardStateFile.remove(from: path, of: file.process, in: world)
    let gone = try GuardStateFile.found(in: world)
    #expect(gone == nil)
  }

  /// What is said of a guard on a machine with such a state file.
  private func state(
    _ change: (inout FixtureMachine) -> Void = { _ in }, file: GuardStateFile? = nil,
    isComplete: Bool = true
  ) throws -> GuardState {
    var machine = FixtureMachine.server
    machine[1200].name = Array("oomctl".utf8)
    machine[1200].program = "/usr/bin/oomctl"
    machine[1200].words = ["oomctl", "guard"]
    machine[1200].user = 0
    change(&machine)
    let tree = try machine.tree()
    if let file { try tree.add(.file(file.bytes), at: String(GuardStateFile.path.dropFirst())) }
    let world = try World(root: tree.path, environment: Environment())
    let subjects = try ProcessList(
      on: Machine(world, options: MachineOptions()),
      needs: [.stat, .status, .commandLine, .executable], isScored: false, in: world.proc
    ).subjects
    return GuardState(among: subjects, isComplete: isComplete, in: world)
  }

  @Test("is believed where its process lives, is root's and oomctl")
  func living() throws {
    let own = try state(file: file)
    #expect(own.isRunning == true && own.ruleCount == 3 && own.hasGoodRules == true)
    #expect(own.rulesPath == "/etc/oomctl/rules.conf")
    var broken = file
    broken.problemCount = 1
    #expect(try state(file: broken).hasGoodRules == false)
    let changes: [(inout FixtureMachine) -> Void] = [
      { $0[1200].startTicks = 101 }, { $0[1200].state = "Z" }, { $0[1200].user = 1000 },
      {
        $0[1200].name = Array("java".utf8)
        $0[1200].program = "/usr/bin/java"
        $0[1200].words = ["java"]
      },
    ]
    for change in changes { #expect(try state(change, file: file).ruleCount == nil) }
  }

  @Test(
    "is made up for by the guard's command line",
    arguments: [
      (["oomctl", "guard"], true), (["oomctl", "-q", "guard"], true),
      (["oomctl", "guard", "--rules", "/r"], true),
      (["oomctl", "guard", "--once"], false), (["oomctl", "guard", "--check-rules"], false),
      (["oomctl", "guard", "--help"], false),
      (["oomctl", "watch"], false), (["oomctl"], false), (["oomctl", "guard", "extra"], false),
    ])
  func commands(words: [String], isGuard: Bool) throws {
    let state = try state { $0[1200].words = words }
    #expect(state.isRunning == isGuard)
  }

  @Test("says what is known of the rules")
  func rules() throws {
    let good: (inout FixtureMachine) -> Void = {
      $0.files["etc/oomctl/rules.conf"] = "java = 5\nbash = 6\n"
    }
    let bad: (inout FixtureMachine) -> Void = { $0.files["etc/oomctl/rules.conf"] = "java = x\n" }
    #expect(try state(good).ruleCount == 2 && state(good).hasGoodRules == true)
    #expect(try state(bad).ruleCount == nil && state(bad).hasGoodRules == false)
    #expect(try state(bad).problem?.hasPrefix("/etc/oomctl/rules.conf:1:8: ") == true)
    #expect(try state().hasGoodRules == nil)
    let stopped: (inout FixtureMachine) -> Void = {
      good(&$0)
      $0[1200].words = ["oomctl"]
    }
    #expect(try state(stopped).isRunning == false && state(stopped).ruleCount == 2)
    let unseen = try state(stopped, isComplete: false)
    #expect(unseen.isRunning == nil && unseen.ruleCount == nil)
  }

  @Test(
    "is in the folder that systemd made, or root's",
    arguments: [
      ("/run/own", "/run/own/state"), ("relative", nil),
    ] as [(String, String?)])
  func paths(folder: String, path: String?) {
    let environment = Environment(variables: ["RUNTIME_DIRECTORY": folder])
    let own = GuardStateFile.ownPath(in: environment)
    #expect(path == nil ? own == nil || own == GuardStateFile.path : own == path)
  }
}

@Suite("The guard's messages")
struct HeraldTests {
  /// The lines on both streams.
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ bytes: [UInt8]) {
      lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }

  private func herald(_ lines: Lines, isQuiet: Bool = false) throws -> Herald {
    let console = Console { _, bytes in
      lines.add(bytes)
      return nil
    }
    let attention = try Attention(ServiceManager(in: Environment()))
    return Herald(MessageWriter(console: console, name: "oomctl", isQuiet: isQuiet), attention)
  }

  @Test("of trouble are twenty in a minute, and then a sum", arguments: [20, 21, 22])
  func troubles(count: Int) throws {
    let lines = Lines()
    let herald = try herald(lines)
    for number in 0..<count { herald.pass(on: .trouble("t\(number)"), at: Int64(number)) }
    #expect(lines.all.count == 20)
    #expect(herald.due == (count > 20 ? 60_000_000 : nil))
    herald.settle(at: 59_999_999)
    #expect(lines.all.count == 20)
    herald.settle(at: 60_000_000)
    let sum = count - 20
    #expect(
      lines.all.dropFirst(20)
        == (sum == 0
          ? []
          : ["oomctl: \(sum) more \(sum == 1 ? "message" : "messages") like these in that minute\n"])
    )
    #expect(herald.due == nil)
  }

  @Test("of actions are a thousand in a minute, and then a sum", arguments: [1, 2])
  func actions(excess: Int) throws {
    let lines = Lines()
    let herald = try herald(lines)
    for number in 0..<1000 + excess { herald.pass(on: .action("a"), at: Int64(number)) }
    #expect(lines.all.count == 1000)
    herald.pass(on: .action("next"), at: 60_000_000)
    #expect(
      lines.all.dropFirst(1000) == [
        "\(excess) more \(excess == 1 ? "process was" : "processes were") adjusted in that minute\n",
        "next\n",
      ])
  }

  @Test("of what went well and of what needs no action fall silent with -q")
  func quiet() throws {
    for isQuiet in [false, true] {
      let lines = Lines()
      let herald = try herald(lines, isQuiet: isQuiet)
      herald.say("said")
      herald.remark("remarked")
      herald.complain("complained")
      #expect(
        lines.all
          == (isQuiet
            ? ["oomctl: complained\n"] : ["said\n", "oomctl: remarked\n", "oomctl: complained\n"]))
    }
  }

  @Test("are cut at a thousand characters", arguments: [999, 1000, 1001])
  func long(count: Int) throws {
    let lines = Lines()
    try herald(lines).say(String(repeating: "x", count: count))
    #expect(
      lines.all == [String(repeating: "x", count: min(count, 1000)) + (count > 1000 ? "…\n" : "\n")]
    )
  }
}
