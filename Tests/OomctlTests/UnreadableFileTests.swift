import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// A folder in a file's place: it can be opened and not read (`EISDIR`), which says nothing of what is there.
private let unreadable = FixtureTree.Entry.folder

@Suite("A file that can't be read")
struct UnreadableFileTests {
  private func tree(
    _ files: [String], on machine: FixtureMachine = .server
  ) throws -> FixtureTree {
    let tree = try machine.tree()
    for file in files {
      tree.remove(file)
      try tree.add(unreadable, at: file)
    }
    return tree
  }

  @Test(
    "is told, makes the answer incomplete, and the status 1",
    arguments: [
      "proc/1200/oom_score", "proc/1200/oom_score_adj", "proc/1200/status", "proc/1200/stat",
      "proc/1200/cgroup", "proc/1200/cmdline", "proc/1200/statm", "etc/passwd",
      "proc/sys/kernel/osrelease",
    ])
  func processes(file: String) throws {
    let tree = try tree([file])
    for command in ["list", "rank", "explain"] {
      let words = command == "explain" ? ["--user", "0", "--user", "120"] : []
      let result = run([command, "--json"] + words, on: tree)
      let name = file == "etc/passwd" ? "/etc/passwd" : file
      // A copy says the version in another file, too.
      guard result.errors.contains(name) else {
        #expect(file.hasSuffix("osrelease") || file.hasSuffix("statm"), "\(command)")
        continue
      }
      #expect(try result.json["complete"] == false, "\(command)")
      #expect(result.status == .failed, "\(command)")
    }
  }

  @Test(
    "leaves open whose a process is, and then nothing is lowered",
    arguments: ["etc/login.defs", "etc/passwd"])
  func owners(file: String) throws {
    let machine = FixtureMachine.server.with { $0.files["etc/oomctl/rules.conf"] = "java = -500\n" }
    let tree = try tree([file], on: machine)
    for words in [["protect", "java"], ["guard", "--once"], ["guard", "--check-rules"]] {
      let result = run(words, on: tree)
      #expect(result.status != .done)
      #expect(result.errors.contains(file) || result.output.contains(file))
    }
    #expect(try tree.file("proc/1200/oom_score_adj") == "0\n")
  }

  @Test(
    "as it is a pipe isn't taken for an empty one",
    arguments: [
      ("proc/1200/cmdline", ["list", "--json"]), ("proc/1200/cgroup", ["list", "--json"]),
      ("etc/oomctl/rules.conf", ["guard", "--check-rules"]),
      ("var/lib/oomctl/journal", ["undo", "--list"]),
    ])
  func pipes(file: String, words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove(file)
    try tree.add(.pipe, at: file)
    let result = run(words, on: tree)
    #expect(result.status != .done)
    #expect((result.output + result.errors).contains("\(file): isn't an ordinary file"))
  }

  @Test(
    "of the machine's is told by all commands that show it",
    arguments: [
      ("proc/vmstat", ["doctor"]), ("proc/vmstat", ["metrics"]), ("proc/vmstat", []),
      ("proc/uptime", []), ("proc/pressure/memory", []), ("proc/sys/vm/overcommit_memory", []),
      ("proc/sys/vm/overcommit_memory", ["memory"]), ("proc/sys/vm/panic_on_oom", ["predict"]),
      ("proc/sys/vm/panic_on_oom", ["doctor"]), ("proc/self/mountinfo", ["metrics"]),
      ("proc/sys/vm/swappiness", ["tune"]), ("etc/sysctl.d/10.conf", ["tune"]),
    ])
  func facts(file: String, command: [String]) throws {
    let result = try run(command + ["--json"], on: tree([file]))
    #expect(result.errors.contains("\(file): Is a directory"))
    #expect(try result.json["complete"] == false)
    #expect(result.status == .failed)
  }

  @Test("is no reason to write to the file of the old scale")
  func legacyFile() throws {
    let tree = try tree(["proc/1200/oom_score_adj"])
    let before = try tree.contents()
    let result = run(["adjust", "-n", "500", "1200"], on: tree)
    #expect(result.status == .failed)
    #expect(result.errors.contains("proc/1200/oom_score_adj"))
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test(
    "of one process that was asked for doesn't hide that it was", arguments: ["status", "stat"])
  func oneOfTwo(file: String) throws {
    let tree = try tree(["proc/1200/\(file)"])
    let result = run(["adjust", "-n", "600", "1200", "1300", "--json"], on: tree)
    #expect(try result.actions == ["fluentd[1300] 500 -> 600 done", "1200 failed"])
    #expect(result.errors.contains("proc/1200/\(file): Is a directory"))
    #expect(result.status == .failed)
  }

  @Test("is no lack of a unit: nothing is written to last")
  func unit() throws {
    let tree = try tree(["proc/1200/cgroup"])
    let before = try tree.contents()
    let result = run(["protect", "java", "--persist"], on: tree)
    #expect(result.status == .failed)
    #expect(result.errors.contains("its control groups can't be read"))
    #expect(try tree.changes(since: before) == ["proc/1200/oom_score_adj"])
  }

  @Test(
    "isn't taken for what unprotect needn't remove",
    arguments: ["etc/systemd/system/app.service.d/50-oomctl.conf", "etc/oomctl/rules.conf"])
  func removal(file: String) throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["protect", "java"], on: tree).status == .done)
    try tree.add(unreadable, at: file)
    let result = run(["unprotect", "java", "--json"], on: tree)
    #expect(result.status != .done)
    #expect(result.errors.contains(file))
    #expect(try tree.adjustment(of: 1200) == 0)
  }

  @Test("is no other boot: what undo can't tell apart stays in the journal")
  func boot() throws {
    let tree = try FixtureMachine.server.with {
      $0.files["proc/sys/kernel/random/boot_id"] = "b\n"
    }.tree()
    #expect(run(["adjust", "-n", "500", "1200"], on: tree).status == .done)
    tree.remove("proc/sys/kernel/random/boot_id")
    try tree.add(unreadable, at: "proc/sys/kernel/random/boot_id")
    let refused = run(["undo"], on: tree)
    #expect(refused.status == .refused)
    #expect(refused.errors.contains("boot_id"))
    #expect(try tree.readJournal().calls.map(\.isOpen) == [true])
    tree.remove("proc/sys/kernel/random/boot_id")
    try tree.add("b\n", at: "proc/sys/kernel/random/boot_id")
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 1200) == 0)
  }

  @Test("of a setting stops it from being made lasting alone")
  func setting() throws {
    let machine = FixtureMachine.server.with { $0.files["proc/sys/vm/swappiness"] = "60\n" }
    let tree = try tree(["proc/sys/vm/swappiness"], on: machine)
    let before = try tree.contents()
    let result = run(["tune", "swappiness=10", "--persist"], on: tree)
    #expect(result.status == .failed)
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test("of a process that has merely ended is no error")
  func ended() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/1200/status")
    tree.remove("proc/1200/stat")
    let list = run(["list", "--json"], on: tree)
    #expect(list.errors.isEmpty)
    #expect(list.status == .done)
    #expect(try list.json["complete"] == true)
  }
}
