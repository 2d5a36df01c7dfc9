import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The kernel's settings")
struct TuneTests {
  private static let keys = [
    "vm.overcommit_memory", "vm.overcommit_ratio", "vm.overcommit_kbytes", "vm.panic_on_oom",
    "vm.oom_kill_allocating_task", "vm.oom_dump_tasks", "vm.min_free_kbytes",
    "vm.lowmem_reserve_ratio", "vm.admin_reserve_kbytes", "vm.user_reserve_kbytes",
    "vm.swappiness", "vm.watermark_scale_factor", "vm.watermark_boost_factor",
    "vm.vfs_cache_pressure", "kernel.panic", "kernel.sysrq",
  ]

  @Test("are listed with what sets them at boot")
  func list() throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/50-a.conf": "# ours\nvm.swappiness = 10\n"
    ]).tree()
    let result = run(["tune"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(
      result.lines.first
        == "KEY                                 VALUE  DEFAULT  UNIT     AT BOOT  SET BY"
    )
    #expect(
      result.lines.dropFirst().prefix(Self.keys.count).map { $0.split(separator: " ")[0] }
        == Self.keys.map { $0[...] })
    #expect(
      result.lines.contains {
        $0.split(separator: " ")
          == ["vm.swappiness", "60", "60", "-", "10", "!", "/etc/sysctl.d/50-a.conf:2"]
      })
    #expect(result.lines.last == "! is another value than after the next boot.")
  }

  @Test("have the contract's members in JSON")
  func json() throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "usr/lib/sysctl.d/50-a.conf": "vm/min_free_kbytes=0x4000\n"
    ]).tree()
    let result = run(["tune", "--json"], on: tree)
    #expect(result.status == .done)
    let settings = try result.settings
    #expect(try settings.map { try $0["key"].string } == Self.keys)
    let row = try #require(try settings.first { try $0["key"] == "vm.min_free_kbytes" })
    let expected: [(String, JSON)] = [
      ("key", "vm.min_free_kbytes"), ("value", "8192"), ("default", nil),
      ("range", [0, 2_147_483_647]), ("unit", "KiB"),
      ("configured_by", "/usr/lib/sysctl.d/50-a.conf:1"), ("configured_value", "16384"),
      ("problem", nil),
      ("summary", "Memory kept free for emergencies, from which the zones' watermarks follow."),
    ]
    #expect(try row.members.map(\.key) == expected.map(\.0))
    for (key, value) in expected { #expect(try row[key] == value, "\(key)") }
  }

  @Test("that a kernel lacks are absent, and not zero")
  func absent() throws {
    let tree = try FixtureMachine.server.with { $0.kernel = "2.6.32" }.tree()
    let row = try #require(
      try run(["tune", "overcommit_kbytes", "--json"], on: tree).settings.first)
    for key in ["value", "default", "range", "configured_by", "configured_value", "problem"] {
      #expect(try row[key] == nil, "\(key)")
    }
    let text = run(["tune", "overcommit_kbytes"], on: tree)
    #expect(text.lines.first == "vm.overcommit_kbytes = - KiB")
    #expect(
      text.lines.contains("  absent   Linux 2.6.32 has no such setting (it came with 3.14)"))
  }

  @Test("are explained at length, one by one")
  func explained() throws {
    let tree = try FixtureMachine.tuned.with(files: [
      "run/sysctl.d/a.conf": "\n\n-vm.overcommit_memory=1\n"
    ]).tree()
    let result = run(["tune", "vm.overcommit_memory", "swappiness"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(
      result.lines.prefix(6) == [
        "vm.overcommit_memory = 0",
        "Whether more memory is promised than there is (0 guess, 1 always, 2 never).", "",
        "  default  0", "  range    0 to 2", "  at boot  1, by /run/sysctl.d/a.conf:3",
      ])
    for source in ["Linux, Documentation/", "Redis, ", "PostgreSQL, "] {
      #expect(result.lines.contains { $0.hasPrefix("  \(source)") }, "\(source)")
    }
    #expect(result.lines.contains("vm.swappiness = 60"))
    #expect(result.lines.contains("  at boot  set by no file: the kernel's default"))
  }

  @Test(
    "go by several names",
    arguments: [
      ("swappiness", "vm.swappiness"), ("vm.swappiness", "vm.swappiness"),
      ("vm/swappiness", "vm.swappiness"), ("kernel/panic", "kernel.panic"),
      ("panic_on_oom", "vm.panic_on_oom"), ("kernel.sysrq", "kernel.sysrq"),
    ])
  func alias(name: String, key: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let settings = try run(["tune", name, "--json"], on: tree).settings
    #expect(try settings.map { try $0["key"].string } == [key])
    #expect(
      try run(["tune", "\(name)=1", "--dry-run", "--json"], on: tree).rows.first?.hasPrefix(key)
        == true)
  }

  @Test(
    "have no other names, but the one that was probably meant is told",
    arguments: [
      ("swapiness=10", "vm.swappiness=10"), ("vm.swappines", "vm.swappiness"),
      ("panic", "kernel.panic"), ("sysrq=1", "kernel.sysrq=1"),
      ("overcommit_memroy", "vm.overcommit_memory"),
    ])
  func near(word: String, meant: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let result = run(["tune", word], on: tree)
    #expect(result.errors.contains("; 'tune' lists them; did you mean '\(meant)'?\n"))
    #expect(result.status == .usage)
  }

  @Test("that this machine doesn't offer are an error where they are asked for")
  func notOffered() throws {
    let tree = try FixtureMachine.tuned.with { $0.files["proc/sys/kernel/sysrq"] = nil }.tree()
    let result = run(["tune", "kernel.sysrq"], on: tree)
    #expect(result.errors.hasPrefix("oomctl: kernel.sysrq: this kernel has no such setting ("))
    #expect(result.lines.contains("  absent   this kernel doesn't offer it"))
    #expect(result.lines.contains("  at boot  set by no file"))
    #expect(result.status == .failed)
    let list = run(["tune"], on: tree)
    #expect(list.errors.isEmpty && list.status == .done)
  }

  @Test(
    "have no other names",
    arguments: [
      "foo", "vm.", "net.ipv4.ip_forward",
      "../vm/swappiness", "foo=1", "=1", "vm=1",
    ])
  func unknown(word: String) throws {
    let tree = try FixtureMachine.tuned.tree()
    let before = try tree.contents()
    let result = run(["tune", word], on: tree)
    #expect(
      result.errors == """
        oomctl: invalid value '\(word)' for 'SETTING': expected a setting, as vm.swappiness or \
        vm.swappiness=10; 'tune' lists them
        Try 'oomctl tune --help'.

        """)
    #expect(result.output.isEmpty && result.status == .usage)
    #expect(try tree.contents() == before)
  }

  @Test(
    "show who may overwrite them",
    arguments: [
      ("etc/tuned/active_profile", "throughput-performance\n", "'throughput-performance'"),
      ("var/lib/kubelet/config.yaml", "kind: KubeletConfiguration\n", "kubelet sets"),
    ])
  func rivals(path: String, text: String, words: String) throws {
    let tree = try FixtureMachine.tuned.with(files: [path: .file(Array(text.utf8))]).tree()
    let result = run(["tune"], on: tree)
    #expect(result.errors.contains(words) && result.status == .done)
    #expect(try run(["tune"], on: FixtureMachine.tuned.tree()).errors.isEmpty)
  }

  @Test("need a kernel whose ranges are known")
  func noKernel() throws {
    let tree = try FixtureMachine.tuned.with { $0.kernel = "?" }.tree()
    let result = run(["tune"], on: tree)
    #expect(result.errors.hasSuffix("so its ranges aren't\nName it with --kernel.\n"))
    #expect(result.output.isEmpty && result.status == .usage)
    #expect(run(["tune", "--kernel", "6.1"], on: tree).status == .done)
  }
}
