import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// By captured mappings: no process needs to live for it.
@Suite("What the deaths of a kill order give back")
struct ReleaseTests {
  private static let heap = "55d0c0000000-55d0c5000000 rw-p 00000000 00:00 0          [heap]"
  private static let memfd =
    "7f32a0000000-7f32a5000000 rw-s 00000000 00:01 1054       /memfd:pool (deleted)"
  private static let named = "7f32b0000000-7f32b5000000 rw-s 00000000 00:19 7       /dev/shm/x"
  private static let library = "7f32c0000000-7f32c5000000 r-xp 00000000 fe:00 9       /lib/libc.so"

  /// A mapping of so many kB, that so many processes have.
  private static func mapping(_ head: String, _ size: Int, among count: Int = 1) -> String {
    let isAnonymous = head == heap
    return """
      \(head)
      Rss: \(size) kB
      Pss: \(size / count) kB
      Private_Clean: 0 kB
      Private_Dirty: \(count == 1 ? size : 0) kB
      Anonymous: \(isAnonymous ? size : 0) kB
      Swap: 0 kB

      """
  }

  /// Two processes, the first one bigger, with these mappings; and what their kills free, in kB.
  private func freed(_ first: String?, _ second: String?) throws -> [(
    kilobytes: Int, isExact: Bool
  )] {
    let machine = FixtureMachine.server.with {
      $0.processes = [
        $0[1], $0[2], FixtureProcess(10, "big", resident: 50_000),
        FixtureProcess(11, "small", resident: 40_000),
      ]
      for (id, text) in [(10, first), (11, second)] {
        $0.files["proc/\(id)/task/\(id)/children"] = ""
        $0.files["proc/\(id)/maps"] = ""
        if let text { $0.files["proc/\(id)/smaps"] = .file(Array(text.utf8)) }
      }
    }
    let kills = try run(["predict", "--json", "--now"], on: machine.tree()).json["kills"].elements
    return try kills.map { kill in
      (try kill["freed_bytes"].integer >> 10, try kill["freed_is_exact"] == true)
    }
  }

  @Test(
    "is private memory at once, what is shared with its last process, and no file",
    arguments: [
      (mapping(heap, 8000), mapping(heap, 4000), [8000, 4000]),
      (mapping(heap, 8000, among: 2), mapping(heap, 8000, among: 2), [0, 8000]),
      (
        mapping(heap, 500) + mapping(memfd, 9000, among: 2),
        mapping(heap, 300) + mapping(memfd, 9000, among: 2), [500, 9300]
      ),
      (mapping(heap, 500) + mapping(memfd, 9000), mapping(heap, 300), [9500, 300]),
      (mapping(heap, 500) + mapping(memfd, 9000, among: 3), mapping(heap, 300), [500, 300]),
      (mapping(heap, 500) + mapping(Self.library, 9000), mapping(heap, 300), [500, 300]),
      (mapping(heap, 500) + mapping(Self.named, 9000), mapping(heap, 300), [500, 300]),
    ] as [(String, String, [Int])])
  func mapped(first: String, second: String, expected: [Int]) throws {
    let freed = try freed(first, second)
    #expect(freed.map(\.kilobytes) == expected)
    #expect(freed.allSatisfy { $0.isExact })
  }

  @Test("is at most what status tells where the mappings can't be read")
  func unread() throws {
    let freed = try freed(nil, Self.mapping(Self.heap, 300))
    #expect(freed.map(\.kilobytes) == [200_000, 300])
    #expect(freed.map(\.isExact) == [false, true])
  }
}
