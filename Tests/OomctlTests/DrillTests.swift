import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "A real drill", .serialized,
  .enabled(
    if: Executable.path != nil && RealCgroup.isPossible, "needs root and memory cgroups"))
struct DrillTests {
  private static var folder: String {
    unsafe access("/sys/fs/cgroup/memory/memory.limit_in_bytes", F_OK) == 0
      ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
  }

  /// Groups of drills whose process is one of ours.
  private func groups(of id: Int32) throws -> [String] {
    try names(in: Self.folder).filter { $0.hasPrefix("oomctl-drill.\(id).") }
  }

  @Test(
    "kills first whom it foretold",
    arguments: [
      ([], 0), (["--adjust", "0,500,0"], 1), (["--adjust", "0,0,1000"], 2),
      (["--adjust", "100,300,200"], 0), (["--adjust", "0,1000"], 1), (["--members", "1"], 0),
      (["--members", "8", "--adjust", "0,0,0,0,250,0,0,900"], 7),
      (["--members", "16"], 0), (["--members", "2", "--limit", "8M"], 0),
    ])
  func kill(words: [String], victim: Int) throws {
    let result = try Executable.run(["drill", "--json"] + words)
    #expect(result.errors == "")
    #expect(result.status == 0)
    let json = try JSON(Array(result.output.utf8))
    let members = try json["members"].elements
    // The kernel doesn't always wait for a victim's memory: then the next one follows.
    #expect(try members[victim]["killed"] == true)
    #expect(try json["killed_pid"].integer == members[victim]["pid"].integer)
    #expect(try json["predicted_pid"].integer == json["killed_pid"].integer)
    #expect(try json["prediction"]["kills"].elements.count == members.count)
    #expect(try json["agrees"] == true)
    let group = try json["group"].string
    #expect(unsafe access(Self.folder + group, F_OK) != 0)
    for member in members { #expect(Glibc.kill(Int32(try member["pid"].integer), 0) != 0) }
  }

  @Test("shows prediction and kernel one below the other")
  func text() throws {
    let lines = try Executable.run(["drill"]).output.split(separator: "\n")
    #expect(lines[0].hasPrefix("Drill in ") && lines[0].split(separator: "limit 64 MiB").count == 2)
    let predicted = try #require(lines.first { $0.hasPrefix("Predicted: drill-1[") })
    let killed = try #require(lines.first { $0.hasPrefix("Killed:    drill-1[") })
    let names = [predicted, killed].map { $0.split(separator: "]")[0].dropFirst(11) }
    #expect(names[0] == names[1])
    #expect(killed.split(separator: ", by SIGKILL").count == 2)
    #expect(lines.contains("Prediction and kernel agree."))
  }

  @Test(
    "takes no adjustment below what it may",
    .enabled(if: !mayLower, "this process has CAP_SYS_RESOURCE"))
  func lowering() throws {
    let result = try Executable.run(["drill", "--adjust", "0,300,-200"])
    #expect(
      result.errors == """
        oomctl: oom_score_adj -200: Permission denied
        Lowering an adjustment needs CAP_SYS_RESOURCE; raising it is always allowed.

        """)
    #expect(result.status == 1 && result.output.isEmpty)
  }

  @Test("that is killed in the middle leaves an empty group, which the next one removes")
  func leftover() throws {
    let drill = try HeldDrill()
    let id = drill.id
    let members = try drill.members(in: Self.folder)
    #expect(members.count == 3)
    drill.kill(SIGKILL)
    #expect(LiveGuard.comes(within: 5000) { members.allSatisfy { Glibc.kill($0, 0) != 0 } })
    #expect(try groups(of: id).count == 1)
    let next = try Executable.run(["drill"])
    #expect(next.errors.hasPrefix("oomctl: removed the memory cgroup"))
    #expect(next.status == 0)
    #expect(try groups(of: id).isEmpty)
  }

  @Test("that is to end cleans up at once", arguments: [SIGTERM, SIGINT, SIGHUP])
  func interrupted(signal: Int32) throws {
    let drill = try HeldDrill()
    let members = try drill.members(in: Self.folder)
    #expect(members.count == 3)
    let status = drill.end(signal)
    #expect(status == 1)
    #expect(drill.errors == "oomctl: ended by a signal\nNothing of the drill is left behind.\n")
    #expect(members.allSatisfy { Glibc.kill($0, 0) != 0 })
    #expect(try groups(of: drill.id).isEmpty)
  }

  @Test("shows what it would do, and does nothing")
  func plan() throws {
    let result = run(["drill", "--adjust", "0,500,0", "--dry-run"])
    #expect(
      result.lines.dropFirst() == [
        "", "MEMBER   ADJ   TAKES", "drill-1    0     36M", "drill-2  500     14M",
        "drill-3    0  to 14M", "",
        "drill-2 would die, 9.7 MiB ahead of drill-1. Nothing was done.",
      ])
    let json = try run(["drill", "--dry-run", "--json", "--members", "2"]).json
    #expect(try json["limit_bytes"].integer == 64 << 20)
    #expect(try json["expected"] == "drill-1")
    #expect(try json["members"].elements.map { try $0["name"].string } == ["drill-1", "drill-2"])
  }

  /// Whether this process has CAP_SYS_RESOURCE, number 24.
  private static var mayLower: Bool {
    let line = try? TestSupport.text(at: "/proc/self/status").split(separator: "\n")
      .first { $0.hasPrefix("CapEff:") }
    return (UInt64(line?.dropFirst(8) ?? "0", radix: 16) ?? 0) & 1 << 24 != 0
  }
}
