import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("A look at all processes")
struct FullScanTests {
  private func scan(
    _ machine: FixtureMachine = .server, needsCgroups: Bool = false,
    _ selection: SelectionOptions = SelectionOptions()
  ) throws -> FullScan {
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let context = try ProcessContext(CommonOptions(), selection: selection, in: world)
    let request = SampleRequest(count: 9, isWhole: true, needsCgroups: needsCgroups)
    return try FullScan(request, context.selection, on: context.machine, in: world)
  }

  private func selected(_ scan: FullScan) -> [Int32] {
    scan.processRows.filter(\.isSelected).map(\.id.rawValue)
  }

  @Test(
    "finds all but the kernel's own threads, and ranks what can be chosen",
    arguments: ["6.1", "2.6.30"])
  func everything(kernel: String) throws {
    let scan = try scan(.server.with { $0.kernel = kernel })
    #expect(scan.processRows.map(\.id.rawValue) == [1, 400, 900, 1200, 1300, 1400, 1500, 1501])
    #expect(scan.candidateCount == scan.processRows.count { $0.rank != nil })
    #expect(scan.processRows[0].rank == nil)
    let order = scan.processRows.filter { $0.rank != nil }.sorted { $0.rank ?? 0 < $1.rank ?? 0 }
    #expect(order.compactMap(\.rank) == Array(1...scan.candidateCount))
    #expect(zip(order, order.dropFirst()).allSatisfy { $0.score ?? 0 >= $1.score ?? 0 })
    #expect(scan.first.map { scan.processRows[$0].rank } == 1)
    #expect(scan.second.map { scan.processRows[$0].rank } == 2)
    #expect(scan.isComplete)
    #expect(scan.unmatched.isEmpty)
    #expect(scan.processRows.allSatisfy { $0.isSelected })
  }

  @Test("has no second victim where there is one, and none where there is none")
  func few() throws {
    let one = try scan(FixtureMachine(processes: [FixtureProcess(9, "web", resident: 900)]))
    #expect((one.first, one.second, one.candidateCount) == (0, nil, 1))
    let none = try scan(FixtureMachine(processes: []))
    #expect((none.first, none.second, none.candidateCount) == (nil, nil, 0))
  }

  @Test("takes that one first which switches off swap")
  func origin() throws {
    let scan = try scan(
      .server.with {
        $0.processes.append(
          FixtureProcess(1950, "swapoff", resident: 300).with { $0.adjustment = -1000 })
        $0.files["proc/1950/syscall"] = "168 0x5581 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f21\n"
      })
    let first = try #require(scan.first)
    #expect(scan.processRows[first].id.rawValue == 1950)
    #expect(scan.processRows[first].isTakenAtOnce)
    #expect(scan.processRows.count { $0.isTakenAtOnce } == 1)
  }

  @Test("selects descendants, however far and in whatever order of their numbers")
  func descendants() throws {
    let machine = FixtureMachine.server.with {
      $0[1100] = FixtureProcess(1100, "late", resident: 10).with { $0.parent = 1501 }
      $0[1600] = FixtureProcess(1600, "other", resident: 10).with { $0.parent = 1502 }
    }
    let firefox = SelectionOptions(ids: [try #require(ProcessNumber(argument: "1500"))])
    #expect(try selected(scan(machine, firefox)) == [1500])
    var tree = firefox
    tree.withDescendants = true
    #expect(try selected(scan(machine, tree)) == [1100, 1500, 1501])
    tree.ids = [try #require(ProcessNumber(argument: "1"))]
    #expect(try selected(scan(machine, tree)) == [1, 400, 900, 1100, 1200, 1300, 1400, 1500, 1501])
  }

  @Test("tells which values match nothing, or that nothing matches")
  func unmatched() throws {
    let names = { (names: [String]) in
      SelectionOptions(names: names.compactMap { PlainText(argument: $0) })
    }
    #expect(try scan(.server, names(["java", "bash"])).unmatched == [])
    #expect(try scan(.server, names(["java", "ruby"])).unmatched == ["'ruby'"])
    #expect(try scan(.server, names(["perl", "ruby"])).unmatched == ["'perl' 'ruby'"])
    // The kernel's threads are no rows.
    #expect(try scan(.server, names(["kthreadd"])).unmatched == ["'kthreadd'"])
  }

  @Test("reads memory cgroups where they are asked for", arguments: [true, false])
  func cgroups(isAsked: Bool) throws {
    let scan = try scan(needsCgroups: isAsked)
    #expect(scan.processRows.contains { $0.cgroup != nil } == isAsked)
  }

  @Test("isn't complete where a process can't be read", arguments: ["6.1", "2.6.30"])
  func incomplete(kernel: String) throws {
    let machine = FixtureMachine.server.with {
      $0.kernel = kernel
      $0.files["proc/1400/stat"] = .folder
    }
    #expect(try !scan(machine).isComplete)
  }

  @Test("reads the groups of the worst processes, at most 64")
  func groups() throws {
    let tree = try FixtureMachine(processes: []).with {
      for group in 0..<70 {
        $0.files["sys/fs/cgroup/g\(group)/memory.current"] = .file(Array("\(group)\n".utf8))
      }
      $0.files["sys/fs/cgroup/g1/memory.max"] = "4096\n"
    }.tree()
    let world = try World(root: tree.path, environment: Environment())
    let made = try MadeSample()
    let rows = (0..<70).flatMap { group in
      (0...1).map { part in
        made.row(Int32(2 * group + part + 1)) {
          $0.cgroup = "/g\(group)"
          // The first groups have the worst; one has none that can be chosen.
          $0.rank = group == 2 ? nil : 2 * group + part + 1
        }
      }
    }
    let states = GroupState.all(of: rows.reversed() + [made.row(500)], in: world)
    let expected = (0..<65).filter { $0 != 2 }
    #expect(states.map(\.path) == expected.map { "/g\($0)" })
    #expect(states.map(\.used) == expected.map { $0 })
    #expect(states[1].limit == 4096)
    #expect(GroupState.all(of: [], in: world).isEmpty)
  }
}
