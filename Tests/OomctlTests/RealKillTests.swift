import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "When a real memory cgroup runs out of memory",
  .enabled(if: RealCgroup.isPossible, "needs root and memory cgroups"))
struct RealKillTests {
  private static let mebibyte = 1 << 20

  /// Waits until so many hogs hold what they are told to hold.
  private func settle(_ group: RealCgroup, bytes: [Int]) throws {
    for _ in 0..<400 {
      let sizes = group.processes(called: "tail").map { id in
        (try? text(at: "/proc/\(id)/statm").split(separator: " ")).map { Int($0[1]) ?? 0 } ?? 0
      }
      if sizes.count == bytes.count,
        sizes.reduce(0, +) * sysconf(Int32(_SC_PAGESIZE)) > bytes.reduce(0, +)
      {
        return
      }
      usleep(20_000)
    }
    throw DataError("hogs", "don't grow")
  }

  @Test("the kernel kills whom the prediction names")
  func kill() throws {
    let group = try RealCgroup(limit: 64 * Self.mebibyte)
    let bytes = [20 * Self.mebibyte, 10 * Self.mebibyte]
    // The smaller one weighs 32 MiB more.
    let hogs = [try group.hog(bytes[0]), try group.hog(bytes[1], adjustment: 500)]
    defer { for hog in hogs { hog.stop() } }
    try settle(group, bytes: bytes)

    let prediction = run(["predict", "--json", "--in", group.path])
    #expect(prediction.errors.isEmpty)
    #expect(try prediction.json["domain"]["total_pages"].integer == 64 * 256)
    let victims = try prediction.json["kills"].elements.map { try $0["victim"] }
    let foretold = try victims.filter { try $0["name"] == "tail" }.map { try $0["pid"].integer }
    let first = try #require(foretold.first)
    #expect(try text(at: "/proc/\(first)/oom_score_adj") == "500\n")

    let eater = try group.hog(200 * Self.mebibyte)
    defer { eater.stop() }
    for _ in 0..<400 where group.processes(called: "tail").contains(first) { usleep(20_000) }
    let living = group.processes(called: "tail")
    #expect(!living.contains(first))
    #expect(foretold.dropFirst().allSatisfy(living.contains))
  }
}
