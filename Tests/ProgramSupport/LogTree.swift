import CivilTime
package import Core
import Glibc
package import KernelLog
package import LogSources
import ProcFS
package import TestSupport

/// A captured machine's logs.
package struct LogTree {
  package let tree: FixtureTree
  package var environment = Environment {
    $0.systemFolders = Environment.systemFolders
    $0.now = { 1_795_262_400 }  // 2026-11-21 12:00 UTC
  }

  /// Files by their names in `/var/log`.
  package init(_ files: [String: FixtureTree.Entry] = [:]) throws {
    tree = try FixtureTree(["proc/version": ""])
    for (name, entry) in files { try tree.add(entry, at: "var/log/\(name)") }
  }

  package func path(_ name: String) -> String { "\(tree.path)/var/log/\(name)" }

  /// Sets when a file was last written to, in seconds since 1970.
  package func date(_ name: String, _ seconds: Int) {
    var times: [timeval] = [timeval(tv_sec: seconds, tv_usec: 0)]
    times += times
    _ = unsafe utimes(path(name), times)
  }

  /// Packs a file with a tool, which names it anew.
  package func pack(_ name: String, _ tool: String) throws {
    guard let program = Executable.tool(tool) else { throw DataError(tool, "is missing") }
    let words =
      switch tool {
      case "lz4": ["-q", "--rm", path(name), path(name) + ".lz4"]
      case "zstd": ["-q", "--rm", path(name)]
      default: [path(name)]
      }
    guard try Executable.run(program, words).status == 0 else {
      throw DataError(name, "can't be packed")
    }
  }

  /// What was read from them.
  package struct Result {
    package var findings: [LogFinding] = []
    package var coverage = LogCoverage()
    package var remarks: [Remark] = []
    var zone = ZoneRules.utc
    var root = ""

    package var kills: [KernelLog.Kill] {
      findings.compactMap { if case .kill(let kill) = $0.event { kill } else { nil } }
    }
    package var pids: [Int] { kills.map(\.victim.pid) }
    package var times: [String] { findings.map { $0.time.map(zone.iso) ?? "-" } }
    package var messages: [String] {
      remarks.map {
        $0.text.split(separator: root + "/", omittingEmptySubsequences: false).joined()
      }
    }
  }

  /// Reads the sources of the tree, or those named.
  package func read(_ names: [String]? = nil) throws -> Result {
    let world = try World(root: tree.path, environment: environment)
    let sources = names.map { LogSources(named: $0) } ?? LogSources(of: world)
    return try Self.read(sources, in: world, root: tree.path)
  }

  package static func read(
    _ sources: LogSources, in world: borrowing World, root: String = ""
  ) throws -> Result {
    var reading = LogReading(LogScope(sources, in: world))
    var result = Result()
    for source in sources.all {
      var found: [LogFinding] = []
      try reading.events(from: source, in: world) { found.append($0) }
      result.findings += found
    }
    result.coverage = reading.coverage
    result.remarks = reading.remarks
    result.zone = world.zone
    result.root = root
    return result
  }

  /// A line of rsyslog's traditional form.
  package static func line(_ date: String, _ pid: Int, uptime: String = "100.000000") -> String {
    "\(date) web kernel: [\(uptime)] \(kill(pid))\n"
  }

  /// What the kernel prints since 5.4.
  package static func kill(_ pid: Int, size: Int = 800_000) -> String {
    "Out of memory: Killed process \(pid) (java) total-vm:\(size)kB, anon-rss:500000kB, "
      + "file-rss:12kB, shmem-rss:0kB, UID:1000 pgtables:1400kB oom_score_adj:0"
  }

  /// Whether the kernel's own log can be read here.
  package static var canReadRing: Bool {
    let file = unsafe open("/dev/kmsg", O_RDONLY | O_NONBLOCK)
    defer { close(file) }
    var byte: [UInt8] = Array(repeating: 0, count: 8192)
    return file >= 0 && (unsafe Glibc.read(file, &byte, byte.count) >= 0 || errno == EPIPE)
  }
}
