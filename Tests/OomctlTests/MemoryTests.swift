import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Diagnosis
@testable import oomctl

@Suite("The memory")
struct MemoryTests {
  /// 4 GiB in three zones, all well.
  static let server = FixtureMachine.server.with([
    FixtureZone(
      name: "DMA", free: 3840, min: 16, low: 20, high: 24, managed: 3840,
      protection: [0, 3019, 3019, 3019]),
    FixtureZone(
      name: "DMA32", free: 80_000, min: 3357, low: 4196, high: 5035, managed: 772_918,
      protection: [0, 0, 1000, 1000], cache: 5000),
    FixtureZone(
      name: "Normal", free: 47_232, min: 1200, low: 1500, high: 1800, managed: 250_000,
      protection: [0, 0, 0, 0], cache: 90_000,
      blocks: [552, 6599, 4489, 4105, 3480, 2311, 1859, 1453, 537, 398, 1473]),
  ]).with {
    $0.files["proc/sys/vm/overcommit_ratio"] = "50\n"
    $0.files["proc/sys/vm/overcommit_kbytes"] = "0\n"
    let group = "sys/fs/cgroup/system.slice"
    $0.files["\(group)/memory.current"] = "838860800\n"
    $0.files["\(group)/memory.max"] = "max\n"
    $0.files["\(group)/app.service/memory.current"] = "520093696\n"
    $0.files["\(group)/app.service/memory.max"] = "536870912\n"
    $0.files["\(group)/app.service/memory.stat"] = "inactive_file 4194304\nactive_file 1048576\n"
  }

  /// The output with the tree's folder named as `ROOT`.
  private func screen(_ words: [String], on machine: FixtureMachine) throws -> String {
    let tree = try machine.tree()
    let environment = Environment(terminalWidth: 80)
    return run(["memory", "--color", "never"] + words, on: tree, in: environment).output
      .split(separator: tree.path, omittingEmptySubsequences: false).joined(separator: "ROOT")
  }

  @Test("is shown with its zones, limits and groups")
  func screen() throws {
    let screen = try screen(["--cgroup", "/system.slice/app.service"], on: Self.server)
    #expect(try screen == expectedText("memory.txt", recording: screen))
  }

  @Test("of a 32-bit machine is low and high")
  func lowScreen() throws {
    let screen = try screen([], on: LowMemoryTests.machine)
    #expect(try screen == expectedText("memory-low.txt", recording: screen))
  }

  @Test("is one JSON object for programs")
  func json() throws {
    let words = ["memory", "--json", "--cgroup", "system.slice/app.service"]
    let json = try run(words, on: Self.server.tree()).json
    let keys = [
      "oomctl", "kernel", "complete", "low", "high", "total", "zones", "commit", "swap",
      "anonymous_bytes", "shared_bytes", "slab_bytes", "slab_unreclaimable_bytes",
      "page_tables_bytes", "kernel_stacks_bytes", "huge_pages", "ledger_total_bytes",
      "ledger", "ledger_missing", "pressure", "cgroups", "findings",
    ]
    #expect(try json.members.map(\.key) == keys)
    #expect(try json["low"] == nil && json["high"] == nil)
    #expect(try json["total"]["total_bytes"] == 4_294_967_296)
    #expect(try json["total"]["used_bytes"] == 3_221_225_472)
    #expect(try json["total"]["free_bytes"] == 536_870_912)
    #expect(try json["swap"]["used_bytes"] == 536_870_912)
    #expect(try json["commit"]["limit_bytes"] == 3_221_225_472)
    #expect(try json["commit"]["mode"] == 0 && json["commit"]["ratio"] == 50)
    #expect(try json["commit"]["kbytes"] == 0 && json["commit"]["enforced"] == false)
    #expect(try json["pressure"]["state"] == "known")
    #expect(try json["pressure"]["full_avg10_percent_hundredths"] == 5)
    #expect(try json["shared_bytes"] == nil && json["huge_pages"]["total"] == nil)
    #expect(
      try json["cgroups"].elements.map { try $0["path"] }
        == ["/system.slice/app.service", "/system.slice"])
    #expect(try json["findings"].elements.map { try $0["id"] } == ["cgroup_limit_near"])
  }

  @Test("has zones in JSON")
  func zones() throws {
    let zones = try run(["memory", "--json"], on: Self.server.tree()).json["zones"].elements
    #expect(try zones.map { try $0["name"] } == ["DMA", "DMA32", "Normal"])
    #expect(try zones[1]["free_bytes"] == 327_680_000)
    #expect(try zones[1]["min_bytes"] == 13_750_272)
    #expect(try zones[1]["protection_pages"].elements == [0, 0, 1000, 1000])
    #expect(try zones[1]["reserve_bytes"] == 4_096_000)
    #expect(try zones[1]["largest_free_order"] == 10)
    #expect(try zones[1]["largest_free_bytes"] == 4_194_304)
    #expect(try zones[2]["free_blocks"].elements.count == 11)
  }

  @Test(
    "fails a check only if there is a finding",
    arguments: [
      ([], .done), (["--check"], .done),
      (["--cgroup", "/system.slice/app.service"], .done),
      (["--check", "--cgroup", "/system.slice/app.service"], .failed),
      (["--check", "--json", "--cgroup", "/system.slice/app.service"], .failed),
      (["--check", "--cgroup", "/system.slice"], .done),
    ] as [([String], Core.ExitStatus)])
  func check(words: [String], expected: Core.ExitStatus) throws {
    #expect(try run(["memory"] + words, on: Self.server.tree()).status == expected)
  }

  @Test(
    "is shown without remarks, but with findings, where remarks aren't wanted",
    arguments: ["-q", "--no-headings"])
  func quiet(option: String) throws {
    let words = [option, "--cgroup", "/system.slice/app.service"]
    let screen = try screen(words, on: Self.server)
    #expect(screen.contains("\n!  warning: memory cgroup"))
    #expect(!screen.contains("Raise its limit"))
    #expect(try !self.screen([option], on: Self.server).contains("Nothing to worry about."))
  }

  @Test("has a page size also where no process tells it")
  func impliedPageSize() throws {
    let machine = FixtureMachine(ram: 1000, processes: []).with([
      FixtureZone(name: "Normal", free: 100, min: 4, low: 5, high: 6, managed: 1000)
    ])
    let zones = try run(["memory", "--json"], on: machine.tree()).json["zones"].elements
    #expect(try zones[0]["free_bytes"] == 409_600)
    let other = machine.with(memory: [("MemTotal", 3999)])
    let none = try run(["memory", "--json"], on: other.tree()).json["zones"].elements
    #expect(try none[0]["free_bytes"] == nil && none[0]["protection_pages"] == nil)
  }

  @Test(
    "says whether the commit limit holds, and what it follows from",
    arguments: [
      ("0", "0", "not enforced (mode 0)"),
      ("2", "0", "enforced (mode 2, ratio 50)"),
      ("2", "4096", "enforced (mode 2, kbytes 4096)"),
    ])
  func commitLimit(mode: String, kilobytes: String, expected: String) throws {
    let machine = Self.server.with {
      $0.files["proc/sys/vm/overcommit_memory"] = "\(mode)\n"
      $0.files["proc/sys/vm/overcommit_kbytes"] = "\(kilobytes)\n"
    }
    let lines = try screen([], on: machine).split(separator: "\n")
    #expect(lines.first { $0.hasPrefix("Commit") }?.hasSuffix("  \(expected)") == true)
  }

  @Test("says that a group isn't there")
  func missingGroup() throws {
    let result = try run(["memory", "--cgroup", "/nothing"], on: Self.server.tree())
    #expect(result.errors.hasPrefix("oomctl: /nothing: no such memory cgroup\n"))
    #expect(result.status == .failed && result.output.isEmpty)
  }

  @Test("can be told without zones, blocks, pressure and settings")
  func scarce() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/pressure/memory")
    tree.remove("proc/sys/vm/overcommit_memory")
    let result = run(["memory", "--json"], on: tree)
    #expect(result.status == .done)
    #expect(result.errors.hasPrefix("oomctl: ROOT/proc/zoneinfo: No such file or directory"))
    #expect(try result.json["zones"] == nil && result.json["commit"]["mode"] == nil)
    #expect(try result.json["pressure"]["state"] == "uncaptured")
    #expect(try result.json["findings"].elements.isEmpty)
  }

  @Test("isn't told without meminfo", arguments: ["", "MemFree: 1 kB\n"])
  func noMemory(text: String) throws {
    let machine = Self.server.with { $0.files["proc/meminfo"] = .init(stringLiteral: text) }
    let result = try run(["memory"], on: machine.tree())
    #expect(result.errors.hasPrefix("oomctl: ROOT/proc/meminfo: expected lines of meminfo"))
    #expect(result.status == .failed && result.output.isEmpty)
  }

  @Test(
    "may be as large or as wrong as a file can say",
    arguments: ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "-1", "0"],
    ["text", "json"])
  func hostile(number: String, format: String) throws {
    let names = [
      "MemFree", "MemAvailable", "SwapTotal", "SwapFree", "CommitLimit", "Committed_AS", "LowTotal",
      "LowFree", "HighTotal", "HighFree", "SReclaimable", "Slab", "Hugepagesize",
    ]
    let lines = names.map { "\($0): \(number) kB\n" }.joined()
    let counts = "HugePages_Total: \(number)\nHugePages_Free: \(number)\n"
    let amounts = [String](repeating: number, count: 12).joined(separator: " ")
    let machine = Self.server.with {
      $0.files["proc/meminfo"] = .file(
        Array("MemTotal: 9223372036854775807 kB\nVmallocTotal: 1 kB\n\(lines)\(counts)".utf8))
      $0.files["proc/sys/vm/overcommit_memory"] = "2\n"
      $0.files["proc/buddyinfo"] = .file(Array("Node 0, zone DMA \(amounts)\n".utf8))
      $0.files["proc/zoneinfo"] = .file(
        Array(
          """
          Node 0, zone DMA
            pages free \(number)
              min \(number)
              low \(number)
              high \(number)
              present \(number)
              protection: (\(number), \(number), \(number))
              nr_zone_inactive_file \(number)

          """.utf8))
      $0.files["sys/fs/cgroup/box/memory.current"] = .file(Array("\(number)\n".utf8))
      $0.files["sys/fs/cgroup/box/memory.max"] = "5\n"
    }
    let isWrong = number.hasPrefix("-") || number.count > 19
    let group = isWrong ? [] : ["--cgroup", "/box"]
    for sizes in [[], ["--bytes"], ["--si"]] {
      let words = ["memory"] + (format == "json" ? ["--json"] : []) + sizes + group
      let result = try run(words, on: machine.tree())
      // What no kernel writes is told; it isn't taken for absent.
      #expect(result.status == (result.errors.isEmpty ? .done : .failed))
      #expect(result.errors.isEmpty || isWrong)
      if format == "json" { _ = try result.json }
    }
  }

  @Test("reaches no terminal raw", arguments: HostileName.all.filter { !$0.contains(0x2F) })
  func hostileNames(name: [UInt8]) throws {
    let machine = Self.server.with {
      $0.files["proc/zoneinfo"] = .file(
        Array("Node 0, zone ".utf8) + name + Array("\n  pages free 1\n  min 5\n present 9\n".utf8))
    }
    for words in [["memory"], ["memory", "--json"]] {
      let result = try run(words, on: machine.tree())
      #expect(result.output.unicodeScalars.allSatisfy(isHarmless))
    }
  }

  @Test("of this machine is told with the groups that the program is in")
  func live() throws {
    let result = run(["memory", "--json"])
    #expect(result.status == .done)
    let json = try result.json
    #expect(try json["total"]["total_bytes"].integer > 0)
    #expect(try !json["zones"].elements.isEmpty)
    let hasLowMemory = try json["low"] != nil
    #expect(hasLowMemory || !result.output.contains("low memory"))
  }
}

@Suite("Pressure")
struct PressureStateTests {
  @Test(
    "that isn't told is missing, switched off, or not to be read",
    arguments: [
      (Errno.noSuchFile, "missing", "missing: "), (.notSupported, "disabled", "disabled: "),
      (.accessDenied, "unreadable", "unreadable: Permission denied"),
      (.notPermitted, "unreadable", "unreadable: Operation not permitted"),
    ])
  func states(errno: Errno, word: String, phrase: String) {
    let state = PressureState(ProcFSError(path: "pressure/memory", reason: .system(errno)))
    #expect(state.word == word)
    #expect(state.phrase.hasPrefix(phrase))
    #expect(state.pressure == nil)
  }

  @Test("that isn't what a kernel prints is unreadable")
  func malformed() throws {
    let machine = FixtureMachine.server.with { $0.files["proc/pressure/memory"] = "" }
    let json = try run(["memory", "--json"], on: machine.tree()).json
    #expect(try json["pressure"]["state"] == "unreadable")
    #expect(try json["pressure"]["some_avg10_percent_hundredths"] == nil)
  }
}
