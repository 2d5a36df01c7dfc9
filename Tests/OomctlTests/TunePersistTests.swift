import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Settings that are to last")
struct TunePersistTests {
  private static let file = "etc/sysctl.d/90-oomctl.conf"

  private func tree(_ files: [String: FixtureTree.Entry] = [:]) throws -> FixtureTree {
    try FixtureMachine.tuned.with(files: files).tree()
  }

  @Test("are written to a file of their own, and undone with it")
  func new() throws {
    let tree = try tree()
    let before = try tree.contents()
    let words = ["tune", "swappiness=10", "kernel.panic=5", "--persist"]
    let plan = run(words + ["--dry-run"], on: tree)
    #expect(plan.lines.contains("+ vm.swappiness = 10"))
    #expect(try tree.contents() == before)
    let result = run(words, on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(
      try tree.file(Self.file) == """
        # Written by oomctl \(Version.current) (oomctl tune --persist).
        # systemd-sysctl reads it at boot, `sysctl --system` whenever it is called.
        # To remove a setting, delete its line: the running value stays until then.
        vm.swappiness = 10
        kernel.panic = 5

        """)
    #expect(try tree.settings(since: before) == ["kernel.panic=5", "vm.swappiness=10"])
    #expect(run(["tune", "--check"], on: tree).status == .done)
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.settings(since: before).isEmpty && !tree.has(Self.file))
  }

  @Test("leave other keys and comments of that file as they are")
  func kept() throws {
    let old = "# mine\nvm.swappiness=1\n\nnet.ipv4.ip_forward = 1 ; x\n"
    let tree = try tree([Self.file: .file(Array(old.utf8))])
    #expect(
      run(["tune", "swappiness=10", "panic_on_oom=1", "--persist"], on: tree).status == .done)
    #expect(
      try tree.file(Self.file)
        == "# mine\nvm.swappiness = 10\n\nnet.ipv4.ip_forward = 1 ; x\nvm.panic_on_oom = 1\n")
    #expect(run(["undo"], on: tree).status == .done)
    #expect(try tree.file(Self.file) == old)
  }

  @Test("are written even if they are in force already, once")
  func inForce() throws {
    let tree = try tree()
    let words = ["tune", "swappiness=60", "--persist", "--json"]
    #expect(
      try run(words, on: tree).rows.map { $0.split(separator: " ").last } == ["unchanged", "done"])
    #expect(
      try run(words, on: tree).rows.map { $0.split(separator: " ").last } == [
        "unchanged", "unchanged",
      ])
    #expect(try tree.readJournal().calls.count == 1)
  }

  @Test("aren't made without being asked for", arguments: [[], ["--runtime"]])
  func runtime(words: [String]) throws {
    let tree = try tree()
    #expect(run(["tune", "swappiness=10"] + words, on: tree).status == .done)
    #expect(!tree.has(Self.file))
  }

  @Test(
    "aren't written where another file wins at boot, which is named",
    arguments: [
      (
        "etc/sysctl.d/99-x.conf", "\nvm.swappiness=1\n",
        "/etc/sysctl.d/99-x.conf:2 wins at boot, with 1"
      ),
      (
        "usr/lib/sysctl.d/95-x.conf", "vm/swappiness = 7\n",
        "/usr/lib/sysctl.d/95-x.conf:1 wins at boot, with 7"
      ),
      (
        "run/sysctl.d/z.conf", "-vm.swappiness\n",
        "nothing sets it at boot: a later file takes it back with '-vm.swappiness'"
      ),
    ])
  func overruled(path: String, text: String, words: String) throws {
    let tree = try tree([path: .file(Array(text.utf8))])
    // The second time nothing is left to do, and it is as vain.
    for result in ["done", "unchanged"] {
      let call = run(["tune", "swappiness=10", "--persist", "--json"], on: tree)
      #expect(call.errors.hasPrefix("oomctl: vm.swappiness: \(words)\n"))
      #expect(call.status == .failed)
      #expect(
        try call.rows.map { $0.split(separator: " ").last ?? "" } == [result[...], "refused"])
    }
    #expect(try tree.setting("vm.swappiness") == "10")
    #expect(!tree.has(Self.file))
  }

  @Test("are written beside others that another file decides")
  func partlyOverruled() throws {
    let tree = try tree(["etc/sysctl.d/99-x.conf": "vm.swappiness=1\n"])
    let result = run(
      ["tune", "swappiness=10", "panic_on_oom=1", "kernel.panic=5", "--persist", "--json"], on: tree
    )
    let results = try result.json["changes"].elements.map { try $0["result"].string }
    #expect(results == ["done", "done", "done", "done", "refused"])
    #expect(result.status == .failed)
    let file = try tree.file(Self.file)
    #expect(file.contains("vm.panic_on_oom = 1\n") && file.contains("kernel.panic = 5\n"))
    #expect(!file.contains("vm.swappiness"))
  }

  @Test(
    "are done where theirs is the last file",
    arguments: [
      "etc/sysctl.d/10-x.conf", "usr/lib/sysctl.d/50-x.conf", "usr/lib/sysctl.d/90-oomctl.conf",
      "etc/sysctl.d/99-x.txt",
    ])
  func winning(path: String) throws {
    let tree = try tree([path: "vm.swappiness=1\n"])
    let result = run(["tune", "swappiness=10", "--persist"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(run(["tune", "--check"], on: tree).status == .done)
  }

  @Test("are done where another file that wins says the same", arguments: ["10", "0xa"])
  func same(value: String) throws {
    let tree = try tree(["etc/sysctl.d/99-x.conf": .file(Array("vm.swappiness=\(value)\n".utf8))])
    let result = run(["tune", "swappiness=10", "--persist"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
  }

  @Test("are told that sysctl --system would take another value")
  func disputed() throws {
    let tree = try tree(["etc/sysctl.conf": "vm.swappiness=1\n"])
    let result = run(["tune", "swappiness=10", "--persist"], on: tree)
    #expect(result.errors.contains("but sysctl --system takes 1 from /etc/sysctl.conf:1"))
    #expect(result.status == .done)
  }

  @Test("of a pair don't meet the other one in the same file")
  func pair() throws {
    let tree = try tree()
    for word in ["overcommit_ratio=80", "overcommit_kbytes=2000000", "overcommit_ratio=70"] {
      let result = run(["tune", word, "--persist"], on: tree)
      #expect(result.errors.isEmpty && result.status == .done)
      #expect(run(["tune", "--check"], on: tree).status == .done)
    }
    #expect(try tree.file(Self.file).hasSuffix(".\nvm.overcommit_ratio = 70\n"))
  }

  @Test("of a pair fail where a later file sets the other one")
  func laterPair() throws {
    let tree = try tree(["etc/sysctl.d/99-x.conf": "vm.overcommit_kbytes=9\n"])
    let result = run(["tune", "overcommit_ratio=80", "--persist"], on: tree)
    #expect(
      result.errors == """
        oomctl: vm.overcommit_ratio: /etc/sysctl.d/99-x.conf:1 makes it 0 again at boot, as it sets \
        vm.overcommit_kbytes
        Change it there.

        """)
    #expect(result.status == .failed)
  }

  @Test(
    "aren't set where they can't be written: all or nothing",
    arguments: [
      ("etc/sysctl.d", "file"), ("etc/sysctl.d/90-oomctl.conf", ""),
      ("etc/sysctl.d/90-oomctl.conf", "/victim"), ("etc/sysctl.d", "/elsewhere"),
    ])
  func unwritable(path: String, kind: String) throws {
    let entry: FixtureTree.Entry =
      kind.isEmpty ? .folder : kind == "file" ? "x\n" : .link(kind)
    let tree = try tree([path: entry, "victim": "# mine\n", "elsewhere": .folder])
    let before = try tree.contents()
    let result = run(["tune", "swappiness=10", "--persist", "--json"], on: tree)
    #expect(try result.rows.map { $0.split(separator: " ").last } == ["refused", "refused"])
    #expect(!result.errors.isEmpty && result.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }

  @Test("take one line each, whatever the value's blanks")
  func oneLine() throws {
    let tree = try tree()
    let word = "lowmem_reserve_ratio=\r256\n\t128\n"
    #expect(run(["tune", word, "--persist"], on: tree).status == .done)
    #expect(try tree.file(Self.file).hasSuffix("\nvm.lowmem_reserve_ratio = 256 128\n"))
  }
}
