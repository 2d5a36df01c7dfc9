import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "What a kill frees", .serialized,
  .enabled(
    if: RealCgroup.isPossible && Hog.isPossible, "needs root, memory cgroups and a C compiler"))
struct FreedMemoryTests {
  /// Kills in the foretold order: what was foretold of each, and what it gave back, in bytes.
  private func kills(_ actions: [String]) throws -> [(foretold: Int, real: Int)] {
    let group = try RealCgroup(limit: 512 << 20)
    let hog = try Hog(["group=\(group.folder)"] + actions + ["ready"])
    defer { hog.stop() }
    let first = hog.id
    while !group.processes(called: "hog").contains(first) { usleep(10_000) }
    try settle(group)
    let kills = try run(["predict", "--json", "-n", "99", "--in", group.path]).json["kills"]
      .elements
    return try kills.map { kill in
      #expect(try kill["freed_is_exact"] == true)
      let before = try group.usage
      for dead in try [kill["victim"]] + kill["also_killed"].elements {
        let id = Int32(try dead["pid"].integer)
        Glibc.kill(id, SIGKILL)
        while let stat = try? text(at: "/proc/\(id)/stat"), !stat.contains(") Z ") { usleep(1000) }
      }
      try settle(group)
      return (try kill["freed_bytes"].integer, before - (try group.usage))
    }
  }

  /// Waits until nothing is charged or given back any more.
  private func settle(_ group: RealCgroup) throws {
    var last = -1
    while try group.usage != last {
      last = try group.usage
      usleep(100_000)
    }
  }

  @Test(
    "is what the memory cgroup gives back",
    arguments: [
      "anon=40",
      "huge=40",
      "anon=60 fork anon=5 . fork anon=4 . fork anon=3 .",
      "anon=40 fork anon=10 fork anon=5 . . fork anon=2 .",
      "memfd=30 anon=2",
      "shmem=30 anon=2",
      "unlinked=30 anon=2",
      "shmem=30 fork anon=6 .",
      "memfd=20 anon=30 fork anon=3 fork anon=2 . .",
      "anon=20 share name=inner . fork anon=9 .",
    ])
  func given(actions: String) throws {
    let kills = try kills(actions.split(separator: " ").map(String.init))
    #expect(!kills.isEmpty)
    for (foretold, real) in kills {
      #expect(abs(foretold - real) <= max(1 << 20, real / 20), "\(kills) for \(actions)")
    }
  }
}
