import DaemonLog
import Glibc
import KernelLog
import LogLines
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import LogSources

@Suite("What a crash left of the kernel's log")
struct CrashLogTests {
  /// As the kernel's store has it: with levels, and the clock since boot.
  private static let lines = [
    "<6>[   10.000000] eth0: link up",
    "<4>[  100.000000] tail invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0",
    "<6>[  100.100000] Tasks state (memory values in pages):",
    "<6>[  100.100000] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "<6>[  100.200000] [    812]    33   812    20000     1000   180224        0             0 nginx",
    "<6>[  100.200000] [   4019]     0  4019   200000   125000  1400000        0             0 tail",
    "<3>[  100.300000] \(LogTree.kill(4019))",
    "<0>[  102.000000] Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled",
  ]

  /// A part, from the end of the log: 1 has the latest lines.
  private static func part(_ number: Int, _ range: Range<Int>, of crash: String = "Panic#1")
    -> String
  {
    "\(crash) Part\(number)\n" + lines[range].map { $0 + "\n" }.joined()
  }

  private static let parts = [part(1, 6..<8), part(2, 3..<6), part(3, 0..<3)]

  private func read(_ files: [String: String]) throws -> LogTree.Result {
    let logs = try LogTree()
    for (path, text) in files { try logs.tree.add(.file(Array(text.utf8)), at: path) }
    return try logs.read()
  }

  private func panics(_ result: LogTree.Result) -> Int {
    result.findings.count {
      if case .incident(let incident) = $0.event, case .panic = incident.outcome {
        true
      } else {
        false
      }
    }
  }

  @Test(
    "is joined from parts, of which the last comes first, and dated by their numbers",
    arguments: [
      // EFI's, of Linux from 6.0 on and before; ERST's, whose numbers go on where they have one digit more.
      [
        "dmesg-efi_pstore-179526230001001", "dmesg-efi_pstore-179526230102001",
        "dmesg-efi_pstore-179526230103001",
      ],
      ["dmesg-efi-179526230001001", "dmesg-efi-179526230102001", "dmesg-efi-179526230103001"],
      [
        "dmesg-erst-7710592896230719999", "dmesg-erst-7710592896230720000",
        "dmesg-erst-7710592896230720001",
      ],
    ])
  func parts(names: [String]) throws {
    var files: [String: String] = [:]
    for (name, text) in zip(names, Self.parts) { files["sys/fs/pstore/\(name)"] = text }
    let result = try read(files)
    #expect(result.coverage.sources.map(\.source.name) == ["/sys/fs/pstore/\(names[0]) (3 parts)"])
    #expect(result.kills.first?.report.tasks?.rows.count == 2)
    #expect(result.kills.first?.report.invoker?.name == "tail")
    #expect(panics(result) == 1)
    #expect(result.remarks == [])
  }

  @Test("is dated by the crash, which came right after its last line")
  func time() throws {
    let result = try read(["sys/fs/pstore/dmesg-efi_pstore-179526230001001": Self.part(1, 0..<8)])
    #expect(result.times.first == "2026-11-21T11:58:18+00:00")
    #expect(result.coverage.text(in: .utc).hasSuffix("001 since 2026-11-21"))
  }

  @Test(
    "tells its time by its number, from 2010 on, else by its file's",
    arguments: [
      ("efi_pstore-126230400000001", 1_262_304_000), ("efi_pstore-126230399900001", nil),
      ("efi-429496729500001", 4_294_967_295), ("efi-429496729600001", nil),
      ("erst-5421554397659136000", 1_262_304_000), ("erst-5421554393364168704", nil),
      ("ramoops-0", nil),
    ] as [(String, Int?)])
  func times(name: String, seconds: Int?) throws {
    let path = "sys/fs/pstore/dmesg-\(name)"
    let logs = try LogTree(["other": ""])
    try logs.tree.add(.file(Array(Self.part(1, 0..<8).utf8)), at: path)
    logs.date("../../\(path)", 1_700_000_000)
    // Two seconds lie between the first kill and the end.
    #expect(try logs.read().findings.last?.time?.seconds == seconds ?? 1_700_000_000)
  }

  @Test(
    "goes on with the next higher part of the same crash alone",
    arguments: [
      ([(1, "Panic#1"), (2, "Panic#1")], 1), ([(2, "Panic#1"), (1, "Panic#1")], 2),
      ([(1, "Panic#1"), (1, "Panic#1")], 2), ([(1, "Panic#1"), (2, "Panic#2")], 2),
      ([(1, "Panic#1"), (2, "Panic")], 2), ([(1, "Panic"), (2, "Panic")], 2),
    ])
  func neighbours(heads: [(number: Int, crash: String)], count: Int) throws {
    var files: [String: String] = [:]
    for (index, head) in heads.enumerated() {
      let text = Self.part(head.number, index * 4..<index * 4 + 4, of: head.crash)
      files["sys/fs/pstore/dmesg-erst-771059289623071999\(index)"] = text
    }
    #expect(try read(files).coverage.sources.count == count)
  }

  @Test("is one for each crash")
  func several() throws {
    let result = try read([
      "sys/fs/pstore/dmesg-ramoops-0": Self.part(1, 0..<8),
      "sys/fs/pstore/dmesg-ramoops-1": Self.part(1, 0..<6, of: "Oops#1"),
      "sys/fs/pstore/dmesg-erst-7710592896230719999": Self.parts[0],
      "sys/fs/pstore/dmesg-erst-7710592896230720000": Self.parts[0],
      // It couldn't be unpacked; of something else.
      "sys/fs/pstore/dmesg-erst-7710592896230720001.enc.z": "x",
      "sys/fs/pstore/console-ramoops-0": "x",
    ])
    #expect(result.coverage.sources.count == 4)
    #expect(panics(result) == 3)
  }

  @Test("is read where systemd-pstore put it, whole or in parts, with its parts only once")
  func archived() throws {
    let folder = "var/lib/systemd/pstore"
    var files = [
      // Of systemd 245 to 252, and later; of stores that it doesn't know.
      "\(folder)/7710592896230/dmesg.txt": "dmesg-erst-7710592896230719999:\n"
        + Self.part(1, 0..<8),
      "\(folder)/7710592896230/dmesg-erst-7710592896230719999": Self.part(1, 0..<8),
      "\(folder)/1795262300/001/dmesg.txt": Self.parts.reversed().joined(),
      "\(folder)/dmesg-ramoops-0": Self.part(1, 0..<8),
    ]
    for (index, text) in Self.parts.enumerated() {
      files["\(folder)/1795262300/001/dmesg-efi-17952623000\(index + 1)001"] = text
      files["\(folder)/1795262400/001/dmesg-efi-17952624000\(index + 1)001"] = text
    }
    let result = try read(files)
    #expect(
      result.coverage.sources.map(\.source.name) == [
        "/\(folder)/1795262300/001/dmesg.txt",
        "/\(folder)/1795262400/001/dmesg-efi-179526240001001 (3 parts)",
        "/\(folder)/7710592896230/dmesg.txt", "/\(folder)/dmesg-ramoops-0",
      ])
    #expect(panics(result) == 4)
    #expect(result.kills.map { $0.report.tasks?.rows.count } == [2, 2, 2, 2])
    #expect(result.times.first == "2026-11-21T11:58:18+00:00")
  }

  @Test("is read beside kdump's image of the memory, which isn't")
  func dumps() throws {
    let text = Self.lines.map { $0.drop { $0 != "[" } + "\n" }.joined()
    let result = try read([
      "var/crash/202611211204/dmesg.202611211204": text,
      "var/crash/202611211204/dump.202611211204": text,
      "var/crash/127.0.0.1-2026-11-20-03:12:44/vmcore-dmesg.txt": text,
      "var/crash/127.0.0.1-2026-11-20-03:12:44/vmcore": text,
      "var/crash/127.0.0.1-2026-11-20-03:12:44/kexec-dmesg.log": text,
      "var/crash/2026-11-19-03:12/dmesg.txt": text, "var/crash/_usr_bin_x.0.crash": text,
    ])
    #expect(result.coverage.sources.count == 3)
    #expect(panics(result) == 3)
  }

  @Test("is no link, pipe, folder or anything endless")
  func hostile() throws {
    let outside = try FixtureTree(["log": .file(Array(Self.part(1, 0..<8).utf8))])
    let logs = try LogTree()
    for (entry, path) in [
      (.link("\(outside.path)/log"), "sys/fs/pstore/dmesg-erst-1"),
      (.link("/dev/zero"), "var/crash/1/dmesg.1"), (.pipe, "var/crash/2/dmesg.2"),
      (.folder, "var/crash/3/dmesg.3"), (.link("../../../../../../.."), "var/crash/4"),
      (.link("."), "var/lib/systemd/pstore/1"), (.pipe, "var/lib/systemd/pstore/2/dmesg.txt"),
      (.file([]), "var/crash/5/dmesg.5"),
    ] as [(FixtureTree.Entry, String)] {
      try logs.tree.add(entry, at: path)
    }
    #expect(unsafe truncate("\(logs.tree.path)/var/crash/5/dmesg.5", 1 << 40) == 0)
    let result = try logs.read()
    #expect(result.findings.isEmpty)
    #expect(!result.coverage.isComplete)
    #expect(result.remarks.allSatisfy { !$0.isError })
    #expect(
      result.messages.contains { $0.contains("/dmesg.5: File too large") }, "\(result.messages)")
  }
}
