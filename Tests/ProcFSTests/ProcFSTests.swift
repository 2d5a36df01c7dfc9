import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("A proc file system")
struct ProcFSTests {
  @Test("lists the processes in order, and nothing else")
  func processes() throws {
    let tree = try FixtureTree([
      "100/x": "", "9/x": "", "17/x": "", "4194304/x": "", "self": .link("17"), "sys/x": "",
      "017/x": "", "0/x": "", "-5/x": "", "99999999999/x": "", "1x/x": "",
    ])
    #expect(try tree.proc().processes == [9, 17, 100, 4_194_304])
    var seen: Set<ProcessID> = []
    try tree.proc().forEachProcess { seen.insert($0) }
    #expect(seen == [9, 17, 100, 4_194_304])
  }

  @Test("knows whether a kernel answers")
  func liveness() throws {
    let live = try ProcFS()
    let copy = try FixtureTree().proc()
    #expect(live.isLive == true && copy.isLive == false)
    #expect(live.directory.path == "/proc" && live.directory.isConfined == false)
  }

  @Test(
    "names the kernel's release",
    arguments: [
      (["sys/kernel/osrelease": "6.1.0-50-cloud-amd64\n"], "6.1.0-50-cloud-amd64"),
      (["version": "Linux version 2.4.37 (a@b) (gcc) #1 SMP\n"], "2.4.37"),
      (["version": "Linux version 2.6.0 x\n", "sys/kernel/osrelease": "5.10.1\n"], "5.10.1"),
    ] as [([String: FixtureTree.Entry], String)])
  func release(files: [String: FixtureTree.Entry], expected: String) throws {
    let tree = try FixtureTree(files)
    #expect(try tree.proc().kernelRelease == expected)
  }

  @Test(
    "has no release without the files",
    arguments: [
      ([:], "sys/kernel/osrelease"), (["version": "FreeBSD 14\n"], "sys/kernel/osrelease"),
      (["version": "Linux version\n"], "sys/kernel/osrelease"),
      (["version": ""], "sys/kernel/osrelease"),
    ] as [([String: FixtureTree.Entry], String)])
  func noRelease(files: [String: FixtureTree.Entry], blamed: String) throws {
    let tree = try FixtureTree(files)
    let proc = try tree.proc()
    let error = #expect(throws: ProcFSError.self) { try proc.kernelRelease }
    #expect(error?.description == "\(tree.path)/\(blamed): No such file or directory")
  }

  @Test("has the machine's files")
  func machine() throws {
    let tree = try FixtureTree([
      "sys/kernel/hostname": "host\n", "meminfo": "MemTotal: 5 kB\n", "vmstat": "oom_kill 3\n",
      "pressure/memory": "some avg10=0.00 avg60=0.00 avg300=0.00 total=9\n",
      "uptime": "12.34 5.6\n", "17/mountinfo": "1 2 0:3 / /proc rw - proc proc rw\n",
      "self": .link("17"),
    ])
    let proc = try tree.proc()
    #expect(try proc.hostName == "host" && proc.uptime.seconds == 12)
    #expect(try proc.memoryInfo[.total] == 5 && proc.memoryEvents.oomKills == 3)
    #expect(try proc.memoryPressure.some?.total == 9)
    #expect(try proc.mounts.proc?.mountPoint == "/proc")
  }

  @Test("has all mounts, however many bytes they are")
  func manyMounts() throws {
    let lines = (0..<160).map {
      "\($0) 1 0:\($0) / /mount/number/\($0) rw - tmpfs none rw,size=1k\n"
    }
    let text = lines.joined()
    #expect(text.utf8.count > 8192)
    let tree = try FixtureTree(["self/mountinfo": .file(Array(text.utf8))])
    let mounts = try tree.proc().mounts.mounts
    #expect(mounts.map(\.mountPoint) == (0..<160).map { "/mount/number/\($0)" })
  }

  @Test("keeps the kernel's own mounts, however many others there are")
  func boundedMounts() throws {
    let path = String(repeating: "/deep", count: 800)
    let lines = (0..<5000).map { "\($0) 1 0:\($0) / \(path)/\($0) rw - fuse.x none rw\n" }
    let group = "9 1 0:9 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
    let tree = try FixtureTree(["self/mountinfo": .file(Array((lines.joined() + group).utf8))])
    let mounts = try tree.proc().mounts
    #expect(mounts.mounts.count == MountTable.mostMounts + 1)
    #expect(mounts.memoryCgroup?.mountPoint == "/sys/fs/cgroup")
  }

  @Test("is read from the running kernel")
  func live() throws {
    let proc = try ProcFS()
    #expect(try proc.kernelRelease + "\n" == text(at: "/proc/sys/kernel/osrelease"))
    #expect(try proc.hostName + "\n" == text(at: "/proc/sys/kernel/hostname"))
    #expect(try proc.memoryInfo[.total].map { $0.count > 0 } == true && proc.uptime.seconds > 0)
    #expect(try proc.memoryInfo[.committed] != nil && proc.memoryEvents.oomKills != nil)
    let mounts = try text(at: "/proc/self/mountinfo").split(separator: "\n")
    #expect(try proc.mounts.mounts.count == mounts.count && proc.mounts.proc?.type == "proc")
    let processes = try proc.processes
    #expect(processes == processes.sorted() && processes.contains(ProcessID(getpid())))
  }

  @Test("isn't there where there is no folder")
  func missing() {
    let error = #expect(throws: ProcFSError.self) { _ = try ProcFS(root: "/nowhere/proc") }
    #expect(error?.description == "/nowhere/proc: No such file or directory")
  }
}
