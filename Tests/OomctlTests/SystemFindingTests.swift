import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import oomctl

@Suite("A finding about settings")
struct SettingFindingTests {
  @Test(
    "says when Redis runs where its fork can be refused",
    arguments: [
      ("redis-server", "0", ["overcommit_refuses_fork warning"]), ("redis-server", "1", []),
      ("valkey-server", "0", ["overcommit_refuses_fork warning"]), ("nginx", "0", []),
    ])
  func fork(name: String, mode: String, expected: [String]) throws {
    let machine = FixtureMachine.healthy.with(lasting: ["vm/overcommit_memory": mode]).with {
      $0.processes.append(FixtureProcess(600, name, resident: 3000))
    }
    #expect(try ailments(machine) == expected)
    guard !expected.isEmpty else { return }
    // PostgreSQL runs there, too, and wants the opposite.
    let both = try ailment(machine).remedy
    #expect(both.hasPrefix("Two servers want opposite values: \(name)[600] 1, postgres["))
    let found = try ailment(
      machine.with { $0.processes.removeAll { $0.name == Array("postgres".utf8) } })
    #expect(found.text.contains("\(name)[600]") && found.text.contains("vm.overcommit_memory 0"))
    #expect(found.source == "ROOT/proc/sys/vm/overcommit_memory")
    #expect(found.remedy == "oomctl tune vm.overcommit_memory=1 --persist")
  }

  @Test("says when mode 2 is near its limit, as memory does")
  func commit() throws {
    let machine = FixtureMachine.healthy.with(lasting: ["vm/overcommit_memory": "2"])
    #expect(try ailments(machine).isEmpty)
    let near = machine.with {
      $0.files["proc/meminfo"] =
        "MemTotal: 1000000 kB\nSwapTotal: 10 kB\nCommitLimit: 100 kB\nCommitted_AS: 99 kB\n"
    }
    #expect(try ailments(near) == ["commit_limit_near warning"])
  }

  @Test(
    "says when a panic ends without reboot or without a dump",
    arguments: [
      ("0", "0", nil, []), ("0", "0", "0", []), ("1", "10", "1", ["panic_on_oom info"]),
      ("1", "-1", "1", ["panic_on_oom info"]),
      ("1", "10", nil, ["panic_on_oom info"]), ("1", "0", nil, ["panic_without_reboot warning"]),
      ("2", "0", "0", ["panic_without_reboot warning", "panic_without_dump info"]),
      ("1", "10", "0", ["panic_on_oom info", "panic_without_dump info"]),
      ("1", "0", "1", ["panic_without_reboot info"]),
    ] as [(String, String, String?, [String])])
  func panic(policy: String, timeout: String, dump: String?, expected: [String]) throws {
    let machine = FixtureMachine.healthy.with(
      lasting: ["vm/panic_on_oom": policy, "kernel/panic": timeout]
    ).with {
      if let dump {
        $0.files["sys/kernel/kexec_crash_loaded"] = .file(Array("\(dump)\n".utf8))
      }
    }
    #expect(try ailments(machine) == expected)
  }

  @Test("names both settings of a panic")
  func panicWords() throws {
    let found = try ailment(
      .healthy.with(lasting: ["vm/panic_on_oom": "1", "kernel/panic": "0"]))
    #expect(
      found.text
        == "vm.panic_on_oom is 1 and kernel.panic 0: out of memory, the machine panics and hangs "
        + "until it is reset")
    #expect(found.source == "ROOT/proc/sys/kernel/panic")
    #expect(found.remedy == "oomctl tune kernel.panic=10 --persist")
  }

  @Test("says when a file holds another value than the kernel")
  func temporary() throws {
    let machine = FixtureMachine.healthy.with(settings: ["vm/swappiness": "60"]).with {
      $0.files["etc/sysctl.d/50-app.conf"] = "# ours\nvm.swappiness = 10\n"
    }
    #expect(try ailments(machine) == ["setting_temporary warning"])
    let found = try ailment(machine)
    #expect(
      found.text
        == "vm.swappiness is 60, and the next boot makes it 10: /etc/sysctl.d/50-app.conf:2")
    #expect(found.source == "/etc/sysctl.d/50-app.conf")
    #expect(
      found.remedy
        == "oomctl tune vm.swappiness=10 takes the file's value, oomctl tune vm.swappiness=60 "
        + "--persist keeps the present one.")
    #expect(try ailments(machine.with(settings: ["vm/swappiness": "10"])).isEmpty)
  }

  @Test(
    "says what keeps a value where oomctl's own file wouldn't",
    arguments: [
      (
        "vm.oom_dump_tasks = 1\n",
        "oomctl tune vm.oom_dump_tasks=1 takes the file's value. To keep the present one: "
          + "/etc/sysctl.d/99-z.conf:1 wins at boot, with 1. Change it there."
      ),
      (
        "vm.oom_dump_tasks = 1\n-vm.oom_dump_tasks\n",
        "oomctl tune vm.oom_dump_tasks=1 takes the default. To keep the present one: nothing sets it at "
          + "boot: a later file takes it back with '-vm.oom_dump_tasks'. Look for it with: grep -r "
          + "oom_dump_tasks /etc/sysctl.d /usr/lib/sysctl.d"
      ),
    ])
  func overruled(text: String, remedy: String) throws {
    let machine = FixtureMachine.healthy.with(settings: [
      "vm/oom_dump_tasks": "0", "kernel/panic": "5",
    ]).with {
      $0.files["etc/systemd/system"] = .folder
      $0.files["etc/sysctl.d/99-z.conf"] = .file(Array(text.utf8))
    }
    #expect(try ailment(machine).remedy == remedy)
  }

  @Test("advises no setting that another file would take back")
  func overruledPolicy() throws {
    let machine = FixtureMachine.healthy.with(
      settings: ["vm/panic_on_oom": "1", "kernel/panic": "0"],
      files: ["etc/sysctl.d/99-x.conf": "vm.panic_on_oom = 1\nkernel.panic = 0\n"])
    #expect(
      try ailment(machine).remedy
        == "oomctl tune kernel.panic=10 until the next boot; /etc/sysctl.d/99-x.conf:2 wins at boot, "
        + "with 0. Change it there.")
  }

  @Test(
    "says when no file keeps a value that isn't the kernel's default",
    arguments: [
      ("vm/overcommit_memory", "1", "0"), ("vm/swappiness", "10", "60"),
      ("vm/oom_dump_tasks", "0", "1"),
    ])
  func lost(key: String, value: String, initial: String) throws {
    let machine = FixtureMachine.healthy.with(settings: [key: value, "kernel/panic": "5"])
    let name = SettingWrite.key(of: key)
    let found = try ailment(machine)
    #expect(
      found.text
        == "\(name) is \(value), and the next boot makes it \(initial): no file sets it, and that is the "
        + "kernel's default")
    #expect(found.source == "ROOT/proc/sys/\(key)")
    #expect(
      found.remedy
        == "oomctl tune \(name)=\(initial) takes the default, oomctl tune \(name)=\(value) --persist "
        + "keeps the present one.")
    let tree = try machine.tree()
    #expect(run(["tune", "\(name)=\(value)", "--persist"], on: tree).status == .done)
    #expect(try run(["doctor", "--json"], on: tree).json["findings"].elements.isEmpty)
  }

  @Test("says when a file holds what the kernel refuses")
  func refused() throws {
    let machine = FixtureMachine.healthy.with(settings: ["vm/swappiness": "60"]).with {
      $0.files["etc/sysctl.d/50-app.conf"] = "vm.swappiness = 999\n"
    }
    #expect(try ailments(machine) == ["setting_refused warning"])
    #expect(
      try ailment(machine).text.hasPrefix(
        "vm.swappiness stays 60: /etc/sysctl.d/50-app.conf:1 sets 999: "))
  }
}

@Suite("A finding about a machine as a whole")
struct SystemFindingTests {
  @Test("says when there is no swap")
  func swap() throws {
    let machine = FixtureMachine.healthy.with { $0.swap = 0 }
    #expect(try ailments(machine) == ["no_swap info"])
    #expect(try ailment(machine).source == "ROOT/proc/meminfo")
  }

  @Test(
    "counts kills, where the kernel does",
    arguments: [
      ("oom_kill 1\n", "1 process "), ("oom_kill 73\n", "73 processes "),
      ("nr_free_pages 1\n", nil),
    ])
  func kills(vmstat: String, expected: String?) throws {
    let machine = FixtureMachine.healthy.with {
      $0.files["proc/vmstat"] = .init(stringLiteral: vmstat)
    }
    guard let expected else {
      #expect(try ailments(machine).isEmpty)
      return
    }
    #expect(try ailments(machine) == ["kills_since_boot info"])
    let found = try ailment(machine)
    #expect(found.text.hasPrefix("the kernel has killed \(expected)"))
    #expect(found.source == "ROOT/proc/vmstat")
    #expect(found.remedy == "dmesg, or journalctl -k, shows whom.")
  }

  @Test("names other killers", arguments: ["systemd-oomd", "earlyoom", "nohang"])
  func killers(name: String) throws {
    let machine = FixtureMachine.healthy.with {
      $0.processes.append(FixtureProcess(702, name, resident: 300))
    }
    #expect(try ailments(machine) == ["other_killer info"])
    #expect(try ailment(machine).text.hasPrefix("\(name)[702] runs too"))
    #expect(try ailment(machine).source == "ROOT/proc/702/stat")
  }

  @Test("says what memory does")
  func memory() throws {
    let machine = FixtureMachine.healthy.with {
      $0.files["proc/meminfo"] =
        "MemTotal: 1000000 kB\nMemAvailable: 9 kB\nSwapTotal: 10 kB\nSwapFree: 0 kB\n"
    }
    #expect(try ailments(machine) == ["memory_short critical", "swap_full warning"])
  }
}

@Suite("Which oomctl comes first")
struct NamesakeTests {
  /// What doctor says of it with a search path.
  private func namesake(_ path: String?, program: String) throws -> [String] {
    let variables: Environment.Variables = path.map { .listed(["PATH": $0]) } ?? [:]
    let environment = Environment(program: { program }, variables: variables)
    return try run(["doctor", "--json"], in: environment).json["findings"].elements
      .filter { try $0["id"] == "other_oomctl_first" }.map { try $0["text"].string }
  }

  private func programs() throws -> FixtureTree {
    let tree = try FixtureTree([
      "one/oomctl": "#!/bin/sh\n", "two/oomctl": "#!/bin/sh\n", "plain/oomctl": "",
      "folder/oomctl/file": "", "link/oomctl": .link("../two/oomctl"),
    ])
    for name in ["one", "two"] { _ = unsafe chmod("\(tree.path)/\(name)/oomctl", 0o755) }
    _ = unsafe chmod("\(tree.path)/plain/oomctl", 0o644)
    return tree
  }

  @Test(
    "is told where it is another program",
    arguments: [
      ("one:two", "two", "one"), ("nowhere:plain:folder:one", "two", "one"),
      ("two:one", "two", nil), ("link:one", "two", nil), ("link", "one", "two"),
      ("nowhere", "two", nil),
    ])
  func order(folders: String, own: String, expected: String?) throws {
    let tree = try programs()
    let path = folders.split(separator: ":").map { "\(tree.path)/\($0)" }.joined(separator: ":")
    let found = try namesake(path, program: "\(tree.path)/\(own)/oomctl")
    let text = expected.map {
      "'oomctl' means \(tree.path)/\($0)/oomctl by the PATH, another program than this one"
    }
    #expect(found == (text.map { [$0] } ?? []))
  }

  @Test("isn't asked without a search path, or on a captured tree")
  func silence() throws {
    #expect(try namesake(nil, program: "/nowhere").isEmpty)
    let tree = try programs()
    let environment = Environment(
      program: { "/nowhere" }, variables: .listed(["PATH": "\(tree.path)/one"]))
    let result = try run(["doctor", "--json"], on: FixtureMachine.healthy.tree(), in: environment)
    #expect(try result.json["findings"].elements.isEmpty)
  }
}
