import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("The machine of a tree")
struct MachineTests {
  /// A process with so many pages, and so many KiB in all.
  static func process(pages: Int, kibibytes: Int?) -> [String: FixtureTree.Entry] {
    let line = kibibytes.map { "VmSize:\t\($0) kB\n" } ?? ""
    return [
      "17/statm": "\(pages) 1 1 1 0 1 0\n", "17/status": "State:\tS\nTgid:\t17\nUid:\t0\n\(line)",
    ]
  }

  @Test(
    "has pages of the size that its numbers imply",
    arguments: [
      (765, 3060, 4096), (2000, 8001, nil), (765, 12_240, 16_384), (765, 48_960, 65_536),
      (765, 6120, 8192),
      (1, 1, 1024), (765, nil, nil), (765, 3061, nil), (765, 2295, nil), (0, 3060, nil),
      (-1, 3060, nil), (765, 0, nil), (765, -3060, nil), (3060, 765, nil),
    ] as [(Int, Int?, Int?)])
  func pageSize(pages: Int, kibibytes: Int?, expected: Int?) throws {
    let tree = try FixtureTree(Self.process(pages: pages, kibibytes: kibibytes))
    #expect(try tree.proc().pageSize == expected)
  }

  @Test("is told by the first process that has memory")
  func laterProcess() throws {
    let tree = try FixtureTree(Self.process(pages: 765, kibibytes: 12_240))
    try tree.add("0 0 0 0 0 0 0\n", at: "2/statm")
    try tree.add("State:\tS\nTgid:\t2\nUid:\t0\n", at: "2/status")
    try tree.add("malformed", at: "3/statm")
    try tree.add("5 5 5 5 5 5 5\n", at: "4/statm")
    #expect(try tree.proc().pageSize == 16_384)
  }

  @Test("has unknown pages without processes")
  func empty() throws {
    #expect(try FixtureTree().proc().pageSize == nil)
  }

  @Test("has the running kernel's pages if that answers")
  func live() throws {
    #expect(try ProcFS().pageSize == sysconf(Int32(_SC_PAGESIZE)))
  }

  @Test(
    "is the whole one if its namespace is the first",
    arguments: [("pid:[4026531836]", true), ("pid:[4026532198]", false), ("", nil)]
      as [(String, Bool?)])
  func namespace(target: String, expected: Bool?) throws {
    let tree = try FixtureTree(["17/x": "", "self": .link("17")])
    if !target.isEmpty { try tree.add(.link(target), at: "17/ns/pid") }
    #expect(try tree.proc().showsInitialNamespace == expected)
    if Ability.confinement {
      #expect(try tree.proc(isConfined: true).showsInitialNamespace == expected)
    }
  }

  @Test(
    "counts groups from the system's root if its namespace is the first",
    arguments: [("cgroup:[4026531835]", true), ("cgroup:[4026532198]", false), ("", nil)]
      as [(String, Bool?)])
  func cgroups(target: String, expected: Bool?) throws {
    let tree = try FixtureTree(["17/x": "", "self": .link("17")])
    if !target.isEmpty { try tree.add(.link(target), at: "17/ns/cgroup") }
    #expect(try tree.proc().showsInitialCgroups == expected)
  }

  @Test(
    "was looked at by a process, in a copy by the one that made it",
    arguments: [("17", 17), ("/proc/17", 17), ("x", nil), ("", nil)] as [(String, ProcessID?)])
  func selfProcess(target: String, expected: ProcessID?) throws {
    let tree = try FixtureTree(target.isEmpty ? ["17/x": ""] : ["self": .link(target)])
    #expect(try tree.proc().selfProcess == expected)
  }

  @Test("has names of this boot and this namespace")
  func names() throws {
    let tree = try FixtureTree([
      "sys/kernel/random/boot_id": "abc\n", "self": .link("17"),
      "17/ns/pid": .link("pid:[5]"),
    ])
    #expect(try tree.proc().bootID == "abc" && tree.proc().pidNamespace == "pid:[5]")
  }

  @Test("that runs is known without a file")
  func thisMachine() throws {
    let proc = try ProcFS()
    #expect(try ThisMachine.kernelRelease == proc.kernelRelease)
    #expect(ThisMachine.pageSize == sysconf(Int32(_SC_PAGESIZE)))
    #expect(ThisMachine.is64Bit == (Int.bitWidth == 64))
    let memory = try #require(ThisMachine.memory)
    #expect(memory.ram > 1 << 20 && memory.ram % ThisMachine.pageSize == 0 && memory.swap >= 0)
  }
}
