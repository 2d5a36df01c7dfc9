import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A kill in a log that every user can write to")
struct DoubtTests {
  private static let start = "Nov 20 06:00:00 web kernel: [    0.000000] Linux version 6.1.0\n"
  private static let end = "Nov 21 09:00:00 web kernel: [97200.000000] eth0: link up\n"
  private static let real = LogTree.line("Nov 21 03:12:44", 77)
  /// As logger(1) writes it.
  private static let forged = "Nov 21 05:00:00 web kernel: \(LogTree.kill(1))\n"
  /// 2026-11-20 06:00 UTC.
  private static let boot = "cpu 1\nbtime 1795154400\n"

  private func history(
    _ files: [String: String], _ words: [String] = [], boot: String? = Self.boot,
    host: String? = "web"
  ) throws -> Run {
    var entries: [String: FixtureTree.Entry] = [:]
    for (name, text) in files { entries[name] = .file(Array(text.utf8)) }
    let logs = try LogTree(entries)
    for name in files.keys { logs.date(name, 1_795_262_400) }
    if let boot { try logs.tree.add(.init(stringLiteral: boot), at: "proc/stat") }
    if let host { try logs.tree.add(.init(stringLiteral: host), at: "proc/sys/kernel/hostname") }
    return run(["history"] + words, on: logs.tree, in: logs.environment)
  }

  private func marks(_ run: Run) throws -> [Bool?] {
    try run.json["kills"].elements.map {
      try $0["unconfirmed"] == nil ? nil : $0["unconfirmed"] == true
    }
  }

  @Test("is marked where a log of the kernel's alone covers the time, and doesn't count")
  func marked() throws {
    let files = [
      "kern.log": Self.start + Self.real + Self.end,
      "syslog": Self.start + Self.real + Self.forged + Self.end,
    ]
    let text = try history(files)
    #expect(text.output.contains("java[1] ?") && text.output.contains("java[77]  "))
    #expect(text.output.contains("1 kernel kill in the time covered"))
    #expect(text.output.contains("? 1 more kill is only in a log that every user can write to"))
    let json = try history(files, ["--json"])
    #expect(try marks(json) == [false, true])
    let note =
      "Every user can write to /var/log/syslog, and /var/log/kern.log, which covers that time, has "
      + "no such kill."
    #expect(try json.json["kills"].elements.map { try $0["source_note"] } == [nil, .text(note)])
    #expect(try json.json["unconfirmed"] == 1)
    #expect(try history(files, ["show", "1"]).output.contains("has no such kill."))
    #expect(!(try history(files, ["show", "2"]).output.contains("has no such kill.")))
    #expect(try history(files, ["--check"]).status == .failed)
    let lines = try history(files, ["--json-lines"]).lines
    #expect(lines.map { $0.contains("\"unconfirmed\":true") } == [false, true])
  }

  @Test("fails no check when it is the only one")
  func check() throws {
    let files = ["kern.log": Self.start + Self.end, "messages": Self.start + Self.forged]
    #expect(try history(files, ["--check"]).status == .done)
    #expect(try history(files, ["--check", "--json-lines"]).status == .done)
    #expect(try history(["messages": Self.start + Self.forged], ["--check"]).status == .failed)
  }

  @Test(
    "isn't marked where no such log is sure to cover the time",
    arguments: [
      // None at all; one that ends before, or begins later; one with a gap between its rotated files.
      [:],
      ["kern.log.2": start, "kern.log": end],
      ["kern.log": end],
      ["kern.log-20261121": start, "kern.log": end],
    ])
  func uncovered(files: [String: String]) throws {
    let all = files.merging(["syslog": Self.start + Self.forged]) { $1 }
    #expect(try marks(history(all, ["--json"])) == [false])
    #expect(try history(all, ["--check"]).status == .failed)
  }

  @Test(
    "is marked between rotated files that follow each other, and after the last line since boot",
    arguments: [
      ["kern.log.1": start, "kern.log": end],
      ["kern.log.2": start, "kern.log.1": "", "kern.log": end],
      ["kern.log": start],
      ["kern.log.1": start, "kern.log": ""],
    ])
  func rotated(files: [String: String]) throws {
    let all = files.merging(["syslog": Self.start + Self.forged]) { $1 }
    #expect(try marks(history(all, ["--json"])) == [true])
  }

  @Test("isn't marked where the kernel's log was given up before the boot, or the boot is unknown")
  func abandoned() throws {
    let files = ["kern.log": Self.start, "syslog": Self.start + Self.forged]
    for boot in ["btime 1795200000\n", nil] {
      #expect(try marks(history(files, ["--json"], boot: boot)) == [false])
    }
  }

  @Test("isn't marked for another host, whose kernel logs elsewhere")
  func otherHost() throws {
    let files = ["kern.log": Self.start + Self.end, "syslog": Self.start + Self.forged]
    #expect(try marks(history(files, ["--json"], host: "logs.example.org")) == [false])
    #expect(try marks(history(files, ["--json"], host: "web.example.org")) == [true])
    #expect(try marks(history(files, ["--json"], host: nil)) == [true])
  }

  @Test("isn't marked where the kernel's log has it by another clock")
  func otherClock() throws {
    let hourLater = "Nov 21 04:12:44 web kernel: \(LogTree.kill(77))\n"
    let files = [
      "kern.log": Self.start + Self.real + Self.end, "syslog": Self.start + hourLater + Self.end,
    ]
    #expect(try marks(history(files, ["--json"])) == [false, false])
  }

  @Test("in files that were named is held against others of their folder only")
  func named() throws {
    let logs = try LogTree([
      "kern.log": .file(Array((Self.start + Self.end).utf8)),
      "syslog": .file(Array((Self.start + Self.forged).utf8)),
      "old/kern.log": .file(Array((Self.start + Self.end).utf8)),
    ])
    for name in ["kern.log", "syslog", "old/kern.log"] { logs.date(name, 1_795_262_400) }
    func marks(_ names: [String], _ words: [String] = ["--json", "-n", "9"]) throws -> [Bool?] {
      let files = names.map { "var/log/\($0)" }
      let result = run(["history"] + words + files, on: logs.tree, in: logs.environment)
      return try self.marks(result)
    }
    #expect(try marks(["syslog"]) == [false])
    #expect(try marks(["syslog", "kern.log"]) == [true])
    #expect(try marks(["old/kern.log", "syslog"]) == [false])
    // While they stream, what comes later can't be known yet.
    #expect(try marks(["syslog", "kern.log"], ["--json"]) == [nil])
    #expect(try marks(["kern.log", "syslog"], ["--json"]) == [true])
  }
}
