import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Diagnosis
@testable import Processes

@Suite("Pages of findings")
struct DoctorPagesTests {
  private typealias Variant = (name: String, change: (inout FixtureMachine) -> Void)

  /// Stores what is found on machines that differ from the server in something.
  private func check(_ variants: [Variant], _ file: String) throws {
    var text = ""
    for variant in variants {
      text +=
        "== \(variant.name)\n"
        + (try Doctor().shown(on: FixtureMachine.server.with(variant.change)))
    }
    #expect(try text == expectedText(file, recording: text))
  }

  private static func setting(_ name: String, _ value: String) -> (inout FixtureMachine) -> Void {
    { $0.files["proc/sys/\(name)"] = .file(Array("\(value)\n".utf8)) }
  }

  @Test("are about processes whose adjustment does harm")
  func processes() throws {
    var variants: [Variant] = [("server", { _ in })]
    for adjustment in [0, -899, -900] {
      variants.append(("sshd at \(adjustment)", { $0[400].adjustment = adjustment }))
    }
    for adjustment in [-999, -1000] {
      variants.append(("java at \(adjustment)", { $0[1200].adjustment = adjustment }))
      variants.append(("postgres at \(adjustment)", { $0[900].adjustment = adjustment }))
    }
    for adjustment in [-899, -900, -1000] {
      variants.append(("bash at \(adjustment)", { $0[1400].adjustment = adjustment }))
      variants.append(("firefox at \(adjustment)", { $0[1500].adjustment = adjustment }))
    }
    variants.append(
      (
        "a family at -900",
        {
          for id in [1400, 1500, 1501] { $0[id].adjustment = -900 }
        }
      ))
    variants.append(
      (
        "a service of an ordinary user",
        {
          $0[1500].adjustment = -900
          $0[1500].cgroup = "0::/system.slice/kiosk.service\n"
        }
      ))
    variants.append(
      (
        "two listeners",
        {
          $0[400].adjustment = 0
          $0[401] = $0[400].with { $0.id = 401 }
        }
      ))
    variants.append(
      ("another killer", { $0[1600] = FixtureProcess(1600, "earlyoom", resident: 300) }))
    variants.append(("redis", { $0[1600] = FixtureProcess(1600, "redis-server", resident: 300) }))
    variants.append(
      (
        "redis where all is promised",
        {
          $0[1600] = FixtureProcess(1600, "redis-server", resident: 300)
          $0.files["proc/sys/vm/overcommit_memory"] = "1\n"
        }
      ))
    try check(variants, "processes.txt")
  }

  @Test("are about settings in force")
  func settings() throws {
    var variants: [Variant] = []
    for (panic, timeout, dump) in [
      (0, "0", "0"), (1, "0", "0"), (2, "0", "1"), (1, "10", "0"), (1, "-1", "1"), (1, nil, nil),
      (2, "0", nil),
    ] as [(Int, String?, String?)] {
      variants.append(
        (
          "panic_on_oom \(panic), panic \(timeout ?? "-"), dump \(dump ?? "-")",
          { machine in
            machine.files["proc/sys/vm/panic_on_oom"] = .file(Array("\(panic)\n".utf8))
            if let timeout {
              machine.files["proc/sys/kernel/panic"] = .file(Array("\(timeout)\n".utf8))
            }
            if let dump {
              machine.files["sys/kernel/kexec_crash_loaded"] = .file(Array("\(dump)\n".utf8))
            }
          }
        ))
    }
    variants.append(("allocating task", Self.setting("vm/oom_kill_allocating_task", "1")))
    variants.append(
      (
        "another value at boot",
        {
          Self.setting("vm/swappiness", "10")(&$0)
          $0.files["etc/sysctl.d/1.conf"] = "vm.swappiness = 20\nvm.panic_on_oom = 7\n"
        }
      ))
    variants.append(("the default at boot", Self.setting("vm/swappiness", "10")))
    variants.append(("broken rules", { $0.files["etc/oomctl/rules.conf"] = "java = x\n" }))
    variants.append(("rules and no guard", { $0.files["etc/oomctl/rules.conf"] = "java = 5\n" }))
    try check(variants, "settings.txt")
  }

  @Test("are about the guard and its rules")
  func guardsOwn() throws {
    func runs(_ words: String..., rules: String? = nil) -> (inout FixtureMachine) -> Void {
      { machine in
        machine[1700] = FixtureProcess(1700, "oomctl", resident: 500).with {
          $0.words = ["oomctl"] + words
        }
        if let rules { machine.files["etc/oomctl/rules.conf"] = .file(Array(rules.utf8)) }
      }
    }
    try check(
      [
        ("at work", runs("guard", rules: "java = 5\n")), ("at work without rules", runs("guard")),
        ("at work with a mistake", runs("guard", rules: "java = x\n")),
        ("by another file", runs("guard", "--rules", "/etc/other.conf", rules: "java = x\n")),
        ("by a file somewhere", runs("guard", "--rules", "other.conf", rules: "java = x\n")),
        ("not at work", runs("watch", rules: "java = x\n")),
        ("not at work, without rules", runs("watch")),
      ], "guard.txt")
  }

  @Test("are about the machine and its memory cgroups")
  func system() throws {
    var variants: [Variant] = [
      ("no swap", { $0.swap = 0 }), ("no kill", { $0.files["proc/vmstat"] = "oom_kill 0\n" }),
      ("one kill", { $0.files["proc/vmstat"] = "oom_kill 1\n" }),
      ("no counts", { $0.files["proc/vmstat"] = "nr_free_pages 1\n" }),
      ("no meminfo", { $0.files["proc/meminfo"] = .folder }),
      ("an unreadable process", { $0.files["proc/1200/status"] = .folder }),
      ("an old kernel", { $0.kernel = "2.6.30" }),
      ("an odd kernel", { $0.files["proc/sys/kernel/osrelease"] = "odd\n" }),
    ]
    for (name, adjustments) in [
      ("alone", [1200: -1000]), ("with another", [1200: -1000, 1201: 0]),
      ("smaller", [1200: 0, 1201: -1000]), ("as big", [1200: -1000, 1201: -1000]),
    ] {
      variants.append(
        (
          "limited, \(name)",
          { machine in
            machine.files["sys/fs/cgroup/system.slice/app.service/memory.max"] = "4294967296\n"
            if adjustments[1201] != nil {
              machine[1201] = FixtureProcess(1201, "helper", resident: 50).with {
                $0.cgroup = "0::/system.slice/app.service\n"
                if name == "as big" { $0.memory = machine[1200].memory }
              }
            }
            for (id, adjustment) in adjustments { machine[id].adjustment = adjustment }
          }
        ))
    }
    try check(variants, "system.txt")
  }

  @Test("of memory show its sums and zones")
  func memory() throws {
    let zones = [
      FixtureZone(
        name: "DMA", free: 90, min: 100, low: 200, high: 300, managed: 5000,
        protection: [0, 50, 60]),
      FixtureZone(
        name: "Normal", free: 900, min: 100, low: 200, high: 300, managed: 50_000,
        protection: [0, 0, 70], blocks: [4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0]),
      FixtureZone(
        name: "HighMem", free: 9000, min: 10, low: 20, high: 30, managed: 60_000,
        protection: [0, 0, 0], blocks: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]
    let low = [
      ("MemTotal", 460_000), ("MemFree", 40_000), ("MemAvailable", 100_000), ("HighTotal", 240_000),
      ("HighFree", 36_000), ("LowTotal", 220_000), ("LowFree", 4000), ("SwapTotal", 100_000),
      ("SwapFree", 50_000), ("CommitLimit", 300_000), ("Committed_AS", 200_000), ("Slab", 100_000),
      ("SReclaimable", 1000), ("PageTables", 5000), ("KernelStack", 700), ("Mlocked", 3),
      ("Shmem", 40), ("VmallocTotal", 122_880),
    ]
    let variants: [Variant] = [
      ("server", { _ in }), ("zones", { $0 = $0.with(zones) }),
      ("low memory", { $0 = $0.with(zones).with(memory: low) }),
      (
        "two nodes",
        {
          $0 = $0.with([
            FixtureZone(name: "Normal", free: 900, min: 100, low: 200, high: 300, managed: 5000),
            FixtureZone(
              node: 1, name: "Normal", free: 50, min: 100, low: 200, high: 300, managed: 5000),
          ])
        }
      ),
      (
        "a commit limit",
        {
          $0.files["proc/sys/vm/overcommit_memory"] = "2\n"
          $0.files["proc/sys/vm/overcommit_ratio"] = "50\n"
          $0.files["proc/sys/vm/overcommit_kbytes"] = "0\n"
        }
      ),
      (
        "an amount as commit limit",
        {
          $0.files["proc/sys/vm/overcommit_memory"] = "2\n"
          $0.files["proc/sys/vm/overcommit_kbytes"] = "9\n"
        }
      ), ("no pressure", { $0.files["proc/pressure/memory"] = "" }),
    ]
    var text = ""
    for variant in variants {
      let machine = FixtureMachine.server.with(variant.change)
      text += "== \(variant.name)\n" + (try Memory().shown(on: machine, width: 90))
    }
    var group = Memory()
    group.cgroup = .init("/a/b")
    let grouped = FixtureMachine.server.with {
      $0.files["sys/fs/cgroup/a/memory.max"] = "1000000\n"
      $0.files["sys/fs/cgroup/a/memory.current"] = "900001\n"
      $0.files["sys/fs/cgroup/a/b/memory.max"] = "max\n"
      $0.files["sys/fs/cgroup/a/b/memory.current"] = "500000\n"
      $0.files["sys/fs/cgroup/a/b/memory.high"] = "600000\n"
    }
    text += "== a cgroup\n" + (try group.shown(on: grouped))
    #expect(try text == expectedText("memory.txt", recording: text))
  }
}
