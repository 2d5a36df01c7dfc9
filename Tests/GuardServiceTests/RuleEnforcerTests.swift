import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Processes
@testable import Protecting

@Suite("The enforcer of rules")
struct KeeperTests {
  /// A enforcer at work on a tree.
  private struct Watch: ~Copyable {
    let world: World
    var enforcer: RuleEnforcer

    init(_ rules: String, on tree: FixtureTree) throws {
      try tree.add(.file(Array(rules.utf8)), at: "rules")
      let world = try World(root: tree.path, environment: Environment())
      let book = try RuleBook(at: "/rules", in: world)
      enforcer = RuleEnforcer(book, on: Machine(world, options: MachineOptions()))
      self.world = world
    }

    /// Looks at a process, and returns what was said.
    mutating func look(at id: Int32) -> [String] {
      var said: [String] = []
      enforcer.look(at: [ProcessID(id)], in: world) { said.append($0.sentence) }
      return said
    }
  }

  private func set(_ id: Int, on tree: FixtureTree, _ change: (inout FixtureProcess) -> Void) throws
  {
    let machine = FixtureMachine.server
    for (name, entry) in machine[id].with(change).files(on: machine) {
      try tree.add(entry, at: "proc/\(id)/\(name)")
    }
  }

  @Test("brings a process to its value, and says by which rule")
  func change() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("# c\njava = 300\n", on: tree)
    #expect(watch.look(at: 1200) == ["java[1200]: 0 -> 300 (/rules:2)"])
    #expect(try tree.adjustment(of: 1200) == 300)
    #expect(watch.look(at: 1200).isEmpty)
    for id: Int32 in [1, 2, 30, 1400, 9999] { #expect(watch.look(at: id).isEmpty) }
  }

  @Test("doesn't fight over a value that another sets, and says so once")
  func anothersValue() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("java = 300\n", on: tree)
    #expect(watch.look(at: 1200).count == 1)
    for value in [7, 7, 8] {
      try tree.add("\(value)\n", at: "proc/1200/oom_score_adj")
      let said = watch.look(at: 1200)
      #expect(
        said
          == (value == 7 && said.count == 1
            ? ["java[1200]: someone else has set 7; left alone"] : []))
      #expect(try tree.adjustment(of: 1200) == value)
    }
  }

  @Test("says it once though it looks often")
  func once() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("java = 300\n", on: tree)
    _ = watch.look(at: 1200)
    try tree.add("7\n", at: "proc/1200/oom_score_adj")
    #expect((0..<5).map { _ in watch.look(at: 1200).count } == [1, 0, 0, 0, 0])
  }

  @Test("leaves alone also what had the value by itself and then another")
  func ownValue() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("fluentd = 500\n", on: tree)
    #expect(watch.look(at: 1300).isEmpty)
    try tree.add("7\n", at: "proc/1300/oom_score_adj")
    #expect(watch.look(at: 1300) == ["fluentd[1300]: someone else has set 7; left alone"])
    #expect(try tree.adjustment(of: 1300) == 7)
  }

  @Test("looks afresh at another program, and another process, of the same number")
  func otherProcess() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("user:app = 300\n", on: tree)
    #expect(watch.look(at: 1200) == ["java[1200]: 0 -> 300 (/rules:1)"])
    try set(1200, on: tree) { $0.name = Array("ruby".utf8) }
    #expect(watch.look(at: 1200) == ["ruby[1200]: 0 -> 300 (/rules:1)"])
    try set(1200, on: tree) {
      $0.name = Array("ruby".utf8)
      $0.startTicks = 200
    }
    #expect(watch.look(at: 1200) == ["ruby[1200]: 0 -> 300 (/rules:1)"])
  }

  @Test("looks afresh when a process comes under a rule again, and with other rules")
  func otherRules() throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("java = 300\n", on: tree)
    #expect(watch.look(at: 1200).count == 1)
    try set(1200, on: tree) {
      $0.name = Array("x".utf8)
      $0.program = "/usr/bin/x"
      $0.words = []
    }
    #expect(watch.look(at: 1200).isEmpty)
    try set(1200, on: tree) { $0.adjustment = 5 }
    #expect(watch.look(at: 1200) == ["java[1200]: 5 -> 300 (/rules:1)"])
    try tree.add("java = 301\n", at: "rules")
    watch.enforcer.book = try RuleBook(at: "/rules", in: watch.world)
    #expect(watch.look(at: 1200) == ["java[1200]: 300 -> 301 (/rules:1)"])
  }

  @Test(
    "says once that a process can't be brought to its value",
    .enabled(if: !mayLower, "without CAP_SYS_RESOURCE nobody goes below the floor"))
  func failure() throws {
    let child = try Child()
    let rules = try FixtureTree(["rules": "\(child.id) = -1000\n"])
    let world = try World(root: nil, environment: Environment())
    var enforcer = try RuleEnforcer(
      RuleBook(at: "\(rules.path)/rules", in: world),
      on: Machine(world, options: MachineOptions()))
    var said: [String] = []
    for _ in 0..<3 {
      enforcer.look(at: [ProcessID(child.id)], in: world) { said.append($0.sentence) }
    }
    #expect(said.count == 1)
    #expect(said.first?.hasPrefix("sleep[\(child.id)]: /proc/\(child.id)/oom_score_adj: ") == true)
    #expect(said.first?.contains("; ") == true)
  }

  @Test("says once that a value can't be read")
  func unreadable() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add("much\n", at: "proc/1200/oom_score_adj")
    try tree.add("much\n", at: "proc/1200/oom_adj")
    var watch = try Watch("java = 300\n", on: tree)
    #expect(watch.look(at: 1200).count == 1)
    #expect(watch.look(at: 1200).isEmpty)
    #expect(watch.enforcer.hasUnread)
    for name in ["oom_score_adj", "oom_adj"] { try tree.add("0\n", at: "proc/1200/\(name)") }
    var said: [String] = []
    watch.enforcer.lookAgain(in: watch.world) { said.append($0.sentence) }
    #expect(said == ["java[1200]: 0 -> 300 (/rules:1)"])
    #expect(!watch.enforcer.hasUnread)
  }

  @Test(
    "is silent about a process that ended while it was read",
    arguments: [["oom_score_adj", "oom_adj"], ["oom_score_adj", "oom_adj", "stat"], ["status"]])
  func ended(missing: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    for name in missing { tree.remove("proc/1200/\(name)") }
    // A zombie has its number still.
    if !missing.contains("stat") {
      let text = try tree.file("proc/1200/stat")
      try tree.add(.file(Array(text.replacing(") S ", with: ") Z ").utf8)), at: "proc/1200/stat")
    }
    var watch = try Watch("user:app = 300\n", on: tree)
    #expect(watch.look(at: 1200).isEmpty)
    #expect(!watch.enforcer.hasUnread)
  }

  @Test("says once that an error keeps a living process from being read")
  func error() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/1200/cgroup")
    // Reading a folder fails with EISDIR, as a disk might with EIO.
    try tree.add(.folder, at: "proc/1200/cgroup")
    var watch = try Watch("unit:app = 300\n", on: tree)
    #expect(watch.look(at: 1200) == ["\(tree.path)/proc/1200/cgroup: Is a directory"])
    #expect(watch.look(at: 1200).isEmpty)
    #expect(watch.enforcer.hasUnread)
  }

  @Test("looks at no further process once it is to end", arguments: [0, 1, 3])
  func interruption(count: Int) throws {
    let tree = try FixtureMachine.server.tree()
    var watch = try Watch("user:root = 7\nuser:app = 7\nuser:alice = 7\n", on: tree)
    var (asked, actions) = (0, 0)
    try watch.enforcer.lookAtAll(in: watch.world) {
      asked += 1
      return asked <= count
    } _: {
      if case .action = $0 { actions += 1 }
    }
    #expect(asked == count + 1)
    // The first three are process 1 and threads of the kernel.
    #expect(actions == 0)
    try watch.enforcer.lookAtAll(in: watch.world) { actions += $0.isDeed ? 1 : 0 }
    #expect(actions == 6)
  }

  @Test("stops in the middle of many rules once it is to end")
  func interruptedRules() throws {
    let tree = try FixtureMachine.server.tree()
    let rules = (0..<1000).map { "name:x\($0) = 1\n" }.joined()
    let watch = try Watch("java = 300\n" + rules, on: tree)
    var reader = ProcessReader()
    let found = reader.record(
      of: ProcessID(1200), needs: watch.enforcer.needs, in: watch.world.proc)
    let record = try #require(found)
    let machine = Machine(watch.world, options: MachineOptions())
    #expect(watch.enforcer.book.rule(for: record, on: machine)?.adjustment == 300)
    var asked = 0
    let rule = watch.enforcer.book.rule(for: record, on: machine) {
      asked += 1
      return asked < 3
    }
    #expect(rule == nil)
    #expect(asked == 3)
  }
}

extension RuleEnforcer.Message {
  fileprivate var sentence: String {
    switch self {
    case .action(let sentence), .trouble(let sentence): sentence
    }
  }

  fileprivate var isDeed: Bool { if case .action = self { true } else { false } }
}

/// Whether anything here could go as low as it likes.
private let mayLower: Bool = {
  guard let child = try? Child(), let process = try? ProcFS().process(ProcessID(child.id)) else {
    return true
  }
  return (try? process.setAdjustment(-1000)) != nil
}()
