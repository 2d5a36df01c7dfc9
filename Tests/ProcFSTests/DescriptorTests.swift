import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("Descriptors")
struct DescriptorTests {
  static let files: [String: FixtureTree.Entry] = [
    "17/oom_score": "666\n", "17/comm": "x\n", "17/cmdline": "x", "17/exe": .link("/bin/x"),
    "17/oom_score_adj": "0\n", "17/task/18/oom_score": "5\n", "17/stat": "malformed",
    "meminfo": "MemTotal: 1 kB\n", "sys/vm/swappiness": "60\n",
  ]

  @Test("are all closed again, whether reading succeeds or not", arguments: [false, true])
  func leaks(isConfined: Bool) throws {
    let tree = try FixtureTree(Self.files)
    let proc = try tree.proc(isConfined: isConfined)
    let before = try tree.openDescriptors()
    #expect(before == 1)
    for _ in 0..<20 {
      let process = try proc.process(17)
      _ = try (process.oomScore, process.name, process.commandLine, process.executable)
      _ = try (process.threads, process.thread(18).oomScore, proc.processes, proc.memoryInfo)
      _ = try (proc.oomScore(of: 17), proc.directory.entries(), proc.directory.link("17/exe"))
      try process.setAdjustment(5)
      try proc.set(.swappiness, to: 10)
      #expect(throws: ProcFSError.self) { try process.stat }
      #expect(throws: ProcFSError.self) { try process.status }
      #expect(throws: ProcFSError.self) { _ = try proc.process(99) }
      #expect(throws: Errno.self) { try proc.oomScore(of: 99) }
    }
    #expect(try tree.openDescriptors() == before)
  }

  @Test("are as many as there are handles")
  func handles() throws {
    let tree = try FixtureTree(Self.files)
    let proc = try tree.proc()
    do {
      let process = try proc.process(17)
      let thread = try process.thread(18)
      #expect(try tree.openDescriptors() == 3)
      #expect(try thread.oomScore == 5 && process.oomScore == 666)
    }
    #expect(try tree.openDescriptors() == 1)
  }

  @Test("aren't handed on to programs that are started", arguments: [false, true])
  func inheritance(isConfined: Bool) throws {
    let tree = try FixtureTree(Self.files)
    let proc = try tree.proc(isConfined: isConfined)
    let process = try proc.process(17)
    for number in [proc.directory.descriptor.number, process.directory.descriptor.number] {
      #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
    }
  }

  @Test("of a live process are closed again")
  func identity() throws {
    let child = try Child()
    let process = try child.process()
    for _ in 0..<20 { _ = try process.pidfdInode }
    let links = try names(in: "/proc/self/fdinfo").compactMap { name in
      try? text(at: "/proc/self/fdinfo/\(name)")
    }
    #expect(!links.contains { $0.contains("Pid:\t\(child.id)\n") })
  }
}
