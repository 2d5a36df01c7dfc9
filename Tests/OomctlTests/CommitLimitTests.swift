import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("The commit limit that is predicted")
struct CommitLimitTests {
  /// The kernel's limit and ours, in KiB.
  private func limits(
    _ proc: borrowing ProcFS, pageSize: Int
  ) throws -> (shown: Int?, predicted: Int) {
    let release = try proc.kernelRelease
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(CommitRule.inForce(in: kernel))
    let memory = try proc.memoryInfo
    // The archives were captured with the defaults, and leave these files out.
    let settings = CommitSettings(
      ratio: (try? proc.value(of: .overcommitRatio)) ?? 50,
      kilobytes: (try? proc.value(of: .overcommitKilobytes)) ?? 0)
    let page = pageSize / 1024
    let machine = MemoryCapacity(
      ram: Pages((memory[.total]?.count ?? 0) / page),
      swap: Pages((memory[.swapTotal]?.count ?? 0) / page), pageSize: pageSize,
      wordSize: memory.is32Bit == true ? .bits32 : .bits64)
    let hugePages = Pages((memory.hugePagePool?.count ?? 0) / page)
    let limit = rule.limit(settings, hugePages: hugePages, on: machine)
    return (memory[.commitLimit]?.count, limit.count * page)
  }

  @Test("is the one that the kernel showed", arguments: try CapturedMachine.all)
  func captured(machine: CapturedMachine) throws {
    try machine.withRoot { root in
      let proc = try ProcFS(root: "\(root)/proc")
      let pageSize = try proc.pageSize
      let limits = try limits(proc, pageSize: try #require(pageSize))
      #expect(limits.shown == limits.predicted)
    }
  }

  @Test("is the one that this kernel shows")
  func live() throws {
    // Some containers show a MemTotal of their own.
    guard let proc = try? ProcFS(), try ThisMachine.memory?.ram == proc.memoryInfo[.total]?.bytes
    else { return }
    let limits = try limits(proc, pageSize: ThisMachine.pageSize)
    #expect(limits.shown == limits.predicted)
  }
}
