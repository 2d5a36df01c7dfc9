import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A container's view")
struct ConfinedViewTests {
  /// A container of version 2 whose mount shows its group alone.
  private func container(_ files: [String: FixtureTree.Entry] = [:]) -> FixtureMachine {
    FixtureMachine(processes: [
      FixtureProcess(1, "sh", resident: 400).with { $0.score = 666 },
      FixtureProcess(7, "app", resident: 5_000),
      FixtureProcess(9, "helper", resident: 1_000).with { $0.cgroup = "0::/inner\n" },
      FixtureProcess(11, "stranger", resident: 9_000).with { $0.cgroup = "0::/../other\n" },
    ]).with {
      $0.files = [
        "proc/self/ns/pid": .link("pid:[4026532180]"),
        "proc/self/ns/cgroup": .link("cgroup:[4026532250]"), "proc/self/cgroup": "0::/\n",
        "proc/self/mountinfo":
          "21 1 0:19 / /proc rw - proc proc rw\n31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
        "sys/fs/cgroup/cgroup.procs": "1\n7\n", "sys/fs/cgroup/inner/cgroup.procs": "9\n",
        "sys/fs/cgroup/memory.max": "52428800\n", "sys/fs/cgroup/memory.current": "31457280\n",
        "sys/fs/cgroup/memory.events": "low 0\nhigh 0\nmax 7\noom 2\noom_kill 2\n",
      ].merging(files) { $1 }
    }
  }

  @Test("leaves out what isn't in its group, and ranks what is below it")
  func members() throws {
    let tree = try container().tree()
    #expect(try run(["rank", "--json"], on: tree).numbers == [7, 9, 1])
    let overview = run([], on: tree)
    #expect(overview.lines.contains("Kills       2 in this group; limit reached 7 times"))
    #expect(overview.lines.contains("Next victim  app[7], 16 MiB ahead of helper[9]"))
    #expect(
      overview.lines.contains("Next victim  unknown: not all processes of the host are seen"))
  }

  @Test(
    "doesn't blame its own limit for kills that a group above it ran out for", arguments: [0, 22])
  func killedFromAbove(hits: Int) throws {
    let tree = try container([
      "sys/fs/cgroup/memory.events": "low 0\nhigh 0\nmax \(hits)\noom 0\noom_kill 1\n"
    ]).tree()
    #expect(run([], on: tree).lines.contains("Kills       1 in this group, none by its own limit"))
    let finding = try run(["doctor", "--json"], on: tree).json["findings"].elements
      .first { try $0["id"] == "cgroup_kills" }
    #expect(
      try finding?["text"].string.contains(", but not for its own limit: a group above") == true)
    #expect(try finding?["remedy"].string.hasPrefix("On the host, dmesg") == true)
  }

  @Test("counts only its members among those that can't be killed")
  func unkillable() throws {
    let machine = container().with { machine in
      machine.files["proc/self/ns/pid"] = .link("pid:[4026531836]")
      machine.processes += [
        FixtureProcess(21, "exempt", resident: 300).with { $0.adjustment = -1000 },
        FixtureProcess(22, "theirs", resident: 300).with {
          $0.adjustment = -1000
          $0.cgroup = "0::/../other\n"
        },
      ]
    }
    #expect(
      try run(["rank"], on: machine.tree()).lines
        .contains { $0.hasPrefix("1 can't be killed: kernel threads") })
  }

  @Test("tells of members that it doesn't show, and names nobody then")
  func unseen() throws {
    let tree = try container(["sys/fs/cgroup/inner/cgroup.procs": "0\n9\n"]).tree()
    #expect(try run(["--json"], on: tree).json["group"]["all_seen"] == false)
    #expect(run(["predict"], on: tree).output.contains("Next to die: unknown"))
    #expect(!run(["metrics"], on: tree).output.contains("oomctl_container_next_victim_info{"))
  }

  @Test("is confined by a group above where only that is limited, or has less room")
  func parent() throws {
    let parent: [String: FixtureTree.Entry] = [
      "proc/7/ns/pid": .link("pid:[4026532180]"),
      "proc/7/ns/cgroup": .link("cgroup:[4026532250]"),
      "proc/7/mountinfo": "31 23 0:28 /.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
      "sys/fs/cgroup/memory.max": "41943040\n", "sys/fs/cgroup/memory.current": "40000000\n",
      "sys/fs/cgroup/pod/cgroup.procs": "1\n7\n", "sys/fs/cgroup/pod/memory.max": "max\n",
      "sys/fs/cgroup/pod/memory.current": "31457280\n", "sys/fs/cgroup/other/cgroup.procs": "11\n",
    ]
    for limit in ["max\n", "52428800\n"] {
      let tree = try container().with {
        $0.files.merge(parent) { $1 }
        $0.files["sys/fs/cgroup/pod/memory.max"] = .init(stringLiteral: limit)
      }.tree()
      tree.remove("proc/self")
      try tree.add(.link("7"), at: "proc/self")
      let prediction = try run(["predict", "--json"], on: tree).json
      #expect(try prediction["domain"]["path"] == "/..")
      // Who is beside the container counts, too.
      #expect(try prediction["kills"].elements.first?["victim"]["name"] == "stranger")
      let nearest = try run(["predict", "--for", "7", "--json"], on: tree).json["domain"]["path"]
      #expect(nearest == (limit == "max\n" ? "/.." : "/"))
    }
  }

  @Test("without a limit answers for the machine, and names nobody")
  func unlimited() throws {
    let tree = try container(["sys/fs/cgroup/memory.max": "max\n"]).tree()
    let overview = run([], on: tree)
    #expect(try !run(["--json"], on: tree).json.members.map(\.key).contains("group"))
    #expect(overview.lines.contains { $0.hasPrefix("Next victim  unknown, not all processes") })
    #expect(
      overview.lines.contains("Kills       2 since boot, anywhere on the host: oomctl history"))
    #expect(try run(["predict", "--json"], on: tree).json["domain"]["kind"] == "system")
    #expect(run(["predict"], on: tree).output.contains("Next to die: unknown"))
  }

  @Test("of version 1 knows a limit above what is mounted")
  func hiddenLimit() throws {
    let tree = try container().with {
      for name in $0.files.keys where name.hasPrefix("sys/") { $0.files[name] = nil }
      for index in $0.processes.indices { $0.processes[index].cgroup = "4:memory:/\n" }
      $0.files["proc/self/cgroup"] = "4:memory:/\n"
      $0.files["proc/self/mountinfo"] =
        "31 23 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
      $0.files["sys/fs/cgroup/memory/memory.limit_in_bytes"] = "9223372036854771712\n"
      $0.files["sys/fs/cgroup/memory/memory.usage_in_bytes"] = "31457280\n"
      $0.files["sys/fs/cgroup/memory/memory.stat"] = "hierarchical_memory_limit 52428800\n"
    }.tree()
    let group = try run(["--json"], on: tree).json["group"]
    #expect(try group["limit_from_above"] == true)
    #expect(try group["limit_bytes"] == 52_428_800)
    #expect(
      try run(["predict", "--for", "7", "--json"], on: tree).json["domain"]["total_pages"]
        == 274_944
    )
    #expect(run(["predict"], on: tree).output.contains("Next to die: unknown"))
  }

  @Test("of oomctl alone has nobody to rank, and that is no fault")
  func alone() throws {
    let tree = try container().with { machine in
      machine.processes.removeAll { $0.id != 11 }
    }.tree()
    let rank = run(["rank"], on: tree)
    #expect(rank.status == .done)
    #expect(rank.lines.last == "No other process in it can be killed.")
    #expect(run([], on: tree).lines.contains("Next victim  none: no process in it can be killed"))
  }

  @Test("isn't that of a machine whose root has no limit")
  func host() throws {
    let tree = try FixtureMachine.server.with {
      $0.files["proc/self/cgroup"] = "0::/user.slice\n"
      $0.files["sys/fs/cgroup/cgroup.procs"] = "1\n"
      $0.files["sys/fs/cgroup/user.slice/memory.max"] = "52428800\n"
    }.tree()
    #expect(try run(["rank", "--json"], on: tree).numbers.first == 1300)
    #expect(try run(["predict", "--json"], on: tree).json["domain"]["kind"] == "system")
  }

  @Test("with hidden processes names no victim of the machine")
  func hidden() throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/self/mountinfo"] =
        "21 1 0:19 / /proc rw - proc proc rw,hidepid=invisible\n"
      $0.processes.removeAll { $0.id == 1 }
    }
    let tree = try machine.tree()
    #expect(
      run([], on: tree).lines.contains { $0.hasPrefix("Next victim  unknown, not all processes") })
    #expect(run(["predict"], on: tree).output.contains("Next to die: unknown"))
    #expect(!run(["metrics"], on: tree).output.contains("oomctl_next_victim_info"))
    #expect(run(["explain", "fluentd"], on: tree).lines.first?.contains("that are seen") ?? false)
  }
}
