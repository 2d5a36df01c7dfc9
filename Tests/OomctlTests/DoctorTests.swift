import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

extension FixtureMachine {
  /// One that there is nothing to say of.
  static let healthy = server.with {
    $0.files["proc/vmstat"] = "nr_free_pages 100000\noom_kill 0\n"
    $0.files["proc/sys/kernel/panic"] = "0\n"
  }
}

/// What doctor finds on a machine, as `id severity`.
func ailments(_ machine: FixtureMachine, _ words: [String] = []) throws -> [String] {
  try run(["doctor", "--json"] + words, on: machine.tree()).json["findings"].elements.map {
    try "\($0["id"].string) \($0["severity"].string)"
  }
}

/// The only finding on a machine, with its tree named ROOT.
func ailment(_ machine: FixtureMachine) throws -> (text: String, source: String, remedy: String) {
  let tree = try machine.tree()
  let found = try run(["doctor", "--json"], on: tree).json["findings"].elements
  let only = try #require(found.count == 1 ? found.first : nil, "\(found)")
  let source = try only["source"].string
  return try (
    only["text"].string,
    source.hasPrefix(tree.path) ? "ROOT" + source.dropFirst(tree.path.count) : source,
    only["remedy"].string
  )
}

@Suite("The doctor")
struct DoctorTests {
  /// With a critical finding, a warning and one only worth knowing.
  private static let ill = FixtureMachine.healthy.with {
    $0[400].adjustment = 0
    $0.files["proc/vmstat"] = "oom_kill 2\n"
    $0.files["proc/pressure/memory"] = """
      some avg10=99.00 avg60=0.10 avg300=0.02 total=123456
      full avg10=88.00 avg60=0.01 avg300=0.00 total=23456

      """
  }

  @Test("says in one line that a healthy machine is one, and what was looked at")
  func healthy() throws {
    let tree = try FixtureMachine.healthy.tree()
    let result = run(["doctor"], on: tree)
    #expect(
      result.output
        == "Nothing to worry about: looked at 10 processes, memory, 4 settings and 0 limited\n"
        + "memory cgroups.\n")
    #expect(result.errors.isEmpty)
    #expect(run(["doctor", "--check"], on: tree).status == .done)
    #expect(run(["doctor", "-q"], on: tree).output.isEmpty)
    let json = try run(["doctor", "--json"], on: tree).json
    #expect(try json["findings"].elements.isEmpty)
    #expect(
      try json["examined"].members.map(\.key)
        == ["processes", "memory", "settings", "limited_cgroups"])
    #expect(try json["complete"] == true)
  }

  @Test("shows the worst first, each with its reason and its remedy")
  func page() throws {
    let tree = try Self.ill.tree()
    // Where lines end depends on where the tree lies.
    let words = run(["doctor", "--color", "never"], on: tree).output
      .split(separator: tree.path, omittingEmptySubsequences: false).joined(separator: "ROOT")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words
        == """
        !! critical: all tasks stood still for want of memory in 88.0 % of the last 10 s. \
        [ROOT/proc/pressure/memory] \
        oomctl rank shows who uses most; too much is asked of this memory. \
        ! warning: sshd[400], which waits for logins, has oom_score_adj 0: the kernel may kill it, \
        and with it the way in. [ROOT/proc/400/oom_score_adj] oomctl protect sshd \
        - info: the kernel has killed 2 processes for want of memory since boot. \
        [ROOT/proc/vmstat] dmesg, or journalctl -k, shows whom. \
        Looked at 10 processes, memory, 4 settings and 0 limited memory cgroups.
        """)
    #expect(
      try ailments(Self.ill) == [
        "pressure_high critical", "sshd_unprotected warning", "kills_since_boot info",
      ])
  }

  @Test("names in each finding what it is, what was read, and what mends it")
  func members() throws {
    let findings = try run(["doctor", "--json"], on: Self.ill.tree()).json["findings"].elements
    for finding in findings {
      #expect(try finding.members.map(\.key) == ["id", "severity", "text", "source", "remedy"])
    }
  }

  @Test(
    "fails with --check from a warning on",
    arguments: [
      (FixtureMachine.healthy, Core.ExitStatus.done), (Self.ill, .failed),
      (FixtureMachine.healthy.with { $0.files["proc/vmstat"] = "oom_kill 2\n" }, .done),
      (FixtureMachine.healthy.with { $0[400].adjustment = 0 }, .failed),
    ])
  func check(machine: FixtureMachine, expected: Core.ExitStatus) throws {
    #expect(try run(["doctor", "--check"], on: machine.tree()).status == expected)
    #expect(try run(["doctor"], on: machine.tree()).status == .done)
  }

  @Test("tells what there is to tell of a captured machine", arguments: try CapturedMachine.all)
  func captured(machine: CapturedMachine) throws {
    try machine.withRoot { root in
      let json = try run(["doctor", "--json", "--root", root]).json
      for finding in try json["findings"].elements {
        #expect(try !finding["text"].string.isEmpty)
        #expect(try finding["source"].string.hasPrefix("/"))
      }
      let memory = try run(["memory", "--json", "--root", root]).json["findings"].elements
      let all = try json["findings"].elements
      #expect(memory.allSatisfy(all.contains))
    }
  }

  @Test("tells the rest where memory can't be read")
  func withoutMemory() throws {
    let tree = try Self.ill.tree()
    tree.remove("proc/meminfo")
    let result = run(["doctor", "--json"], on: tree)
    #expect(result.status == .failed)
    #expect(result.errors.contains("ROOT/proc/meminfo: No such file or directory"))
    #expect(try result.json["examined"]["memory"] == false)
    let found = try result.json["findings"].elements.map { try $0["id"].string }
    #expect(found == ["sshd_unprotected", "kills_since_boot"])
  }

  @Test("says what hides")
  func hidden() throws {
    let machine = FixtureMachine.healthy.with {
      $0.processes.removeAll { $0.id == 1 }
      $0.files["proc/self/mountinfo"] =
        "21 1 0:19 / /proc rw,relatime - proc proc rw,hidepid=invisible\n"
    }
    #expect(try ailments(machine) == ["processes_hidden warning"])
    let found = try ailment(machine)
    #expect(
      found.text
        == "Some processes are hidden (/proc is mounted with hidepid=invisible): the result is "
        + "incomplete")
    #expect(found.source == "ROOT/proc/self/mountinfo")
    let result = try run(["doctor", "--json"], on: machine.tree())
    #expect(try result.json["complete"] == false)
    #expect(result.errors.isEmpty)
  }

  @Test("lets nothing reach a terminal raw", arguments: HostileName.all)
  func hostileNames(name: [UInt8]) throws {
    let machine = FixtureMachine.healthy.with {
      $0[1400].name = name
      $0[1400].adjustment = -1000
    }
    for words in [["doctor"], ["doctor", "--json"]] {
      let result = try run(words, on: machine.tree())
      #expect(result.output.unicodeScalars.allSatisfy(isHarmless))
    }
  }

  @Test("looks at this machine")
  func live() throws {
    let result = run(["doctor", "--json"])
    #expect(result.status == .done)
    #expect(try result.json["examined"]["processes"].integer > 0)
  }
}
