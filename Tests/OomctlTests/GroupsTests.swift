import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// The memory cgroups, as a machine's files tell of them.
@Suite struct GroupsTests {
  private static let hash = String(repeating: "3f7a", count: 16)
  private static let pod = "77f06c5c-4593-43e9-b970-987f6ecb825b"

  private static func process(
    _ id: Int, _ name: String, in group: String, resident: Int, adjustment: Int = 0
  )
    -> FixtureProcess
  {
    var process = FixtureProcess(id, name, resident: resident)
    process.cgroup = "0::\(group)\n"
    process.adjustment = adjustment
    return process
  }

  private static let machine: FixtureMachine = {
    var machine = FixtureMachine(processes: [
      process(100, "worker", in: "/system.slice/worker.service", resident: 200_000),
      process(200, "small", in: "/app/db", resident: 1000),
      process(201, "large", in: "/app/db", resident: 9000),
      process(300, "web", in: "/kubepods/burstable/pod\(pod)/\(hash)", resident: 5000),
      process(
        301, "spared", in: "/kubepods/burstable/pod\(pod)/\(hash)", resident: 8000,
        adjustment: -1000),
    ])
    let root = "sys/fs/cgroup"
    let amounts: [String: [String: String]] = [
      "system.slice": ["memory.current": "900000000", "memory.max": "max"],
      "system.slice/worker.service": [
        "memory.current": "1073741824", "memory.max": "max", "memory.high": "1073741824",
        "memory.events": "low 0\nhigh 182733\nmax 0\noom 0\noom_kill 0\n",
        "memory.pressure":
          "some avg10=95.00 avg60=1.00 avg300=1.00 total=1\nfull avg10=93.10 avg60=1.00 avg300=1.00 total=1\n",
      ],
      "app": ["memory.current": "50000000", "memory.max": "100000000"],
      "app/db": [
        "memory.current": "49000000", "memory.max": "max", "memory.swap.current": "4096",
        "memory.swap.max": "8192", "memory.peak": "60000000", "memory.oom.group": "1",
        "memory.stat": "inactive_file 1000000\nactive_file 1000000\n",
        "memory.events": "low 0\nhigh 0\nmax 7\noom 2\noom_kill 3\noom_group_kill 1\n",
      ],
      "kubepods/burstable/pod\(pod)/\(hash)": [
        "memory.current": "51000000", "memory.max": "52428800",
      ],
      "empty": ["memory.current": "0", "memory.max": "max"],
    ]
    machine.files["\(root)/cgroup.procs"] = ""
    for (group, files) in amounts {
      for (name, text) in files {
        machine.files["\(root)/\(group)/\(name)"] = .init(
          stringLiteral: text.hasSuffix("\n") ? text : text + "\n")
      }
    }
    machine.files["var/log/pods/shop_cart-7f9_\(pod)/web/0.log"] = ""
    machine.files["var/log/containers/cart-7f9_shop_web-\(hash).log"] = ""
    return machine
  }()

  private func groups(_ words: [String] = [], on machine: FixtureMachine = machine) throws -> Run {
    try run(
      ["groups", "--color", "never"] + words, on: machine.tree(), in: Environment(terminalWidth: 80)
    )
  }

  private func group(_ path: String) throws -> JSON {
    let all = try groups(["--json"]).json["groups"].elements
    return try #require(try all.first { try $0["path"] == .text(path) })
  }

  @Test func `stand in the order of what is nearest to trouble`() throws {
    let paths = try groups(["--json"]).json["groups"].elements.map { try $0["path"].string }
    #expect(
      paths.prefix(3) == [
        "/kubepods/burstable/pod\(Self.pod)/\(Self.hash)", "/system.slice/worker.service", "/app",
      ])
    #expect(paths.contains("/empty"))
    #expect(paths.contains("/"))
  }

  @Test func `have all that their files tell`() throws {
    let group = try group("/app/db")
    #expect(try group["used_bytes"] == 49_000_000)
    #expect(try group["droppable_bytes"] == 2_000_000)
    #expect(try group["limit_bytes"] == 100_000_000)
    #expect(try group["limit_owner"] == "/app")
    #expect(try group["left_bytes"] == 50_000_000)
    #expect(try group["swap_bytes"] == 4096)
    #expect(try group["swap_limit_bytes"] == 8192)
    #expect(try group["peak_bytes"] == 60_000_000)
    #expect(try group["events"]["oom_kill"] == 3)
    #expect(try group["events"]["oom_group_kill"] == 1)
    #expect(try group["events"]["max"] == 7)
    #expect(try group["oom_group"] == true)
    #expect(try group["kill_disabled"] == false)
    #expect(try group["high_bytes"] == nil)
    #expect(try group["pressure"] == nil)
    #expect(try group["state"] == "fine")
    #expect(try group["processes"] == 2)
  }

  @Test func `name who dies at their own limit`() throws {
    #expect(try group("/app")["next_victim"]["pid"] == 201)
    // The limit is that of the group above.
    #expect(try group("/app/db")["next_victim"] == nil)
    let container = try group("/kubepods/burstable/pod\(Self.pod)/\(Self.hash)")
    #expect(try container["next_victim"]["name"] == "web")
    #expect(try group("/empty")["next_victim"] == nil)
  }

  @Test func `are throttled above memory.high, and full near their limit`() throws {
    #expect(try group("/system.slice/worker.service")["state"] == "throttled")
    #expect(
      try group("/system.slice/worker.service")["pressure"]["full_avg10_percent_hundredths"] == 9310
    )
    #expect(try group("/kubepods/burstable/pod\(Self.pod)/\(Self.hash)")["state"] == "full")
    let text = try groups().output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(
      text.contains("is throttled: it is at its memory.high of 1.0 GiB, was held back 182733 times")
    )
    #expect(text.contains("stood still for 93.1 %"))
  }

  @Test func `have the names of their containers and pods`() throws {
    let group = try group("/kubepods/burstable/pod\(Self.pod)/\(Self.hash)")
    #expect(try group["container"]["id"] == .text(Self.hash))
    #expect(try group["container"]["name"] == "web")
    #expect(try group["pod"]["uid"] == .text(Self.pod))
    #expect(try group["pod"]["name"] == "cart-7f9")
    #expect(try group["pod"]["namespace"] == "shop")
    #expect(try groups(["--all"]).output.contains("  web in shop/cart-7f9"))
    #expect(try self.group("/system.slice/worker.service")["unit"] == "worker.service")
    #expect(try self.group("/app")["container"] == nil)
  }

  @Test func `fail a check where one is near its limit, or hangs`() throws {
    #expect(try groups(["--check", "-q"]).status == .failed)
    #expect(try groups().status == .done)
    #expect(try groups(["--check", "/app"]).status == .done)
    #expect(try groups(["--check", "/system.slice"]).status == .failed)
  }

  @Test func `below one group are those below it, with the limits above it`() throws {
    let paths = try groups(["--json", "/app/db"]).json["groups"].elements
    #expect(try paths.map { try $0["path"].string } == ["/app/db"])
    #expect(try paths[0]["limit_owner"] == "/app")
    let missing = try groups(["/none"])
    #expect(missing.status == .failed && missing.errors.contains("/none: no such memory cgroup"))
  }

  @Test func `stand as a tree, or the first so many`() throws {
    let tree = try groups(["--tree", "/app"]).output.split(separator: "\n").prefix(3)
    #expect(tree[1].hasSuffix(" app"))
    #expect(tree[2].hasSuffix("   db"))
    let one = try groups(["-n", "1"]).output
    #expect(one.contains(" more (--all shows them)."))
    #expect(!one.contains("/app"))
  }

  @Test func `of version 1 wait where their OOM killer is off`() throws {
    var machine = FixtureMachine(processes: [])
    let root = "sys/fs/cgroup/memory"
    for (name, text) in [
      ("a/memory.usage_in_bytes", "1000\n"), ("a/memory.limit_in_bytes", "1000000\n"),
      ("a/memory.memsw.usage_in_bytes", "5096\n"), ("a/memory.max_usage_in_bytes", "9000\n"),
      ("a/memory.failcnt", "4\n"),
      ("a/memory.oom_control", "oom_kill_disable 1\nunder_oom 1\noom_kill 2\n"),
      ("memory.usage_in_bytes", "5000\n"),
    ] {
      machine.files["\(root)/\(name)"] = .init(stringLiteral: text)
    }
    let group = try #require(
      try groups(["--json"], on: machine).json["groups"].elements.first { try $0["path"] == "/a" })
    #expect(try group["state"] == "waiting")
    #expect(try group["kill_disabled"] == true && group["under_oom"] == true)
    #expect(try group["swap_bytes"] == 4096)
    #expect(try group["peak_bytes"] == 9000)
    #expect(try group["events"]["max"] == 4 && group["events"]["oom_kill"] == 2)
    let text = try groups(["--check"], on: machine).output.split { $0 == " " || $0 == "\n" }
    #expect(text.joined(separator: " ").contains("nobody is killed for them"))
  }

  @Test func `whose names a user chose are quoted where a command is advised`() throws {
    var machine = FixtureMachine(processes: [])
    let group = "sys/fs/cgroup/user.slice/x;reboot"
    machine.files["sys/fs/cgroup/cgroup.procs"] = ""
    machine.files["\(group)/memory.current"] = "1000\n"
    machine.files["\(group)/memory.max"] = "1000\n"
    let findings = try run(["doctor", "--json"], on: machine.tree()).json["findings"].elements
    let remedies = try findings.filter { try $0["id"] == "cgroup_limit_near" }.map {
      try $0["remedy"].string
    }
    #expect(remedies.map { $0.hasSuffix("oomctl predict --in '/user.slice/x;reboot'") } == [true])
  }

  @Test func `are found by doctor and by memory`() throws {
    let doctor = try run(["doctor", "--json"], on: Self.machine.tree()).json["findings"].elements
    let found = try doctor.map { try $0["id"].string }.filter { $0.hasPrefix("cgroup_") }
    #expect(found.contains("cgroup_throttled"))
    #expect(found.contains("cgroup_limit_near"))
    let memory = try run(
      ["memory", "--cgroup", "/system.slice/worker.service"], on: Self.machine.tree())
    #expect(memory.output.contains("is throttled"))
    #expect(!memory.output.contains("Nothing to worry about"))
  }
}
