import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import LogSources

@Suite("A captured machine's logs")
struct LogSourceTests {
  @Test("are read from the oldest to the latest, whatever they are packed with")
  func rotation() throws {
    var tools = ["gzip", "xz", "zstd", "bzip2", "lz4"]
    let missing = tools.filter { Executable.tool($0) == nil }
    tools.removeAll { missing.contains($0) }
    let logs = try LogTree(["kern.log": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    for (index, tool) in tools.enumerated() {
      let line = LogTree.line("Nov \(19 - index) 03:12:44", 10 + index)
      try logs.tree.add(.file(Array(line.utf8)), at: "var/log/kern.log.\(index + 1)")
      try logs.pack("kern.log.\(index + 1)", tool)
    }
    let result = try logs.read()
    #expect(result.pids == tools.indices.reversed().map { 10 + $0 } + [1])
    #expect(result.remarks == [])
    #expect(missing.isEmpty, "not tested, as they aren't installed: \(missing)")
  }

  @Test("are no sockets, pipes, folders or other families")
  func kinds() throws {
    let line = LogTree.line("Nov 21 03:12:44", 1)
    let logs = try LogTree([
      "messages/kern.log": .file(Array(line.utf8)), "syslog": .file(Array(line.utf8)),
      "syslog.conf.d/x": "", "syslogd": .file(Array(line.utf8)), "dmesg": .file(Array(line.utf8)),
      "kern.log.9": .link("/nowhere"),
    ])
    #expect(unsafe mkfifo(logs.path("kern.log"), 0o600) == 0)
    let result = try logs.read()
    #expect(result.coverage.sources.map(\.source) == [.file("/var/log/syslog")])
    #expect(result.pids == [1])
    #expect(result.remarks == [])
  }

  @Test("are read once under all their names")
  func links() throws {
    let logs = try LogTree([
      "messages": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8)),
      "syslog": .link("messages"),
    ])
    #expect(unsafe link(logs.path("messages"), logs.path("kern.log")) == 0)
    #expect(try logs.read().pids == [1])
  }

  @Test("stay inside the tree")
  func confinement() throws {
    let outside = try FixtureTree(["log": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    let logs = try LogTree(["messages": .link("\(outside.path)/log")])
    #expect(try logs.read().pids == [])
    let named = try logs.read(["\(outside.path)/log"])
    #expect(named.pids == [])
    #expect(named.remarks.map(\.isError) == [true])
  }

  @Test("are told to be packed by their first bytes, not by their names")
  func magic() throws {
    let logs = try LogTree([
      "kern.log.2.gz": .file(Array(LogTree.line("Nov 20 03:12:44", 2).utf8)),
      "kern.log.1": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8)), "kern.log.3.gz": "",
    ])
    try logs.pack("kern.log.1", "gzip")
    #expect(unsafe rename(logs.path("kern.log.1.gz"), logs.path("kern.log.1")) == 0)
    let result = try logs.read()
    #expect(result.pids == [2, 1])
    #expect(result.coverage.sources.map(\.isEmpty) == [true, false, false])
  }

  @Test("are missed with a word where the program is missing that unpacks them")
  func missingProgram() throws {
    var logs = try LogTree(["kern.log.1": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    try logs.pack("kern.log.1", "gzip")
    logs.environment.systemFolders = []
    let result = try logs.read()
    #expect(result.messages == ["/var/log/kern.log.1.gz: gzip isn't installed, which unpacks it"])
    #expect(result.remarks.first?.advice == "The package is gzip.")
    #expect(!result.coverage.isComplete)
    #expect(result.remarks.first?.isError == false)
    #expect(try logs.read(["var/log/kern.log.1.gz"]).remarks.first?.isError == true)
  }

  @Test("tell what could be unpacked where they are damaged")
  func damage() throws {
    let lines = (1...20_000).map { LogTree.line("Nov 21 03:12:44", $0, uptime: "\($0).000001") }
    let logs = try LogTree(["kern.log.1": .file(Array(lines.joined().utf8))])
    try logs.pack("kern.log.1", "gzip")
    let packed = try bytes(at: logs.path("kern.log.1.gz"))
    try write(Array(packed.dropLast(packed.count / 2)), to: logs.path("kern.log.1.gz"))
    let result = try logs.read()
    #expect(!result.pids.isEmpty && result.pids.count < 20_000)
    #expect(
      result.messages == [
        "/var/log/kern.log.1.gz is damaged: gzip ended with status 1; "
          + "what it could unpack was read"
      ])
    #expect(!result.coverage.isComplete)
  }

  @Test("are nothing to be read where there are none")
  func none() throws {
    let result = try LogTree().read()
    #expect(result.coverage.sources.isEmpty)
    #expect(result.coverage.text(in: .utc) == "")
    #expect(result.remarks == [])
  }

  @Test("are errors where they are named and can't be read")
  func named() throws {
    let logs = try LogTree(["messages/x": ""])
    let result = try logs.read(["var/log/messages", "nowhere"])
    #expect(
      result.messages == ["var/log/messages: Is a directory", "nowhere: No such file or directory"])
    #expect(result.remarks.map(\.isError) == [true, true])
  }

  @Test("cover the time from their first line to their last")
  func coverage() throws {
    let logs = try LogTree([
      "kern.log": .file(
        Array("\(LogTree.line("Nov 21 03:12:44", 1))Nov 21 04:00:00 web kernel: x\n".utf8)),
      "kern.log.1": .file(
        Array("Oct 11 00:00:01 web kernel: x\n\(LogTree.line("Nov 1 03:12:44", 2))".utf8)),
      "messages": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8)), "syslog": "",
    ])
    for name in ["kern.log", "messages"] { logs.date(name, 1_795_262_400) }
    logs.date("kern.log.1", 1_793_600_000)
    try logs.pack("kern.log.1", "gzip")
    let result = try logs.read()
    #expect(
      result.coverage.text(in: .utc)
        == "kern.log to kern.log.1.gz since 2026-10-11, messages since 2026-11-21")
    #expect(result.coverage.first.map(ZoneRules.utc.iso) == "2026-10-11T00:00:01+00:00")
    #expect(result.coverage.last.map(ZoneRules.utc.iso) == "2026-11-21T04:00:00+00:00")
    #expect(
      result.times.sorted() == [
        "2026-11-01T03:12:44+00:00", "2026-11-21T03:12:44+00:00", "2026-11-21T03:12:44+00:00",
      ])
  }

  @Test("end the program that unpacks them when their reader leaves")
  func abandoned() throws {
    let lines = (1...200_000).map { LogTree.line("Nov 21 03:12:44", $0, uptime: "\($0).000001") }
    let logs = try LogTree(["kern.log.1": .file(Array(lines.joined().utf8))])
    try logs.pack("kern.log.1", "gzip")
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let sources = LogSources(of: world)
    var reading = LogReading(LogScope(sources, in: world))
    let source = try #require(sources.all.first)
    var count = 0
    #expect(throws: Failure("enough")) {
      try reading.events(from: source, in: world) { _ throws(Failure) in
        count += 1
        throw Failure("enough")
      }
    }
    #expect(count == 1)
  }
}
