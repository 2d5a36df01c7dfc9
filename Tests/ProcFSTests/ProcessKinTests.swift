import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("What belongs to a process")
struct ProcessKinTests {
  @Test("is the children of all its threads")
  func children() throws {
    let tree = try FixtureTree([
      "17/task/17/children": "20 21 \n", "17/task/18/children": "22 0 x 023 ",
      "17/task/19": .folder,
    ])
    // The last one ends with the line's end, and is no number then.
    #expect(try Set(tree.process().children) == [20, 21, 22])
  }

  @Test("isn't known where the kernel doesn't list children")
  func noChildren() throws {
    let tree = try FixtureTree(["17/task/17": .folder, "17/task/18/children": "22 "])
    let process = try tree.process()
    let error = #expect(throws: ProcFSError.self) { try process.children }
    #expect(error?.errno == .noSuchFile && error?.path.hasSuffix("task/17/children") == true)
  }

  @Test("is objects that it has mapped: deleted files and segments, each once")
  func objects() throws {
    let tree = try FixtureTree([
      "17/maps": """
      1000-2000 rw-s 00000000 00:01 5 /memfd:x (deleted)
      2000-3000 rw-s 00000000 00:01 5 /memfd:x (deleted)
      3000-4000 rw-s 00000000 00:01 6 /SYSV00000000 (deleted)
      4000-5000 r--p 00000000 fe:00 7 /bin/x
      5000-6000 rw-p 00000000 00:00 0 [heap]
      nonsense

      """
    ])
    let objects = try tree.process().mappedObjects
    #expect(
      objects == [
        .init(device: "00:01", inode: 5), .init(device: "00:01", inode: 6, isSegment: true),
      ])
  }

  @Test("is no more objects than are kept apart", arguments: [(4096, 4096), (4100, 4096), (7, 7)])
  func manyObjects(count: Int, kept: Int) throws {
    let lines = (1...count).map { "1000-2000 rw-s 00000000 00:01 \($0) /x (deleted)\n" }
    let tree = try FixtureTree(["17/maps": .file(Array(lines.joined().utf8))])
    #expect(try tree.process().mappedObjects.count == kept)
  }

  @Test(
    "is the most memory that it ever had",
    arguments: [
      ("VmPeak:\t9 kB\nVmHWM:\t    77 kB\nVmRSS:\t5 kB\n", 77), ("VmRSS:\t5 kB\n", nil),
      ("VmHWM:\tx\n", nil), ("xVmHWM:\t7 kB\n", nil),
    ] as [(String, Int?)])
  func peak(text: String, kibibytes: Int?) throws {
    let tree = try FixtureTree(["17/status": .file(Array(text.utf8))])
    #expect(try tree.process().peakMemory?.count == kibibytes)
  }
}

@Suite("A process that may hang")
struct HangTests {
  private func mayHang(
    states: [String], status: String = "SigPnd:\t0000000000000000\n"
  ) throws -> Bool {
    var files: [String: FixtureTree.Entry] = ["17/status": .file(Array(status.utf8))]
    for (index, state) in states.enumerated() {
      let id = 17 + index
      files["17/task/\(id)/stat"] =
        "\(id) (a) \(state) 1 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 9 0 5\n"
    }
    let tree = try FixtureTree(files)
    return try withExtendedLifetime(tree) { try tree.process().mayHang }
  }

  @Test(
    "has a thread that sleeps and can't be woken",
    arguments: [
      (["S"], false), (["D"], true), (["S", "D"], true), (["S", "R", "Z"], false), (["T"], false),
    ])
  func states(states: [String], hangs: Bool) throws {
    #expect(try mayHang(states: states) == hangs)
  }

  @Test(
    "is one that SIGKILL waits for",
    arguments: [
      ("SigPnd:\t0000000000000100\n", true), ("ShdPnd:\t0000000000000100\n", true),
      ("SigPnd:\t0000000000000000\nShdPnd:\t0000000000000101\n", true),
      ("SigPnd:\t0000000000000080\n", false), ("SigPnd:\t0000000000000200\n", false),
      ("SigBlk:\t0000000000000100\n", false), ("SigPnd:\tx\n", false),
      ("ShdPnd:\t0000000000000100\nSigPnd:\t0000000000000000\n", true),
    ])
  func pending(status: String, hangs: Bool) throws {
    #expect(try mayHang(states: ["S"], status: status) == hangs)
  }

  @Test("isn't told by a thread that has ended meanwhile")
  func ended() throws {
    let tree = try FixtureTree([
      "17/status": "SigPnd:\t0\n", "17/task/17": .folder,
      "17/task/18/stat": "18 (a) S 1 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 9 0 5\n",
    ])
    #expect(try !tree.process().mayHang)
  }

  @Test("is one with more threads than are asked")
  func threads() throws {
    #expect(Process.mostThreads == 4096)
    let tree = try FixtureTree(["17/status": "SigPnd:\t0\n"])
    for (count, hangs) in [(4096, false), (4097, true)] {
      for id in 17..<(17 + count) { try tree.add(.folder, at: "17/task/\(id)") }
      #expect(try tree.process().mayHang == hangs)
    }
  }
}
