import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import LogSources

@Suite("What a collector of support data left of logs")
struct CapturedLogTests {
  private static func journal(_ pid: Int, _ date: String = "Nov 21 03:12:44") -> FixtureTree.Entry {
    .file(Array("\(date) web kernel: \(LogTree.kill(pid))\n".utf8))
  }

  private static func ring(_ pid: Int) -> FixtureTree.Entry {
    .file(Array("[  100.000000] \(LogTree.kill(pid))\n".utf8))
  }

  private func read(_ entries: [String: FixtureTree.Entry]) throws -> LogTree.Result {
    let tree = try FixtureTree(entries)
    let world = try World(
      root: tree.path, environment: Environment(now: { 1_795_262_400 }), needsProc: false)
    return try LogTree.read(LogSources(of: world), in: world, root: tree.path)
  }

  @Test("is read where sos put it")
  func sos() throws {
    let result = try read([
      "sos_commands/kernel/dmesg": Self.ring(1),
      "sos_commands/logs/journalctl_--no-pager": Self.journal(2),
      "sos_commands/logs/journalctl_--no-pager_--catalog_--boot_-1": .link(
        "../../sos_strings/logs/journalctl_--no-pager_--catalog_--boot_-1.tailed"),
      "sos_strings/logs/journalctl_--no-pager_--catalog_--boot_-1.tailed": Self.journal(3),
      "sos_commands/logs/journalctl_--list-boots": Self.journal(4),
      "sos_commands/kernel/sysctl_-a": Self.journal(5), "var/log/messages": Self.journal(6),
      "var/log/journal": .link("/var/log/journal"), "proc/stat": "btime 1795000000\n",
    ])
    #expect(result.pids == [1, 6, 2, 3])
    #expect(
      result.coverage.sources.map(\.source.name) == [
        "/sos_commands/kernel/dmesg", "/var/log/messages",
        "/sos_commands/logs/journalctl_--no-pager",
        "/sos_commands/logs/journalctl_--no-pager_--catalog_--boot_-1",
      ])
    #expect(
      result.coverage.sources.map(\.source.writers) == [.kernel, .everyone, .everyone, .everyone])
    // 100 s after the boot.
    #expect(result.times.first == "2026-11-18T11:08:20+00:00")
    #expect(result.remarks == [])
  }

  @Test("is the ring buffer with a calendar where the time of boot isn't known")
  func ring() throws {
    let entries = [
      "sos_commands/kernel/dmesg": Self.ring(1),
      "sos_commands/kernel/dmesg_-T": .file(
        Array("[Sat Nov 21 03:12:44 2026] \(LogTree.kill(1))\n".utf8)),
    ]
    #expect(try read(entries).times == ["2026-11-21T03:12:44+00:00"])
    let known = entries.merging(["proc/stat": "btime 1795000000\n"]) { $1 }
    #expect(try read(known).times == ["2026-11-18T11:08:20+00:00"])
    #expect(try read(["sos_commands/kernel/dmesg": Self.ring(1)]).times == ["-"])
  }

  @Test("is read section by section where supportutils put it")
  func supportutils() throws {
    func section(_ kind: String, _ heading: String, _ text: String) -> String {
      "#==[ \(kind) ]======================================#\n# \(heading)\n\(text)\n"
    }
    let line = "Nov 21 03:12:44 web kernel: \(LogTree.kill(1))\n"
    let boot =
      "=====\n     Support Utilities - Supportconfig\n=====\n"
      + section("Configuration File", "/boot/grub2/grub.cfg", line)
      + section("Command", "/bin/dmesg -T", "[Sat Nov 21 03:12:44 2026] \(LogTree.kill(2))\n")
      + section("Command", "/usr/bin/journalctl --no-pager --boot 0", line)
    let messages =
      section("Log File", "/var/log/warn - Last 500 Lines", line)
      + section("Verification", "# rpm -V", line)
      + section(
        "Log File", "/var/log/messages - Last 500 Lines", "Nov 21 03:12:40 web x: y\n" + line)
    let result = try read([
      "boot.txt": .init(stringLiteral: boot), "messages.txt": .init(stringLiteral: messages),
      "basic-environment.txt": .init(stringLiteral: section("Command", "/bin/dmesg", line)),
    ])
    #expect(result.pids == [2, 1, 1, 1])
    #expect(
      result.coverage.sources.map(\.source.name) == [
        "/boot.txt (/bin/dmesg -T)", "/boot.txt (/usr/bin/journalctl --no-pager --boot 0)",
        "/messages.txt (/var/log/warn - Last 500 Lines)",
        "/messages.txt (/var/log/messages - Last 500 Lines)",
      ])
    #expect(result.remarks == [])
  }

  @Test("is a section up to the next heading, or to the end")
  func sections() throws {
    func line(_ pid: Int) -> String { "Nov 21 03:12:44 web kernel: \(LogTree.kill(pid))\n" }
    let text =
      line(1) + "# /bin/dmesg\n" + line(2) + "#==[ Command ]===#\nx\n# /bin/dmesg\n" + line(3)
      + "#==[ Command ]===#\n# /bin/dmesg\n" + line(4) + "#==[ Command ]===#\n# /bin/ls\n" + line(5)
      + "#==[ Log File ]==#\n# /var/log/messages\n" + line(6) + line(7).dropLast()
    let tree = try FixtureTree(["boot.txt": .init(stringLiteral: text)])
    let world = try World(root: tree.path, environment: Environment(), needsProc: false)
    var scan = SectionScan()
    scan.read(try world.file(at: "/boot.txt"))
    #expect(scan.found.map(\.heading) == ["/bin/dmesg", "/bin/ls", "/var/log/messages"])
    #expect(
      scan.found.map { Array(text.utf8)[$0.range] }.map { String(decoding: $0, as: UTF8.self) } == [
        line(4), line(5), line(6) + line(7).dropLast(),
      ])
    #expect(try read(["boot.txt": .init(stringLiteral: text)]).pids == [4, 6, 7])
  }

  @Test("is no pipe, nor anything outside")
  func hostile() throws {
    let outside = try FixtureTree(["log": Self.journal(9)])
    let result = try read([
      "boot.txt": .pipe, "messages.txt": .link("\(outside.path)/log"),
      "sos_commands/kernel/dmesg": .link("\(outside.path)/log"),
      "sos_commands/logs/journalctl_--no-pager": .pipe,
      "sos_commands/logs/journalctl_--no-pager_--boot": .link("/dev/zero"),
    ])
    #expect(result.findings.isEmpty)
    #expect(result.remarks == [])
  }
}
