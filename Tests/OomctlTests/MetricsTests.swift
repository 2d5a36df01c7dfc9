import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The metrics")
struct MetricsTests {
  /// A page's samples by what stands before the number.
  private func samples(_ words: [String] = [], on machine: FixtureMachine) throws -> [String:
    String]
  {
    let result = try run(["metrics"] + words, on: machine.tree())
    #expect(result.errors.isEmpty || result.errors.hasPrefix("oomctl: ROOT/proc/zoneinfo"))
    #expect(result.status == .done)
    let pairs = result.lines.filter { !$0.hasPrefix("#") }.map { line in
      let end = line.lastIndex(of: " ") ?? line.endIndex
      return (String(line[..<end]), String(line[end...].dropFirst()))
    }
    return Dictionary(pairs) { first, _ in first }
  }

  private static let server = MemoryTests.server.with {
    $0.files["sys/fs/cgroup/system.slice/app.service/memory.events"] = "oom 4\noom_kill 3\n"
    $0.files["sys/fs/cgroup/system.slice/ssh.service/memory.events"] = "oom 0\noom_kill 0\n"
  }

  @Test("are a page for node_exporter, and one of OpenMetrics", arguments: ["prom", "openmetrics"])
  func page(format: String) throws {
    let words = format == "prom" ? [] : ["--openmetrics"]
    let page = try run(["metrics"] + words, on: Self.server.tree()).output
    #expect(try page == expectedText("metrics.\(format)", recording: page))
  }

  @Test("of a 32-bit machine tell of low memory")
  func lowMemory() throws {
    let samples = try samples(on: LowMemoryTests.machine)
    #expect(samples["oomctl_low_memory_short"] == "1")
    #expect(samples["oomctl_low_memory_size_bytes"] == "875909120")
    #expect(samples["oomctl_high_memory_free_bytes"] == "957272064")
    #expect(try self.samples(on: Self.server)["oomctl_low_memory_short"] == nil)
  }

  @Test("leave out what a kernel doesn't tell")
  func absent() throws {
    let old = Self.server.with {
      $0.kernel = "2.6.32"
      $0.files["proc/vmstat"] = "nr_free_pages 9\n"
      $0.files["proc/pressure/memory"] = .folder
      $0.files["proc/sys/vm/overcommit_memory"] = .folder
    }
    let tree = try old.tree()
    tree.remove("proc/pressure/memory")
    tree.remove("proc/sys/vm/overcommit_memory")
    let page = run(["metrics"], on: tree).output
    for name in ["kills_total", "pressure", "overcommit_mode", "commit_limit_enforced", "margin"] {
      #expect(!page.contains("oomctl_\(name)"), "\(name)")
    }
    #expect(!page.contains("next_victim_oom_score_adj "))
    #expect(page.contains("\noomctl_commit_limit_bytes 3221225472\n"))
  }

  @Test("go on without meminfo, and say so")
  func noMemory() throws {
    let tree = try Self.server.tree()
    tree.remove("proc/meminfo")
    let result = run(["metrics"], on: tree)
    #expect(result.errors == "oomctl: ROOT/proc/meminfo: No such file or directory\n")
    #expect(result.status == .failed)
    #expect(result.lines.contains("oomctl_kills_total 2"))
  }

  @Test("tell of the highest groups only", arguments: [0, 1, 3])
  func top(count: Int) throws {
    let machine = FixtureMachine(
      processes: [FixtureProcess(1, "systemd", resident: 10), .kernelThread(2, "kthreadd")]
        + (100..<300).map { id in
          FixtureProcess(id, "p\(id)", resident: id * 10).with {
            $0.cgroup = "0::/system.slice/u\(id / 2).service\n"
          }
        })
    let samples = try samples(["--top", "\(count)"], on: machine)
    let groups = samples.keys.filter { $0.hasPrefix("oomctl_group_oom_score{") }
    #expect(groups.count == count)
    if count > 0 {
      #expect(samples["oomctl_group_processes{unit=\"u149.service\"}"] == "2")
      #expect(samples["oomctl_group_memory_bytes{unit=\"u149.service\"}"] == "24453120")
    }
    #expect(samples["oomctl_next_victim_info{unit=\"u149.service\",class=\"ordinary\"}"] == "1")
  }

  @Test("never tell the number of a process, nor its name")
  func cardinality() throws {
    let page = try run(["metrics", "--top", "1000"], on: Self.server.tree()).output
    for word in ["1200", "1501", "fluentd", "java"] {
      #expect(!page.contains("\"\(word)"), "\(word)")
    }
  }

  @Test(
    "say what the next victim is to the system",
    arguments: [
      ("java", "app.service", 0, 0, "ordinary"), ("postgres", "db.service", 110, 0, "database"),
      ("dockerd", "docker.service", 0, 0, "container_runtime"),
      ("dbus-daemon", "dbus.service", 100, 0, "system"),
      ("dbus-daemon", "user@1000.service", 1000, 0, "ordinary"),
      ("java", "app.service", 0, -900, "protected"), ("sshd", "ssh.service", 0, 0, "login"),
    ])
  func victimClass(name: String, unit: String, user: Int, adjustment: Int, expected: String) throws
  {
    let machine = FixtureMachine(processes: [
      FixtureProcess(1, "systemd", resident: 10).with { $0.parent = 0 },
      .kernelThread(2, "kthreadd", parent: 0),
      FixtureProcess(50, name, resident: 900_000).with {
        $0.cgroup = "0::/system.slice/\(unit)\n"
        $0.user = user
        $0.adjustment = adjustment
        if name == "sshd" { $0.words = ["sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"] }
      },
    ])
    let key = "oomctl_next_victim_info{unit=\"\(unit)\",class=\"\(expected)\"}"
    #expect(try samples(on: machine)[key] == "1")
  }

  @Test("tell users' units apart, and groups without a unit by their path")
  func labels() throws {
    let samples = try samples(on: Self.server.with { $0[1200].cgroup = "0::/docker/abc\n" })
    let firefox = "unit=\"user@1000.service\",user_unit=\"firefox.service\""
    #expect(samples["oomctl_group_processes{\(firefox)}"] == "2")
    #expect(samples["oomctl_group_processes{cgroup=\"/docker/abc\"}"] == "1")
  }

  @Test("count kills of a unit in its topmost group, and with version 1 in each")
  func groupKills() throws {
    let container = Self.server.with {
      $0[1200].cgroup = "0::/system.slice/app.service/inner\n"
      $0.files["sys/fs/cgroup/system.slice/app.service/inner/memory.events"] = "oom_kill 1\n"
    }
    let key = "oomctl_group_kills_total{unit=\"app.service\"}"
    #expect(try samples(on: container)[key] == "3")
    let old = Self.server.with {
      $0[1200].cgroup =
        "4:memory:/system.slice/app.service/inner\n1:name=systemd:/system.slice/app.service\n"
      let group = "sys/fs/cgroup/memory/system.slice/app.service"
      $0.files["\(group)/memory.oom_control"] = "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n"
      $0.files["\(group)/inner/memory.oom_control"] =
        "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n"
    }
    #expect(try samples(on: old)[key] == "7")
  }

  @Test(
    "say whether the guard is at work",
    arguments: [
      (["oomctl", "guard"], 0, "1"),
      (["/usr/local/bin/oomctl", "-q", "guard", "--interval", "5"], 0, "1"),
      (["oomctl", "guard", "--once"], 0, "0"), (["oomctl", "guard", "--help"], 0, "0"),
      (["oomctl", "guard", "--nonsense"], 0, "0"), (["oomctl", "rank"], 0, "0"),
      (["oomctl", "guard"], 1000, "0"), (["other", "guard"], 0, "0"),
    ])
  func guardState(words: [String], user: Int, expected: String) throws {
    let machine = Self.server.with {
      $0[700] = FixtureProcess(700, "x", resident: 900).with {
        $0.program = "/usr/local/bin/\(words[0].split(separator: "/").last ?? "")"
        $0.words = words
        $0.user = user
      }
    }
    let samples = try samples(on: machine)
    #expect(samples["oomctl_guard_running"] == expected)
    #expect(samples["oomctl_guard_rules"] == nil && samples["oomctl_guard_rules_valid"] == nil)
  }

  @Test(
    "say what the guard's rules are worth",
    arguments: [
      ("", "0", "1"), ("name:java = -500\nname:bash = 3\n", "2", "1"),
      ("name:java = x\n", nil, "0"),
    ])
  func rules(text: String, count: String?, valid: String) throws {
    let samples = try samples(
      on: Self.server.with { $0.files["etc/oomctl/rules.conf"] = .file(Array(text.utf8)) })
    #expect(samples["oomctl_guard_rules"] == count)
    #expect(samples["oomctl_guard_rules_valid"] == valid)
  }

  @Test("don't tell what can't be known where processes are hidden")
  func hidden() throws {
    let machine = Self.server.with {
      $0.processes.removeAll { $0.id == 1 }
      $0.files["proc/self/mountinfo"] = "21 1 0:19 / /proc rw - proc proc rw,hidepid=invisible\n"
    }
    let result = try run(["metrics"], on: machine.tree())
    #expect(result.lines.contains("oomctl_complete 0"))
    #expect(!result.output.contains("oomctl_guard_running"))
  }

  @Test("are the same numbers in JSON")
  func json() throws {
    let json = try run(["metrics", "--json"], on: Self.server.tree()).json
    let metrics = try json["metrics"].elements
    let ratio = try #require(try metrics.first { try $0["name"] == "oomctl_overcommit_ratio" })
    #expect(try ratio["type"] == "gauge" && ratio["unit"] == "ratio")
    let kills = try #require(try metrics.first { try $0["name"] == "oomctl_kills_total" })
    #expect(try kills["samples"].elements[0]["value"] == 2)
    let victim = try #require(try metrics.first { try $0["name"] == "oomctl_next_victim_info" })
    #expect(try victim["samples"].elements[0]["labels"]["unit"] == "td-agent.service")
  }

  @Test(
    "of any name are lines that a parser and a terminal can take", arguments: HostileName.all
  )
  func hostile(name: [UInt8]) throws {
    let text = String(decoding: name.filter { $0 != 0x2F && $0 != 0x0A }, as: UTF8.self)
    func machine(_ text: String) -> FixtureMachine {
      Self.server.with {
        $0[1300].cgroup = "0::/system.slice/x\(text).service\n"
        $0[1200].cgroup = "0::/docker/\(text)\n"
        $0[1200].name = Array(text.utf8)
        $0.kernel = "6.1.0\(text)"
      }
    }
    for words in [["metrics"], ["metrics", "--openmetrics"]] {
      let page = try run(words, on: machine(text).tree())
      #expect(page.output.unicodeScalars.allSatisfy(isHarmless))
      let usual = try run(words, on: machine("plain").tree())
      #expect(page.lines.count == usual.lines.count)
      for (line, other) in zip(page.lines, usual.lines) {
        #expect(line.prefix { $0 != "{" } == other.prefix { $0 != "{" } || !line.contains("{"))
      }
    }
  }

  @Test("can be made of every captured machine", arguments: try CapturedMachine.all)
  func captured(machine: CapturedMachine) throws {
    try machine.withRoot { root in
      let result = run(["metrics", "--root", root])
      #expect(result.status == .done)
      let names = result.lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ")[0] }
      #expect(Set(names).count == names.count)
      let searches = try run(["predict", "--json", "--root", root]).json["outcome"] == "kill"
      let hasVictim = try searches && !run(["rank", "--json", "--root", root]).processes.isEmpty
      #expect(result.output.contains("\noomctl_next_victim_info{") == hasVictim)
    }
  }
}
