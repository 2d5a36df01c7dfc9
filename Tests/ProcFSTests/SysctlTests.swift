import TestSupport
import Testing

@testable import ProcFS

@Suite("A kernel setting")
struct SysctlTests {
  @Test("has the value its file says")
  func reads() throws {
    let tree = try FixtureTree([
      "sys/vm/swappiness": "60\n", "sys/vm/overcommit_memory": "2\n", "sys/vm/panic_on_oom": "1\n",
      "sys/vm/admin_reserve_kbytes": "18446744073709551615\n",
    ])
    let proc = try tree.proc()
    #expect(try proc.value(of: .swappiness) == 60)
    #expect(try proc.value(of: .overcommitMemory) == .never)
    #expect(try proc.value(of: .panicOnOOM) == .unconfined)
    #expect(try proc.value(of: .adminReserveKilobytes) == .max)
  }

  @Test("has the running kernel's value")
  func live() throws {
    let proc = try ProcFS()
    let policy = try proc.value(of: .overcommitMemory)
    #expect(try text(at: "/proc/sys/vm/overcommit_memory") == "\(policy.rawValue)\n")
  }

  @Test("is malformed where no such value exists", arguments: ["3\n", "-1\n", "", "one\n"])
  func malformed(text: String) throws {
    let tree = try FixtureTree(["sys/vm/overcommit_memory": .file(Array(text.utf8))])
    let proc = try tree.proc()
    let error = #expect(throws: ProcFSError.self) { try proc.value(of: .overcommitMemory) }
    #expect(error?.description == "\(tree.path)/sys/vm/overcommit_memory: expected a whole number")
  }

  @Test("takes a value within its range", arguments: [0, 7, 200])
  func writes(value: Int) throws {
    let tree = try FixtureTree(["sys/vm/swappiness": "100\n"])
    let proc = try tree.proc()
    try proc.set(.swappiness, to: value)
    #expect(try text(at: tree.path + "/sys/vm/swappiness") == "\(value)")
    #expect(try proc.value(of: .swappiness) == value)
  }

  @Test("is written as the kernel's number")
  func writesNames() throws {
    let tree = try FixtureTree(["sys/vm/panic_on_oom": "0\n", "sys/vm/user_reserve_kbytes": "0\n"])
    let proc = try tree.proc()
    try proc.set(.panicOnOOM, to: .always)
    try proc.set(.userReserveKilobytes, to: .max)
    #expect(try text(at: tree.path + "/sys/vm/panic_on_oom") == "2")
    #expect(try text(at: tree.path + "/sys/vm/user_reserve_kbytes") == "18446744073709551615")
  }

  @Test(
    "keeps its value when the new one lies outside the range", arguments: [-1, 201, .max, .min])
  func refuses(value: Int) throws {
    let tree = try FixtureTree(["sys/vm/swappiness": "60\n"])
    let proc = try tree.proc()
    let error = #expect(throws: ProcFSError.self) { try proc.set(.swappiness, to: value) }
    #expect(
      error?.description == "\(tree.path)/sys/vm/swappiness: expected a value from 0 to 200")
    #expect(try text(at: tree.path + "/sys/vm/swappiness") == "60\n")
  }

  @Test("isn't made where the kernel lacks it")
  func missing() throws {
    let tree = try FixtureTree(["sys/vm": .folder])
    let proc = try tree.proc()
    let error = #expect(throws: ProcFSError.self) { try proc.set(.watermarkScaleFactor, to: 10) }
    #expect(
      error?.description == "\(tree.path)/sys/vm/watermark_scale_factor: No such file or directory")
  }

  @Test("has a name, a summary and a range")
  func describes() {
    #expect(Sysctl.swappiness.name == "vm.swappiness" && Sysctl.swappiness.range == 0...200)
    #expect(Sysctl.overcommitKilobytes.name == "vm.overcommit_kbytes")
    #expect(Sysctl.overcommitMemory.range == .heuristic ... .never)
    let summaries = [
      Sysctl.overcommitMemory.summary, Sysctl.panicOnOOM.summary, Sysctl.overcommitRatio.summary,
      Sysctl.oomKillAllocatingTask.summary, Sysctl.oomDumpTasks.summary, Sysctl.swappiness.summary,
      Sysctl.minFreeKilobytes.summary, Sysctl.watermarkScaleFactor.summary,
      Sysctl.watermarkBoostFactor.summary, Sysctl.overcommitKilobytes.summary,
      Sysctl.adminReserveKilobytes.summary, Sysctl.userReserveKilobytes.summary,
    ]
    #expect(Set(summaries).count == summaries.count && summaries.allSatisfy { $0.hasSuffix(".") })
  }

  @Test("exists on a running kernel of late, and is readable", .enabled(if: Ability.sysctls))
  func exists() throws {
    let proc = try ProcFS()
    for number in [
      Sysctl.overcommitRatio, .oomKillAllocatingTask, .oomDumpTasks, .swappiness, .minFreeKilobytes,
      .watermarkScaleFactor, .watermarkBoostFactor,
    ] {
      let value = try proc.value(of: number)
      if let range = number.range { #expect(range.contains(value), "\(number.name)") }
    }
    for amount in [Sysctl.overcommitKilobytes, .adminReserveKilobytes, .userReserveKilobytes] {
      #expect(throws: Never.self, "\(amount.name)") { try proc.value(of: amount) }
    }
  }
}
