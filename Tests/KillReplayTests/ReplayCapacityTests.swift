import Badness
import DaemonLog
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

  @Test(
    "isn't known where more is reserved than there is",
    arguments: [(19_999, 20_000), (20_000, 20_000), (20_001, 20_000)])
  func reserved(ram: Int, reserved: Int) {
    var kill = Self.report.kill(7)
    kill.report.memory.ramPages = ram
    kill.report.memory.reservedPages = reserved
    let capacity = ReplayCapacity(of: kill, on: .init(6, 1), pageSize: 4096)
    #expect(capacity.source == (ram > reserved ? .machine : .unknown))
    #expect(capacity.isExact == (ram > reserved))
  }

  @Test("is no larger than any machine")
  func most() {
    let most = ReplayCapacity.most
    #expect(most == 4_398_046_511_104)
    for (ram, range) in [
      (most - 1, most - 1...most - 1), (most, most...most), (most + 1, most...most),
    ] {
      #expect(capacity(Self.report.with { $0.ram = ram }, on: .init(6, 1)).range == range)
    }
  }

  @Test("is of the nodes that the summary names, each by its own word")
  func nodeLists() {
    var kill = Self.report.with { $0.swap = 0 }.kill(7)
    kill.report.memory.zones = [zone(0, "DMA", present: 400), zone(1, "DMA", present: 4000)]
    for (constraint, pages) in [("CPUSET", 100), ("MEMORY_POLICY", 1000)] {
      kill.report.summary = Summary(constraint: constraint)
      kill.report.summary?.allowedNodes = "0"
      kill.report.summary?.nodes = "1"
      #expect(ReplayCapacity(of: kill, on: .init(5, 4), pageSize: 4096).range == pages...pages)
    }
    // A zone without a number is of the only node.
    kill.report.memory.zones[1].node = nil
    kill.report.summary = Summary(constraint: "CPUSET")
    kill.report.summary?.allowedNodes = "0"
    #expect(ReplayCapacity(of: kill, on: .init(5, 4), pageSize: 4096).range == 1100...1100)
    kill.report.memory.totalSwap = nil
    #expect(
      ReplayCapacity(of: kill, on: .init(5, 4), pageSize: 4096).range
        == 1100...ReplayCapacity.most)
    // The size of a zone that counts must be there.
    kill.report.memory.zones.append(Zone(node: 0, name: "Normal", sizes: []))
    #expect(ReplayCapacity(of: kill, on: .init(5, 4), pageSize: 4096).source == .unknown)
    kill.report.summary?.allowedNodes = "3"
    #expect(ReplayCapacity(of: kill, on: .init(5, 4), pageSize: 4096).source == .unknown)
  }

  @Test("is of the shortage that the report is about")
  func shortages() {
    func shortage(
      _ constraint: String?, limit: String? = nil, cgroup: CgroupState? = nil,
      message: String = "Out of memory"
    ) -> Shortage {
      var kill = Self.report.with { $0.cgroup = cgroup }.kill(7, message: message)
      kill.report.summary = constraint.map { Summary(constraint: $0) }
      kill.report.summary?.limitCgroup = limit
      return Shortage(of: kill)
    }
    #expect(shortage("NONE") == .system)
    #expect(shortage("NONE", limit: "/a") == .memoryCgroup)
    #expect(shortage("CPUSET", limit: "/a") == .memoryCgroup)
    #expect(shortage("MEMCG") == .memoryCgroup)
    #expect(shortage("CPUSET") == .nodes)
    #expect(shortage("MEMORY_POLICY") == .nodes)
    #expect(shortage("NONE", cgroup: .first(limit: 4, both: nil)) == .system)
    #expect(shortage(nil) == .system)
    #expect(shortage(nil, cgroup: .first(limit: 4, both: nil)) == .memoryCgroup)
    #expect(shortage(nil, message: "Memory cgroup out of memory") == .memoryCgroup)
  }

  @Test(
    "has pages of a size that there is",
    arguments: [
      (2, false), (3, false), (4, true), (5, false), (8, true), (12, false), (16, true),
      (128, true), (256, true), (257, false), (512, false),
    ])
  func possibleSizes(kibibytes: Int, isPossible: Bool) {
    func size(_ printed: Int?, _ total: Int?) -> ReplayPageSize {
      var kill = Self.report.with { $0.pageSize = printed.map { Kibibytes($0) } }.kill(7)
      kill.victim.totalVM = total.map { Kibibytes($0) }
      return ReplayPageSize(of: kill)
    }
    let assumed = ReplayPageSize(bytes: 4096, source: .assumed)
    #expect(
      size(kibibytes, nil)
        == (isPossible ? ReplayPageSize(bytes: kibibytes * 1024, source: .printed) : assumed))
    #expect(
      size(nil, 180_000 * kibibytes)
        == (isPossible ? ReplayPageSize(bytes: kibibytes * 1024, source: .derived) : assumed))
    #expect(size(nil, 180_000 * kibibytes + 1) == assumed)
  }

  @Test("has pages of the usual size where nothing is mapped")
  func nothingMapped() {
    var kill = Self.report.with { $0.pageSize = nil }.kill(7)
    kill.victim.totalVM = 0
    for mapped in [0, -4, nil] {
      kill.report.tasks?.rows[0].totalVM = mapped
      #expect(ReplayPageSize(of: kill) == ReplayPageSize(bytes: 4096, source: .assumed))
    }
  }
}
