import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("A living process")
struct LiveProcessTests {
  @Test("tells about itself")
  func ordinary() throws {
    let child = try Child(["/bin/sleep", "1000"])
    let process = try child.process()
    #expect(try process.commandLine.words == ["/bin/sleep", "1000"] && process.name == "sleep")
    let (status, stat) = (try process.status, try process.stat)
    #expect(status.name == "sleep" && stat.name == "sleep")
    #expect(status.threadGroup == process.id && status.threadCount == 1 && stat.threadCount == 1)
    #expect(status.parent == ProcessID(getpid()) && stat.parent == ProcessID(getpid()))
    #expect(status.realUserID == getuid() && status.effectiveUserID == geteuid())
    #expect(status.effectiveCapabilities != nil && status.allowedNodes?.isEmpty == false)
    #expect(!stat.isDead && !stat.isKernelThread && status.isKernelThread != true)
    #expect(try process.executable == text(ofLink: "/proc/\(child.id)/exe"))
    #expect(try process.cgroups.memberships.isEmpty == text(at: "/proc/\(child.id)/cgroup").isEmpty)
  }

  @Test("has sizes that agree")
  func sizes() throws {
    let child = try Child()
    let proc = try ProcFS()
    let process = try proc.process(ProcessID(child.id))
    let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    let total = try process.sizes.totalPages
    #expect(try process.status.virtualSize?.bytes == total * pageSize)
    #expect(try process.status.pageTables != nil && process.status.swapped != nil)
    #expect(try process.status.resident.map { $0.count > 0 } == true)
  }

  @Test("opens by the number of a thread, and lists its threads")
  func threads() throws {
    let proc = try ProcFS()
    let own = ProcessID(getpid())
    let name = text(ofLink: "/proc/thread-self").split(separator: "/").last
    let current = ProcessID(try #require(name.flatMap { Int32($0) }))
    let threads = try proc.process(own).threads
    #expect(threads.contains(own) && threads.contains(current) && threads.count > 1)
    #expect(try proc.process(current).status.threadGroup == own)
    #expect(try proc.process(own).thread(current).stat.parent == ProcessID(getppid()))
    #expect(try proc.processes.contains(own))
    if current != own { #expect(try !proc.processes.contains(current)) }
  }

  @Test("is seen with a score, with and without a handle")
  func scores() throws {
    let child = try Child()
    let proc = try ProcFS()
    let process = try child.process()
    #expect(try process.oomScore <= 2000)
    #expect(try proc.oomScore(of: process.id) == process.oomScore)
    #expect(try proc.status(of: process.id)?.threadGroup == process.id)
  }
}

@Suite("A dead process")
struct DeadProcessTests {
  @Test("is a zombie until it is reaped")
  func zombie() throws {
    let child = try Child()
    let process = try child.process()
    child.kill()
    #expect(try process.stat.state == "Z" && process.stat.isDead)
    let status = try process.status
    #expect(status.state == "Z" && status.name == "sleep" && status.threadGroup == process.id)
    #expect(status.virtualSize == nil && status.resident == nil && status.pageTables == nil)
    #expect(try process.commandLine.words == [] && process.name == "sleep")
    #expect(try process.sizes.totalPages == 0 && process.oomScore == 0)
    let error = #expect(throws: ProcFSError.self) { try process.executable }
    #expect(error?.errno == .noSuchFile)
  }

  @Test("is gone for an open handle once it is reaped")
  func gone() throws {
    let child = try Child()
    let process = try child.process()
    child.kill()
    child.reap()
    let error = #expect(throws: ProcFSError.self) { try process.oomScore }
    #expect(error?.errno == .noSuchProcess && error?.errno?.meansGone == true)
    #expect(error?.description == "/proc/\(child.id)/oom_score: No such process")
    let reads: [(borrowing Process) throws -> Void] = [
      { (process: borrowing Process) in _ = try process.adjustment }, { _ = try $0.status },
      { _ = try $0.stat }, { _ = try $0.sizes },
      { _ = try $0.cgroups }, { _ = try $0.name }, { _ = try $0.commandLine },
      { _ = try $0.executable }, { _ = try $0.threads }, { _ = try $0.pidfdInode },
      { try $0.setAdjustment(1000) },
    ]
    for (index, read) in reads.enumerated() {
      let error = #expect(throws: ProcFSError.self, "read \(index)") { try read(process) }
      #expect(error?.errno?.meansGone == true, "read \(index)")
    }
  }

  @Test("is gone without a handle too")
  func unopened() throws {
    let child = try Child()
    child.kill()
    child.reap()
    let proc = try ProcFS()
    #expect(throws: Errno.noSuchFile) { try proc.oomScore(of: ProcessID(child.id)) }
    #expect(throws: Errno.noSuchFile) { try proc.status(of: ProcessID(child.id)) }
    let error = #expect(throws: ProcFSError.self) { _ = try proc.process(ProcessID(child.id)) }
    #expect(error?.description == "/proc/\(child.id): No such file or directory")
  }
}
