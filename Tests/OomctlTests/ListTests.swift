import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import oomctl

@Suite("The list")
struct ListTests {
  @Test("shows all processes, the kernel's threads too")
  func screen() throws {
    let list = try run(["list"], on: FixtureMachine.server.tree())
    #expect(list.errors.isEmpty)
    #expect(try list.output == expectedText("list.txt", recording: list.output))
  }

  @Test("has a member for each column in JSON")
  func json() throws {
    let row = try #require(
      try run(["list", "java", "--json"], on: FixtureMachine.server.tree()).processes.first)
    #expect(try row.members.map(\.key) == Column.all.map(\.key))
    let expected: [(String, JSON)] = [
      ("pid", 1200), ("ppid", 1), ("uid", 120), ("user", "app"), ("name", "java"),
      ("command", "/usr/bin/java -Xmx2g -jar shop.jar"), ("command_cut", false),
      ("cgroup", "/system.slice/app.service"),
      ("unit", "app.service"), ("user_unit", nil), ("oom_score", 972), ("oom_score_adj", 0),
      ("oom_adj", 0), ("rss_bytes", 2_048_000_000), ("swap_bytes", 409_600_000),
      ("page_tables_bytes", 5_324_800), ("badness", 601_300), ("badness_unit", "pages"),
      ("badness_pages", 601_300), ("predicted_oom_score", 972), ("unkillable", nil),
      ("origin", nil),
    ]
    for (key, value) in expected { #expect(try row[key] == value, "\(key)") }
  }

  @Test("shows the start of a long command line, and says so where nobody else can")
  func longCommand() throws {
    let machine = FixtureMachine.server.with {
      $0[1200].words = ["java", String(repeating: "x", count: 1 << 20)]
    }
    let start = "java " + String(repeating: "x", count: 4091)
    let list = try run(["list", "1200", "-o", "command,command_cut"], on: machine.tree())
    #expect(list.lines.last == "\(start)… (cut at 4096 bytes)  yes")
    let row = try #require(try run(["list", "1200", "--json"], on: machine.tree()).processes.first)
    #expect(try row["command"] == .text(start) && row["command_cut"] == true)
    let kernelThread = try run(
      ["list", "2", "-o", "command_cut", "--no-headings"], on: machine.tree())
    #expect(kernelThread.output == "no\n")
  }

  @Test("selects by what was read of a command line, and by no more")
  func longMatch() throws {
    let machine = FixtureMachine.server.with {
      $0[1200].words = ["java", String(repeating: "x", count: 4090), "needle"]
    }
    #expect(
      try run(["list", "--match", "^java xx*$", "-o", "pid", "--no-headings"], on: machine.tree())
        .output == "1200\n")
    #expect(try run(["list", "--match", "needle"], on: machine.tree()).status == .failed)
  }

  @Test(
    "says why the kernel spares a process",
    arguments: [
      (1, "init"), (2, "kernel_thread"), (400, "adjustment"), (77, "no_memory"),
    ])
  func unkillable(id: Int, reason: String) throws {
    let machine = FixtureMachine.server.with {
      $0[77] = FixtureProcess(77, "zombie", resident: 0).with {
        $0.memory = nil
        $0.state = "Z"
      }
    }
    let row = try #require(
      try run(["list", "\(id)", "--json"], on: machine.tree()).processes.first)
    #expect(try row["unkillable"] == .text(reason))
    #expect(try row["badness"] == nil)
    #expect(try row["badness_pages"] == nil)
    #expect(try row["predicted_oom_score"] == 0)
  }

  @Test(
    "shows sizes as asked for",
    arguments: [
      ([], "1.9G"), (["--si"], "2.0G"), (["--bytes"], "2048000000"),
      (["--si", "--bytes"], "2048000000"),
    ])
  func sizes(options: [String], expected: String) throws {
    let list = try run(
      ["list", "java", "-o", "rss", "--no-headings"] + options, on: FixtureMachine.server.tree())
    #expect(list.lines == [expected])
  }

  @Test(
    "leaves out headings under three names", arguments: ["no-headings", "noheadings", "no-headers"])
  func headings(name: String) throws {
    let list = try run(
      ["list", "java", "-o", "pid,name", "--\(name)"], on: FixtureMachine.server.tree())
    #expect(list.output == "1200  java\n")
  }

  @Test(
    "shows the columns asked for",
    arguments: [
      ("pid", [" PID", "1200"]), ("name,pid", ["NAME   PID", "java  1200"]),
      ("oom,oomadj,pid", ["SCORE  ADJ   PID", "  972    0  1200"]),
      ("comm,args", ["NAME  COMMAND", "java  /usr/bin/java -Xmx2g -jar shop.jar"]),
      ("pid,unkillable", [" PID  UNKILLABLE", "1200  -"]),
    ])
  func columns(columns: String, expected: [String]) throws {
    #expect(
      try run(["list", "java", "-o", columns], on: FixtureMachine.server.tree()).lines == expected)
  }

  @Test(
    "adds columns to its own", arguments: ["+badness,+unit", "+badness,unit", "+badness,unit,+pid"])
  func addedColumns(columns: String) throws {
    let list = try run(["list", "java", "-o", columns], on: FixtureMachine.server.tree())
    let headings = try #require(list.lines.first).split(separator: " ")
    let own = ["PID", "USER", "SCORE", "ADJ", "RSS", "SWAP", "NAME", "BADNESS", "UNIT"]
    #expect(Array(headings.prefix(9)) == own.map { $0[...] })
  }

  @Test(
    "sorts by any column",
    arguments: [
      ("rss_bytes", ["bash", "sshd", "systemd", "fluentd"]),
      ("-rss", ["java", "firefox", "postgres"]),
      ("-oomadj,name", ["fluentd", "Web Content", "firefox", "bash"]),
      ("name", ["Web Content", "bash", "firefox", "fluentd"]),
      ("-pid", ["Web Content", "firefox"]),
      ("-user,-pid", ["fluentd", "sshd", "systemd", "postgres"]),
      ("ppid,-oom", ["systemd", "fluentd", "java", "bash", "postgres"]),
    ])
  func order(keys: String, expected: [String]) throws {
    let machine = FixtureMachine.server.with { machine in
      machine.processes.removeAll(where: \.isKernelThread)
    }
    let list = try run(["list", "--sort", keys, "-o", "name", "--no-headings"], on: machine.tree())
    #expect(Array(list.lines.prefix(expected.count)) == expected)
  }
}
