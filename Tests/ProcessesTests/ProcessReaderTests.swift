import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A reader of processes")
struct ProcessReaderTests {
  private func read(
    _ id: Int32 = 10, needs: ProcessSnapshot.Fields = .all, on machine: FixtureMachine
  ) throws -> (record: ProcessSnapshot?, reader: ProcessReader) {
    try machine.tree().withWorld { world in
      var reader = ProcessReader()
      let record = reader.record(of: ProcessID(id), needs: needs, in: world.proc)
      return (record, reader)
    }
  }

  private func machine(
    _ files: [String: FixtureTree.Entry] = [:], omitted: Set<String> = []
  ) -> FixtureMachine {
    FixtureMachine(
      processes: [FixtureProcess(10, "app", resident: 30).with { $0.adjustment = 5 }],
      omitted: omitted, files: files)
  }

  @Test("reads what is asked, and nothing else")
  func needs() throws {
    let all = try #require(try read(on: machine()).record)
    #expect(all.score != nil && all.status != nil && all.stat != nil && all.sizes != nil)
    #expect(all.adjustment == 5 && all.legacyAdjustment == 0 && all.cgroups != nil)
    #expect(all.commandLine?.words == ["/usr/bin/app"] && all.executable == nil)
    #expect(all.unknown == [] && !all.isInit)
    let none = try #require(try read(needs: [], on: machine()).record)
    #expect(none.score == nil && none.status == nil && none.stat == nil && none.sizes == nil)
    #expect(none.adjustment == nil && none.cgroups == nil && none.commandLine == nil)
    let program = try #require(try read(needs: .executable, on: machine()).record)
    #expect(program.executable == "/usr/bin/app")
  }

  @Test("leaves out what has ended, and notes what can't be read")
  func failures() throws {
    let gone = try read(11, on: machine())
    #expect(gone.record == nil && gone.reader.isWhole && gone.reader.unread.isEmpty)
    let broken = try read(on: machine(["proc/10/status": "x\n"]))
    #expect(broken.record == nil && broken.reader.problemCount == 1)
    #expect(broken.reader.unread == [ProcessID(10): .failure])
    let partial = try read(on: machine(["proc/10/oom_score": "x\n", "proc/10/cgroup": "x\n"]))
    #expect(partial.record?.unknown == [.score, .cgroups] && partial.record?.score == nil)
    #expect(partial.reader.problemCount == 2 && partial.reader.unread.isEmpty)
    let lacking = try read(on: machine(omitted: ["oom_score", "cgroup"]))
    #expect(lacking.record?.unknown == [] && lacking.reader.isWhole)
  }

  @Test("asks whether a process without adjustments has ended")
  func adjustments() throws {
    let names: Set = ["oom_score_adj", "oom_adj"]
    #expect(try read(on: machine(omitted: names)).record != nil)
    #expect(try read(on: machine(omitted: names.union(["stat"]))).record == nil)
    let needs: ProcessSnapshot.Fields = [.adjustment, .score]
    #expect(try read(needs: needs, on: machine(omitted: names.union(["stat"]))).record == nil)
    #expect(
      try read(needs: .score, on: machine(omitted: names.union(["stat"]))).record != nil)
    #expect(
      try read(
        needs: [.adjustment, .legacyAdjustment],
        on: machine(omitted: ["oom_score_adj", "stat"])
      ).record?.legacyAdjustment == 0)
  }

  @Test("keeps the first sixteen problems, and counts all")
  func problems() {
    var reader = ProcessReader()
    for number in 0..<20 {
      reader.note(ProcFSError(path: "\(number)", reason: .system(.invalidArgument)))
    }
    #expect(reader.problems.map(\.path) == (0..<16).map { "\($0)" } && reader.problemCount == 20)
    reader.note(ProcFSError(path: "x", reason: .system(.accessDenied)))
    reader.note(ProcFSError(path: "x", reason: .system(.noSuchFile)))
    reader.note(ProcFSError(path: "x", reason: .system(.notSupported)))
    #expect(reader.hiddenCount == 1 && reader.problemCount == 20)
  }

  @Test("lists all, or those asked for")
  func lists() throws {
    let machine = FixtureMachine(
      processes: [10, 20, 30].map { FixtureProcess($0, "p", resident: 1) })
    let tree = try machine.tree()
    let world = try tree.world()
    var reader = ProcessReader()
    let ids = [30, 99, 10].map { ProcessID($0) }
    #expect(
      try reader.records(needs: .stat, in: world.proc) { $0.id.rawValue } == [10, 20, 30])
    #expect(
      try reader.records(of: ids, needs: .stat, in: world.proc) { $0.id.rawValue } == [30, 10])
  }

  /// A process whose first thread has ended, with another one.
  private func ended(
    state: String = "Z", threads: Int = 2, second: String = "S", cgroup: String = "1:memory:/\n"
  ) -> FixtureMachine {
    let stat = { (id: Int, state: String, pages: Int) -> FixtureTree.Entry in
      let line =
        "\(id) (app) \(state) 1 10 10 0 -1 0 0 0 0 0 0 0 0 0 20 0 \(threads) 0 100 0 \(pages) 0\n"
      return .file(Array(line.utf8))
    }
    let head = "Name:\tapp\nState:\t\(state)\nTgid:\t10\nUid:\t0\t0\t0\t0\nThreads:\t\(threads)\n"
    return FixtureMachine(
      processes: [],
      files: [
        "proc/10/stat": stat(10, state, 0), "proc/10/status": .file(Array(head.utf8)),
        "proc/10/task/10/stat": stat(10, state, 0),
        "proc/10/task/10/status": .file(Array(head.utf8)),
        "proc/10/task/11/stat": stat(11, second, 40),
        "proc/10/task/11/status": .file(Array((head + "VmRSS:\t160 kB\n").utf8)),
        "proc/10/cgroup": .file(Array(cgroup.utf8)), "proc/10/task/11/cgroup": "1:memory:/a\n",
      ])
  }

  @Test("takes memory and cgroups from another thread where the first has ended")
  func threads() throws {
    let record = try #require(
      try read(needs: [.status, .stat, .cgroups], on: ended()).record)
    #expect(record.status?.resident?.count == 160 && record.stat?.residentPages == 40)
    #expect(record.livingThread == ProcessID(11) && record.cgroups?.memory?.path == "/a")
    let byStat = try read(needs: [.stat, .cgroups], on: ended()).record
    #expect(byStat?.cgroups?.memory?.path == "/a")
    #expect(try read(needs: .cgroups, on: ended()).record?.cgroups?.memory?.path == "/a")
    #expect(
      try read(needs: [.status, .cgroups], on: ended()).record?.cgroups?.memory?.path == "/a")
  }

  @Test(
    "takes nothing from one that has ended too, nor where the first lives or is alone",
    arguments: [("Z", 2, "Z"), ("Z", 2, "X"), ("Z", 1, "S")])
  func noThreads(state: String, threads: Int, second: String) throws {
    let machine = ended(state: state, threads: threads, second: second)
    let record = try #require(
      try read(needs: [.status, .stat, .cgroups], on: machine).record)
    #expect(record.status?.resident == nil && record.stat?.residentPages == 0)
    #expect(record.livingThread == nil && record.cgroups?.memory?.path == "/")
    #expect(try read(needs: .cgroups, on: machine).record?.cgroups?.memory?.path == "/")
    #expect(
      try read(needs: [.status, .cgroups], on: machine).record?.cgroups?.memory?.path == "/")
  }

  @Test("leaves the cgroups of a living one as they are")
  func living() throws {
    for needs in [ProcessSnapshot.Fields.cgroups, [.stat, .cgroups], [.status, .cgroups]] {
      let record = try read(needs: needs, on: ended(state: "S")).record
      #expect(record?.cgroups?.memory?.path == "/")
    }
    let placed = try read(
      needs: .cgroups, on: ended(cgroup: "2:cpu:/x\n1:memory:/\n0::/\n")
    ).record
    #expect(placed?.cgroups?.memory?.path == "/")
    #expect(
      try read(needs: .cgroups, on: ended(cgroup: "0::/\n")).record?.cgroups?.memory?.path == "/")
  }

  @Test(
    "knows the process 1 that the kernel spares",
    arguments: [
      ("2.6.23", [:], true), ("6.1.0", ["proc/2/stat": "kthreadd"], true),
      ("6.1.0", ["proc/2/stat": "bash"], false), ("2.6.24", ["proc/2/stat": "bash"], false),
      ("6.1.0", ["proc/1/oom_score": "0\n"], true), ("6.1.0", ["proc/1/oom_score": "5\n"], false),
    ] as [(String, [String: String], Bool)])
  func first(kernel: String, files: [String: String], isInit: Bool) throws {
    var machine = FixtureMachine(
      kernel: kernel, processes: [FixtureProcess(1, "init", resident: 1)])
    for (path, text) in files {
      machine.files[path] =
        path.hasSuffix("stat")
        ? "2 (\(text)) S 0 0 0 0 -1 0 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0 0\n"
        : .file(Array(text.utf8))
    }
    #expect(try read(1, on: machine).record?.isInit == isInit)
    #expect(try read(1, needs: [], on: machine).record?.isInit == isInit)
  }

  @Test("knows a kernel thread 2 by its flag, whatever its name")
  func second() throws {
    let machine = FixtureMachine(
      processes: [FixtureProcess(1, "init", resident: 1), .kernelThread(2, "x", parent: 0)],
      files: ["proc/1/oom_score": "5\n"])
    #expect(try read(1, on: machine).record?.isInit == true)
  }

  @Test("finds this program, or says that it can't")
  func own() throws {
    let tree = try machine().tree()
    let found = { (id: Int32?) throws in
      let world = try World(root: tree.path, environment: Environment(ownID: { id }))
      return try ProcessReader.ownRecord(needs: .stat, in: world).id
    }
    #expect(try found(10) == ProcessID(10))
    #expect(throws: Failure.self) { try found(11) }
    #expect(throws: Failure.self) { try found(nil) }
  }

  @Test("asks for the system call of a program that may switch off swap alone")
  func systemCall() throws {
    let machine = FixtureMachine(
      processes: [
        FixtureProcess(10, "swapoff", resident: 1), FixtureProcess(11, "x", resident: 1),
      ],
      files: ["proc/10/syscall": "168 0\n", "proc/11/syscall": "168 0\n"])
    let needs: ProcessSnapshot.Fields = [.stat, .systemCall]
    #expect(try read(needs: needs, on: machine).record?.systemCall == .waiting(number: 168))
    #expect(try read(11, needs: needs, on: machine).record?.systemCall == nil)
    #expect(try read(needs: .stat, on: machine).record?.systemCall == nil)
    let broken = try read(needs: needs, on: machine.with { $0.files["proc/10/syscall"] = "x\n" })
    #expect(broken.record?.systemCall == nil && broken.reader.problemCount == 1)
  }
}
