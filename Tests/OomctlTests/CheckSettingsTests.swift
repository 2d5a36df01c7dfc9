import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Settings held against those of the next boot")
struct CheckSettingsTests {
  private static let agreement = "All settings are what they will be after the next boot."

  @Test(
    "agree",
    arguments: [
      "", "vm.swappiness=60\n", "vm.swappiness=0x3c\n", "vm/swappiness = 074\n",
      "vm.swappiness=10\nvm.swappiness=60\n", "-vm.swappiness\n", "# vm.swappiness=1\n",
      "vm.lowmem_reserve_ratio = 256 256\n", "net.ipv4.ip_forward=1\n",
      "vm.overcommit_kbytes=0\nvm.overcommit_ratio=50\n",
    ])
  func agree(text: String) throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/a.conf": .file(Array(text.utf8))
    ]).tree()
    let result = run(["tune", "--check"], on: tree)
    #expect(result.lines == [Self.agreement])
    #expect(result.errors.isEmpty && result.status == .done)
  }

  @Test(
    "differ",
    arguments: [
      ("vm.swappiness=10\n", "vm.swappiness"), ("vm.swap*=61\n", "vm.swappiness"),
      ("vm.lowmem_reserve_ratio = 256 128\n", "vm.lowmem_reserve_ratio"),
      ("kernel.panic = -1\n", "kernel.panic"),
      // The second one makes the first one 0.
      ("vm.overcommit_ratio=50\nvm.overcommit_kbytes=0\n", "vm.overcommit_ratio"),
      // The kernel won't take these.
      ("vm.swappiness=201\n", "vm.swappiness"), ("vm.swappiness=sixty\n", "vm.swappiness"),
      ("vm.swappiness=\n", "vm.swappiness"), ("vm.min_free_kbytes=-1\n", "vm.min_free_kbytes"),
    ])
  func differ(text: String, key: String) throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/a.conf": .file(Array(text.utf8))
    ]).tree()
    let result = run(["tune", "--check"], on: tree)
    #expect(
      result.lines.dropFirst().prefix { !$0.isEmpty }.map { $0.split(separator: " ")[0] } == [
        key[...]
      ])
    #expect(result.status == .failed)
    // Without --check it is no failure; and one can ask for some only.
    #expect(run(["tune"], on: tree).status == .done)
    #expect(run(["tune", "--check", key], on: tree).status == .failed)
    #expect(run(["tune", "--check", "oom_dump_tasks"], on: tree).status == .done)
  }

  @Test(
    "differ from the kernel's default where no file sets them",
    arguments: [
      ("panic_on_oom=2", "vm.panic_on_oom", "0 !"), ("swappiness=10", "vm.swappiness", "60 !"),
      ("overcommit_memory=1", "vm.overcommit_memory", "0 !"),
    ])
  func lost(word: String, key: String, next: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    #expect(run(["tune", word], on: tree).status == .done)
    let result = run(["tune", "--check"], on: tree)
    #expect(
      result.lines.contains { $0.hasPrefix(key) && $0.contains(next) && $0.hasSuffix("kernel") })
    #expect(result.status == .failed)
    #expect(run(["tune", word, "--persist"], on: tree).status == .done)
    #expect(run(["tune", "--check"], on: tree).lines == [Self.agreement])
  }

  @Test(
    "aren't held against a default that isn't sure",
    arguments: [
      ("vm.min_free_kbytes", "9000", [:]), ("vm.admin_reserve_kbytes", "1", [:]),
      ("kernel.panic", "-1", [:]), ("kernel.sysrq", "1", [:]),
      // Others set these.
      ("vm.swappiness", "10", ["etc/tuned/active_profile": "throughput-performance\n"]),
      (
        "vm.overcommit_memory", "1", ["var/lib/kubelet/config.yaml": "kind: KubeletConfiguration\n"]
      ),
      ("vm.swappiness", "10", ["proc/cmdline": "ro sysctl.vm.swappiness=10 quiet\n"]),
      ("vm.swappiness", "10", ["proc/cmdline": "sysctl.vm/swappiness=10\n"]),
      // A file that sets the amount zeroes the ratio.
      ("vm.overcommit_ratio", "0", ["etc/sysctl.d/a.conf": "vm.overcommit_kbytes = 0\n"]),
    ] as [(String, String, [String: FixtureTree.Entry])])
  func unsure(key: String, value: String, files: [String: FixtureTree.Entry]) throws {
    let tree = try FixtureMachine.tuned.with(settings: [:], files: files).with {
      $0.files["proc/sys/\(key.split(separator: ".").joined(separator: "/"))"] =
        .file(Array("\(value)\n".utf8))
    }.tree()
    #expect(run(["tune", "--check"], on: tree).lines == [Self.agreement])
  }

  @Test("say why the kernel would refuse what a file says")
  func refused() throws {
    let tree = try FixtureMachine.tuned.with(files: ["etc/sysctl.d/a.conf": "vm.swappiness=201\n"])
      .tree()
    let problem = "201 is above 200, the most that Linux 6.1 accepts"
    #expect(run(["tune", "--check"], on: tree).output.contains("refused: \(problem)"))
    #expect(
      run(["tune", "swappiness"], on: tree).lines.contains(
        "  at boot  /etc/sysctl.d/a.conf:1 says 201: \(problem)"))
    #expect(
      try run(["tune", "swappiness", "--json"], on: tree).settings[0]["problem"] == .text(problem))
  }

  @Test("count a file that another one hides as none", arguments: ["", "link"])
  func masked(kind: String) throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "usr/lib/sysctl.d/50-a.conf": "vm.swappiness=10\n",
      "etc/sysctl.d/50-a.conf": kind == "link" ? .link("/dev/null") : "",
    ]).tree()
    #expect(run(["tune", "--check"], on: tree).status == .done)
  }

  @Test(
    "say where the boot and sysctl --system disagree",
    arguments: [
      (
        [("etc/sysctl.conf", "vm.swappiness=10\n")], true,
        "systemd-sysctl leaves it alone at boot, but sysctl --system takes 10 from /etc/sysctl.conf:1"
      ),
      (
        [("etc/sysctl.conf", "vm.swappiness=10\n"), ("etc/sysctl.d/a.conf", "vm.swappiness=60\n")],
        true,
        "systemd-sysctl takes 60 from /etc/sysctl.d/a.conf:1 at boot, but sysctl --system takes 10 from "
          + "/etc/sysctl.conf:1"
      ),
      (
        [("etc/sysctl.d/a.conf", "vm.swappiness=60\n-vm.swappiness\n")], true,
        "systemd-sysctl leaves it alone at boot, but sysctl --system takes 60 from /etc/sysctl.d/a.conf:1"
      ),
      (
        [("etc/sysctl.conf", "vm.swappiness=60\n")], false,
        "sysctl --system takes 60 from /etc/sysctl.conf:1 at boot, but systemd-sysctl leaves it alone"
      ),
    ])
  func disputed(files: [(String, String)], isSystemd: Bool, words: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    if !isSystemd { tree.remove("etc/systemd") }
    for (path, text) in files { try tree.add(.file(Array(text.utf8)), at: path) }
    for words in [["tune"], ["tune", "--check"], ["tune", "swappiness"]] {
      #expect(run(words, on: tree).status == .done)
    }
    for command in [["tune"], ["tune", "swappiness"], ["tune", "--check"]] {
      #expect(run(command, on: tree).errors == "oomctl: vm.swappiness: \(words)\n")
    }
    #expect(run(["tune", "oom_dump_tasks"], on: tree).errors.isEmpty)
  }
}
