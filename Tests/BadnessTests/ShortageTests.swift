import Badness
import Testing

@Suite("A shortage of memory")
struct ShortageTests {
  static let releases = ["2.6.17", "2.6.18", "2.6.22", "2.6.36", "6.1"]

  @Test(
    "panics where panic_on_oom says so",
    arguments: [
      // On each of the releases above, at 0, 1 and 2.
      (
        Shortage.system,
        [
          [false, false, false], [false, true, true], [false, true, true], [false, true, true],
          [false, true, true],
        ]
      ),
      (
        .nodes,
        [
          [false, false, false], [false, false, false], [false, false, true], [false, false, true],
          [false, false, true],
        ]
      ),
      (
        .memoryCgroup,
        [
          [false, false, false], [false, false, false], [false, false, false],
          [false, false, true], [false, false, true],
        ]
      ),
    ])
  func panics(shortage: Shortage, expected: [[Bool]]) throws {
    for (release, expected) in zip(Self.releases, expected) {
      let kernel = try #require(KernelVersion(parsing: release))
      #expect((0...2).map { shortage.panics(at: $0, on: kernel) } == expected, "\(release)")
    }
  }

  @Test(
    "panics on a part of memory at 2 alone, and on all of it at any number but 0",
    arguments: [(-1, false), (1, false), (2, true), (3, false)])
  func numbers(value: Int, panics: Bool) {
    let kernel = KernelVersion(6, 1)
    #expect(Shortage.nodes.panics(at: value, on: kernel) == panics)
    #expect(Shortage.memoryCgroup.panics(at: value, on: kernel) == panics)
    #expect(Shortage.system.panics(at: value, on: kernel))
  }

  @Test(
    "panics since the setting is looked at for it",
    arguments: [
      (Shortage.system, "2.6.17", "2.6.18"), (.nodes, "2.6.21", "2.6.22"),
      (.memoryCgroup, "2.6.35", "2.6.36"),
    ])
  func since(shortage: Shortage, before: String, since: String) throws {
    #expect(try !shortage.panics(at: 2, on: #require(KernelVersion(parsing: before))))
    #expect(try shortage.panics(at: 2, on: #require(KernelVersion(parsing: since))))
  }

  @Test(
    "kills whoever asks where that is set, but not inside a memory cgroup",
    arguments: [
      (Shortage.system, "2.6.23", 1, false), (.system, "2.6.24", 1, true),
      (.system, "6.1", 0, false),
      (.system, "6.1", -1, true), (.nodes, "6.1", 1, true), (.memoryCgroup, "6.1", 1, false),
    ])
  func allocatingTask(shortage: Shortage, release: String, value: Int, kills: Bool) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(shortage.killsAllocatingTask(at: value, on: kernel) == kills)
  }
}
