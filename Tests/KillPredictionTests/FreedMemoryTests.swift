import Badness
import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("What kills free")
struct FreedMemoryTests {
  private static let heap = "55d0c0000000-55d0c5000000 rw-p 00000000 00:00 0          [heap]"
  private static let memfd =
    "7f32a0000000-7f32a5000000 rw-s 00000000 00:01 1054       /memfd:pool (deleted)"
  private static let segment =
    "7f32a0000000-7f32a5000000 rw-s 00000000 00:01 5       /SYSV00000000 (deleted)"
  private static let named = "7f32b0000000-7f32b5000000 rw-s 00000000 00:19 7       /dev/shm/x"

  /// A mapping of so many kB, that so many processes have.
  private static func mapping(_ head: String, _ size: Int, among count: Int = 1) -> String {
    """
    \(head)
    Rss: \(size) kB
    Pss: \(size / count) kB
    Private_Clean: 0 kB
    Private_Dirty: \(count == 1 ? size : 0) kB
    Anonymous: \(head == heap ? size : 0) kB
    Swap: 0 kB

    """
  }

  /// Two processes, the first one bigger, with these mappings: what their kills free and keep, in kB.
  private func kills(
    _ first: String?, _ second: String?, segments: String = "", maps: String = ""
  ) throws -> [(freed: Int, kept: Int, isExact: Bool)] {
    let machine = FixtureMachine.two(50_000, 40_000).with {
      for (id, text) in [(10, first), (11, second)] {
        $0.files["proc/\(id)/task/\(id)/children"] = ""
        $0.files["proc/\(id)/maps"] = .file(Array(maps.utf8))
        if let text { $0.files["proc/\(id)/smaps"] = .file(Array(text.utf8)) }
      }
      $0.files["proc/sysvipc/shm"] = .file(Array("key shmid perms\n\(segments)".utf8))
    }
    return try machine.predict {
      $0.state = .now
    } _: { report in
      report.prediction.kills.map { ($0.freed >> 10, $0.kept >> 10, $0.estimated.isEmpty) }
    }
  }

  @Test("is private memory at once, and what is shared with its last process")
  func shared() throws {
    let heap = Self.mapping(Self.heap, 8000)
    #expect(try kills(heap, heap).map(\.freed) == [8000, 8000])
    let halves = Self.mapping(Self.heap, 8000, among: 2)
    #expect(try kills(halves, halves).map(\.freed) == [0, 8000])
    let pool = Self.mapping(Self.memfd, 9000, among: 2)
    #expect(try kills(heap + pool, heap + pool).map(\.freed) == [8000, 17_000])
    #expect(try kills(heap + pool, heap).map(\.freed) == [8000, 8000])
    #expect(try kills(heap, heap).allSatisfy { $0.isExact && $0.kept == 0 })
  }

  @Test("isn't what has a name in /dev/shm, nor a segment that isn't doomed")
  func kept() throws {
    let heap = Self.mapping(Self.heap, 500)
    #expect(try kills(heap + Self.mapping(Self.named, 9000), heap).map(\.kept) == [9000, 0])
    let segment = heap + Self.mapping(Self.segment, 9000)
    #expect(try kills(segment, heap).map(\.kept) == [9000, 0])
    #expect(try kills(segment, heap).map(\.freed) == [500, 500])
    let doomed = try kills(segment, heap, segments: "0 5 1600 1\n")
    #expect(doomed.map(\.kept) == [0, 0] && doomed.map(\.freed) == [9500, 500])
    let half = heap + Self.mapping(Self.segment, 9000, among: 2)
    #expect(try kills(half, half).map(\.kept) == [4500, 4500])
  }

  @Test("is at most what status says where mappings can't be read")
  func unread() throws {
    let found = try kills(nil, Self.mapping(Self.heap, 300))
    #expect(found.map(\.freed) == [200_000, 300] && found.map(\.isExact) == [false, true])
  }

  @Test("isn't what a relative holds that has only forked")
  func held() throws {
    let pool = Self.mapping(Self.heap, 500) + Self.mapping(Self.memfd, 9000)
    let machine = { (isHeld: Bool) in
      FixtureMachine.two(50_000, 40_000).with {
        $0[11].parent = 10
        $0[11].program = "/usr/bin/big"
        $0.files["proc/10/smaps"] = .file(Array(pool.utf8))
        $0.files["proc/11/smaps"] = .file(Array(Self.mapping(Self.heap, 300).utf8))
        $0.files["proc/10/task/10/children"] = "11 "
        $0.files["proc/11/task/11/children"] = ""
        $0.files["proc/10/maps"] = .file(Array((Self.memfd + "\n").utf8))
        $0.files["proc/11/maps"] = isHeld ? .file(Array((Self.memfd + "\n").utf8)) : ""
      }
    }
    let freed = { (isHeld: Bool) throws in
      try machine(isHeld).predict {
        $0.state = .now
      } _: { report in
        report.prediction.kills.map { $0.freed >> 10 }
      }
    }
    #expect(try freed(true) == [500, 9300] && freed(false) == [9500, 300])
  }

  private func reclaim(
    _ memory: String, group: [String: String]? = nil, isVersionOne: Bool = false
  ) throws -> (room: Int, swappable: Int)? {
    var machine = FixtureMachine.two()
    machine.files["proc/meminfo"] = .file(Array(memory.utf8))
    for (name, text) in group ?? [:] {
      machine.files["sys/fs/cgroup/\(isVersionOne ? "memory/" : "")a/\(name)"] = .file(
        Array("\(text)\n".utf8))
    }
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let capacity = MemoryCapacity(ram: 1000)
    let domain =
      group == nil
      ? Domain.system(capacity)
      : Domain(
        shortage: .memoryCgroup, path: "/a", capacity: capacity,
        limits: try world.memoryCgroups().limits(ofGroup: "/a"))
    return Reclaim(in: domain, world).map { ($0.swapRoom, $0.swappable) }
  }

  @Test("depends on what swap has room for, and what could go there")
  func room() throws {
    let memory = "MemTotal: 9 kB\nSwapFree: 7 kB\nAnonPages: 3 kB\nShmem: 2 kB\n"
    let all = try #require(try reclaim(memory))
    #expect(all.room == 7 << 10 && all.swappable == 5 << 10)
    let none = try #require(try reclaim("MemTotal: 9 kB\n"))
    #expect(none.room == 0 && none.swappable == 0)
    #expect(try reclaim("MemFree: 9 kB\n") == nil)
  }

  @Test("depends in a group on what that may still swap out")
  func groups() throws {
    let memory = "MemTotal: 9 kB\nSwapFree: 7 kB\nAnonPages: 3 kB\nShmem: 2 kB\n"
    let usage = ["memory.current": "9000", "memory.stat": "inactive_file 1000"]
    let group = { (files: [String: String]) throws in
      try #require(try reclaim(memory, group: files.merging(["memory.max": "5000"]) { $1 }))
    }
    let open = try group(usage)
    #expect(open.room == 7168 && open.swappable == 8000)
    let limited = try group(
      usage.merging(["memory.swap.max": "3000", "memory.swap.current": "1000"]) { $1 })
    #expect(limited.room == 2000)
    #expect(try group(["memory.swap.max": "0"]).room == 0)
    #expect(try group(["memory.swap.max": "9000"]).room == 7168)
    #expect(try group([:]).swappable == 5 << 10)
  }

  @Test("depends in a group of version 1 on the limit of both, and on its swappiness")
  func versionOne() throws {
    let memory = "MemTotal: 9 kB\nSwapFree: 7 kB\nAnonPages: 3 kB\nShmem: 2 kB\n"
    let group = { (files: [String: String]) throws in
      try #require(
        try reclaim(
          memory, group: files.merging(["memory.limit_in_bytes": "5000"]) { $1 },
          isVersionOne: true))
    }
    let both = ["memory.memsw.limit_in_bytes": "8000"]
    #expect(try group(both).room == 3000)
    let used = [
      "memory.memsw.usage_in_bytes": "4500", "memory.usage_in_bytes": "4000",
      "memory.stat": "total_inactive_file 500",
    ]
    let found = try group(both.merging(used) { $1 })
    #expect(found.room == 2500 && found.swappable == 3500)
    #expect(try group(both.merging(["memory.swappiness": "0"]) { $1 }).room == 0)
    #expect(try group(both.merging(["memory.swappiness": "1"]) { $1 }).room == 3000)
  }
}
