import Badness
import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Changes

@Suite("A kernel setting")
struct SettingTests {
  private func setting(_ key: String) throws -> Setting { try #require(Setting.named(key)) }

  private func kernel(_ release: String) throws -> KernelVersion {
    try #require(KernelVersion(parsing: release))
  }

  @Test(
    "accepts what its kernel does, and nothing beyond",
    arguments: [
      ("vm.overcommit_memory", "2.6.38", -2_147_483_648, 2_147_483_647),
      ("vm.overcommit_memory", "2.6.39", 0, 2), ("vm.overcommit_memory", "7.2", 0, 2),
      ("vm.overcommit_ratio", "6.1", -2_147_483_648, 2_147_483_647),
      ("vm.panic_on_oom", "2.6.38", -2_147_483_648, 2_147_483_647),
      ("vm.panic_on_oom", "6.1", 0, 2),
      ("vm.oom_kill_allocating_task", "6.1", -2_147_483_648, 2_147_483_647),
      ("vm.oom_dump_tasks", "6.1", -2_147_483_648, 2_147_483_647),
      ("vm.min_free_kbytes", "6.1", 0, 2_147_483_647),
      ("vm.lowmem_reserve_ratio", "6.1", -2_147_483_648, 2_147_483_647),
      ("vm.swappiness", "5.7.19", 0, 100), ("vm.swappiness", "5.8", 0, 200),
      ("vm.watermark_scale_factor", "5.10.0-32-cloud-amd64", 1, 3000),
      ("vm.watermark_scale_factor", "5.14.21", 1, 1000),
      ("vm.watermark_scale_factor", "5.15.0-91-generic", 1, 3000),
      ("vm.watermark_scale_factor", "5.16.20", 1, 1000),
      ("vm.watermark_scale_factor", "6.1", 1, 3000),
      ("vm.watermark_boost_factor", "6.1", 0, 2_147_483_647),
      ("vm.vfs_cache_pressure", "5.9", -2_147_483_648, 2_147_483_647),
      ("vm.vfs_cache_pressure", "5.10.0-32-cloud-amd64", 0, 2_147_483_647),
      ("kernel.panic", "6.1", -2_147_483_648, 2_147_483_647),
      ("kernel.sysrq", "6.1", -2_147_483_648, 2_147_483_647),
    ] as [(String, String, Int, Int)])
  func limits(key: String, release: String, lowest: Int, highest: Int) throws {
    let setting = try setting(key)
    let kernel = try kernel(release)
    for wordSize in [WordSize.bits32, .bits64] {
      #expect(setting.range(in: kernel, wordSize: wordSize) == Int128(lowest)...Int128(highest))
      for good in [lowest, highest] {
        #expect(setting.problem(with: "\(good)", in: kernel, wordSize: wordSize) == nil)
      }
      for bad in [lowest - 1, highest + 1] {
        #expect(setting.problem(with: "\(bad)", in: kernel, wordSize: wordSize) != nil)
      }
    }
  }

  @Test(
    "is as wide as the kernel's long where it is one",
    arguments: ["overcommit_kbytes", "admin_reserve_kbytes", "user_reserve_kbytes"])
  func long(key: String) throws {
    let setting = try setting(key)
    let kernel = try kernel("6.1")
    func problem(_ text: String, _ wordSize: WordSize) -> String? {
      setting.problem(with: text, in: kernel, wordSize: wordSize)
    }
    #expect(problem("4294967295", .bits32) == nil)
    #expect(
      problem("4294967296", .bits32)
        == "4294967296 is above 4294967295, the most that Linux 6.1 accepts")
    #expect(problem("18446744073709551615", .bits64) == nil)
    #expect(problem("18446744073709551616", .bits64)?.hasPrefix("expected a whole number") == true)
    for text in ["-1", "-0"] {
      for wordSize in [WordSize.bits32, .bits64] {
        #expect(problem(text, wordSize) == "must not be negative")
      }
    }
  }

  @Test(
    "exists from one release on",
    arguments: [
      ("vm.overcommit_memory", "2.4"), ("vm.overcommit_ratio", "2.6.0"),
      ("vm.overcommit_kbytes", "3.14"), ("vm.panic_on_oom", "2.6.18"),
      ("vm.oom_kill_allocating_task", "2.6.24"), ("vm.oom_dump_tasks", "2.6.25"),
      ("vm.min_free_kbytes", "2.6.0"), ("vm.lowmem_reserve_ratio", "2.6.18"),
      ("vm.admin_reserve_kbytes", "3.10"), ("vm.user_reserve_kbytes", "3.10"),
      ("vm.swappiness", "2.6.0"), ("vm.watermark_scale_factor", "4.6"),
      ("vm.watermark_boost_factor", "5.0"), ("vm.vfs_cache_pressure", "2.6.8"),
      ("kernel.panic", "2.4"), ("kernel.sysrq", "2.4"),
    ])
  func since(key: String, release: String) throws {
    let setting = try setting(key)
    let first = try kernel(release)
    #expect(setting.eras.first?.since == first)
    #expect(setting.problem(with: "1", in: first, wordSize: .bits64) == nil)
    let before = KernelVersion(2, 2)
    #expect(setting.range(in: before, wordSize: .bits64) == nil)
    #expect(
      setting.problem(with: "1", in: before, wordSize: .bits64)
        == "Linux 2.2 has no such setting (it came with \(release))")
  }

  @Test(
    "starts with what its kernel was written with",
    arguments: [
      ("vm.overcommit_memory", "6.1", "0"), ("vm.overcommit_ratio", "6.1", "50"),
      ("vm.oom_dump_tasks", "2.6.35", "0"), ("vm.oom_dump_tasks", "2.6.36", "1"),
      ("vm.swappiness", "4.19", "60"), ("vm.watermark_boost_factor", "6.1", "15000"),
      ("vm.vfs_cache_pressure", "6.1", "100"), ("kernel.panic", "6.1", "0"),
      ("vm.min_free_kbytes", "6.1", nil), ("vm.admin_reserve_kbytes", "6.1", nil),
      ("kernel.sysrq", "6.1", nil), ("vm.lowmem_reserve_ratio", "6.1", nil),
      ("vm.swappiness", "2.4", nil),
    ] as [(String, String, String?)])
  func defaults(key: String, release: String, expected: String?) throws {
    let value = try setting(key).defaultValue(in: kernel(release))
    #expect(value == expected)
    if let value {
      #expect(try setting(key).problem(with: value, in: kernel(release), wordSize: .bits64) == nil)
    }
  }

  @Test(
    "names what is wrong",
    arguments: [
      ("201", "201 is above 200, the most that Linux 6.1 accepts"),
      ("-1", "-1 is below 0, the least that Linux 6.1 accepts"), ("", "expected a number"),
      (" \n", "expected a number"), ("5 6", "expected one number, not 2"),
      ("1.5", Self.noNumber), ("+5", Self.noNumber), ("10%", Self.noNumber), ("٣", Self.noNumber),
      ("5\0", Self.noNumber), ("\u{1B}[31m", Self.noNumber),
    ])
  func words(text: String, problem: String) throws {
    let setting = try setting("vm.swappiness")
    #expect(setting.problem(with: text, in: try kernel("6.1"), wordSize: .bits64) == problem)
  }

  private static let noNumber =
    "expected a whole number: digits, or 0x and hexadecimal ones, without a plus sign"

  @Test("of several numbers takes as many as there are")
  func vector() throws {
    let setting = try setting("lowmem_reserve_ratio")
    let present = "256\t256\t32\t0\t0\n"
    func problem(_ text: String) throws -> String? {
      setting.problem(
        with: text, in: try kernel("6.1"), wordSize: .bits64, replacing: present)
    }
    #expect(try problem("128 0x80") == nil)
    #expect(setting.stored("128 0x80", replacing: present) == "128 128 32 0 0")
    #expect(setting.stored(present) == "256 256 32 0 0")
    #expect(try problem("1 2 3 4 5 6") == "expected at most 5 numbers, not 6")
    #expect(try problem("1 x") == Self.noNumber)
    #expect(setting.stored("1 x", replacing: present) == nil)
  }

  @Test("is found by its name in either spelling")
  func names() {
    for name in ["vm.swappiness", "vm/swappiness", "swappiness"] {
      #expect(Setting.named(name)?.path == "vm/swappiness")
    }
    #expect(Setting.named("kernel.panic")?.path == "kernel/panic")
    for name in ["", "panic", "vm", "vm.", "vm.swap", "kernel.swappiness", ".swappiness"] {
      #expect(Setting.named(name) == nil)
    }
  }

  @Test("is described, and its releases are in order", arguments: Setting.all.map(\.key))
  func description(key: String) throws {
    let setting = try setting(key)
    #expect(setting.summary.hasSuffix(".") && setting.summary.count <= 90)
    #expect(setting.explanation.hasSuffix(".") && !setting.explanation.contains("\n"))
    #expect((150...700).contains(setting.explanation.count))
    #expect(!setting.eras.isEmpty)
    #expect(zip(setting.eras, setting.eras.dropFirst()).allSatisfy { $0.since < $1.since })
    #expect(setting.advice.allSatisfy { !$0.source.isEmpty && $0.text.hasSuffix(".") })
    #expect(Setting.all.count { $0.key == key } == 1)
  }
}

@Suite("What is written to a setting", .enabled(if: KernelWrites.canBeTried))
struct WrittenSettingTests {
  /// What the kernel's parser might take.
  private static let texts = [
    "5", "+5", "-5", " 5", "\t5", "5 ", "5\n", "5x", "5,6", "0x10", "0X1f", "010", "08", "0b1",
    "5\u{B}", "5\r", "\u{B}5", "\r\u{C}\t5", "5 \r", "\u{B}", "\n", " ", "-", "- 5", "--5", "-+5",
    "0x", "0xg", "0x-1", "0x+1", "1e3", "1.0",
    "00000000000000000005", "000000000000000000005", "0000000000000000000000000005", "2147483647",
    "2147483648", "-2147483648", "4294967295", "4294967296", "18446744073709551615",
    "18446744073709551616", "99999999999999999999", "-18446744073709551615", "-0", "-1", "-0x5",
    "0x7fffffff", "0xffffffffffffffff", "9223372036854775808", "5\0", "٣",
  ]

  /// Settings of an IPC namespace, of the same types as ours: writing them changes nothing outside.
  private static let standIns: [Setting] = [
    Setting(
      key: "kernel.msgmax", summary: "", explanation: "",
      eras: [.init(since: .init(2, 4), range: 0...Int128(Int32.max), initial: .builder)]),
    Setting(
      key: "kernel.shmmax", type: .unsignedLong, summary: "", explanation: "",
      eras: [.init(since: .init(2, 4), initial: .builder)]),
    Setting(
      key: "kernel.sem", type: .vector, summary: "", explanation: "",
      eras: [.init(since: .init(2, 4), initial: .builder)]),
  ]

  @Test("is refused exactly when the kernel refuses it", arguments: standIns.indices)
  func refusals(index: Int) throws {
    let setting = Self.standIns[index]
    let isVector = setting.type == .vector
    let before = isVector ? "9 9 9 9" : "77"
    let texts =
      isVector
      ? ["1 2 3 4", "1 2", "1", "-1 2 3 4", "1\t2\n3 4", " 1  2", "1,2", "0x10 010", "1 -2", "x"]
      : Self.texts
    let kernel = KernelVersion(6, 18)
    let outcomes = try KernelWrites.outcomes(of: texts, to: setting.path, before: before)
    #expect(outcomes.count == texts.count)
    for (text, outcome) in zip(texts, outcomes) {
      let problem = setting.problem(
        with: text, in: kernel, wordSize: .bits64, replacing: before)
      let stored = problem == nil ? setting.stored(text, replacing: before) : nil
      #expect(stored == outcome, "\(setting.key): '\(text)'")
    }
  }
}

/// Writes to this kernel's settings, in an IPC namespace of their own.
private enum KernelWrites {
  static let canBeTried =
    geteuid() == 0
    && (try? Executable.run("/usr/bin/unshare", ["-i", "/bin/true"]).status) == 0
    // Before 5.17 a negative number was ignored in silence.
    && (try? text(at: "/proc/sys/kernel/osrelease")).flatMap { KernelVersion(parsing: $0) }
      .map { $0 >= KernelVersion(5, 17) } == true

  /// What the file reads after each write; `nil` where it was refused.
  static func outcomes(of texts: [String], to path: String, before: String) throws -> [String?] {
    let tree = try FixtureTree(
      Dictionary(
        uniqueKeysWithValues: texts.enumerated().map {
          ("\($0.offset)", .file(Array($0.element.utf8)))
        }))
    let words = ["-i", "/bin/sh", "-c", script, "sh", "/proc/sys/\(path)", before, tree.path]
    let result = try Executable.run("/usr/bin/unshare", words + ["\(texts.count)"])
    guard result.status == 0 else { throw DataError(path, result.errors) }
    return result.output.split(separator: "\n").map { $0 == "refused" ? nil : String($0) }
  }

  private static let script = """
    number=0
    while [ $number -lt "$4" ]; do
      echo "$2" > "$1" || exit 1
      if dd if="$3/$number" of="$1" bs=4096 2> /dev/null; then
        tr '\\t' ' ' < "$1"
      else
        echo refused
      fi
      number=$((number + 1))
    done
    """
}
