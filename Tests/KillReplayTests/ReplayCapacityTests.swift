import Badness
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("What a replay measures against")
struct ReplayCapacityTests {
  private static let report = ComposedReport(
    rows: [.init(7, "big", 90_000), .init(8, "small", 100)])

  private func capacity(_ report: ComposedReport, on kernel: KernelVersion) -> ReplayCapacity {
    ReplayCapacity(of: report.kill(7), on: kernel, pageSize: 4096)
  }

  @Test("is RAM less what is reserved, and swap")
  func machine() {
    let all = capacity(Self.report.with { $0.swap = 8000 }, on: .init(6, 1))
    #expect(all.source == .machine)
    #expect(all.range == 1_002_000...1_002_000)
    #expect(all.isExact)
    let least = capacity(Self.report.with { $0.swap = nil }, on: .init(6, 1))
    #expect(least.range == 1_000_000...ReplayCapacity.most)
  }

  @Test("isn't known where nothing of it was printed")
  func unknown() {
    let none = capacity(Self.report.with { $0.ram = nil }, on: .init(6, 1))
    #expect(none.source == .unknown)
    #expect(none.range == 0...ReplayCapacity.most)
    let group = Self.report.with { $0.summary = .memoryCgroup() }
    #expect(capacity(group, on: .init(6, 1)).source == .unknown)
  }

  @Test(
    "is a cgroup's limit and what of swap it may use",
    arguments: [
      (CgroupState.second(limit: 40_000, swap: 0), KernelVersion(6, 1), 10_000, 10_000),
      (.second(limit: 40_000, swap: 8000), .init(6, 1), 10_000, 12_000),
      (.second(limit: 40_000, swap: nil), .init(6, 1), 10_000, ReplayCapacity.most),
      (.first(limit: 40_000, both: 40_000), .init(6, 1), 10_000, 10_000),
      (.first(limit: 40_000, both: 60_000), .init(6, 1), 10_000, 15_000),
      (.first(limit: 40_000, both: 60_000), .init(4, 4), 10_000, 15_000),
      (.first(limit: 40_000, both: nil), .init(4, 4), 10_000, ReplayCapacity.most),
    ])
  func memoryCgroup(state: CgroupState, kernel: KernelVersion, least: Int, most: Int) {
    let report = Self.report.with {
      $0.ram = nil
      $0.cgroup = state
    }
    let capacity = capacity(report, on: kernel)
    #expect(capacity.source == .memoryCgroup)
    #expect(capacity.range.lowerBound == least)
    // Without a limit what counters can hold is the end, which is more than any machine has.
    #expect(capacity.range.upperBound == most)
  }

  @Test("is what is present on the nodes, and swap")
  func nodes() {
    var kill = Self.report.with { $0.swap = 400 }.kill(7)
    kill.report.memory.zones = [
      zone(0, "DMA", present: 4000), zone(0, "Normal", present: 400_000),
      zone(1, "Normal", present: 600_000),
    ]
    kill.report.summary = Summary(constraint: "CPUSET")
    kill.report.summary?.allowedNodes = "1"
    let one = ReplayCapacity(of: kill, on: .init(6, 1), pageSize: 4096)
    #expect(one.source == .nodes)
    #expect(one.range == 150_100...150_100)
    kill.report.summary?.allowedNodes = "0-1"
    let both = ReplayCapacity(of: kill, on: .init(6, 1), pageSize: 4096)
    #expect(both.range == 251_100...251_100)
    // To 5.3 holes between them count too.
    let older = ReplayCapacity(of: kill, on: .init(5, 3), pageSize: 4096)
    #expect(older.range == 251_100...ReplayCapacity.most)
    kill.report.summary?.allowedNodes = "nonsense"
    #expect(ReplayCapacity(of: kill, on: .init(6, 1), pageSize: 4096).source == .unknown)
  }

  private func zone(_ node: Int, _ name: String, present: Int) -> Zone {
    Zone(node: node, name: name, sizes: [Counter(key: "present", value: present)])
  }

  @Test("is counted in the pages of that machine")
  func pageSizes() {
    func size(_ printed: Kibibytes?, _ total: Kibibytes?) -> ReplayPageSize {
      var kill = Self.report.with { $0.pageSize = printed }.kill(7)
      kill.victim.totalVM = total
      return ReplayPageSize(of: kill)
    }
    // The row has 180 000 pages mapped.
    #expect(size(16, 720_000) == ReplayPageSize(bytes: 16_384, source: .printed))
    #expect(size(nil, 11_520_000) == ReplayPageSize(bytes: 65_536, source: .derived))
    #expect(size(nil, 720_000) == ReplayPageSize(bytes: 4096, source: .derived))
    #expect(size(nil, 720_004) == ReplayPageSize(bytes: 4096, source: .assumed))
    #expect(size(nil, nil) == ReplayPageSize(bytes: 4096, source: .assumed))
    #expect(size(0, nil) == ReplayPageSize(bytes: 4096, source: .assumed))
  }
}
