import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A prediction")
struct PredictTests {
  private func predict(
    _ words: [String] = [], on machine: FixtureMachine = .server
  ) throws -> Run {
    try run(["predict"] + words, on: machine.tree())
  }

  private func victims(_ words: [String] = [], on machine: FixtureMachine = .server) throws -> [Int]
  {
    let json = try predict(words + ["--json"], on: machine).json
    return try json["kills"].elements.map { try $0["victim"]["pid"].integer }
  }

  @Test("shows the next victims, what each frees, and who follows")
  func screen() throws {
    let prediction = try predict()
    #expect(try prediction.output == expectedText("predict.txt", recording: prediction.output))
    #expect(prediction.errors.isEmpty && prediction.status == .done)
  }

  @Test("goes on until all are dead, in the order of the ranking")
  func order() throws {
    let ranked = try run(["rank", "--json", "-n", "99"], on: FixtureMachine.server.tree()).numbers
    #expect(try victims(["-n", "99"]) == ranked)
    #expect(try victims(["-n", "2"]) == Array(ranked.prefix(2)))
    #expect(try victims() == Array(ranked.prefix(5)))
  }

  @Test("counts what kills free: not what files and shared memory hold")
  func freed() throws {
    let kills = try predict(["--json", "-n", "2"]).json["kills"].elements
    // Resident 14 000 pages, swapped 400, tables 60; none of it is shared.
    let first = (14_000 + 400 + 60) * 4096
    let second = (500_000 + 100_000 + 1_300) * 4096
    #expect(try kills.map { try $0["freed_bytes"].integer } == [first, second])
    #expect(try kills.map { try $0["freed_total_bytes"].integer } == [first, first + second])
    #expect(try kills.map { try $0["step"].integer } == [1, 2])
    #expect(try kills[0]["margin_bytes"].integer == (669_460 - 601_300) * 4096)
  }

  @Test(
    "stops when enough is freed",
    arguments: [("1", 1), ("56M", 1), ("57M", 2), ("2G", 2), ("1T", 6)])
  func goal(size: String, count: Int) throws {
    #expect(try victims(["--free", size]).count == count)
  }

  @Test(
    "changes with what is supposed",
    arguments: [
      (["--set", "fluentd=0"], [1200, 1501, 1500]),
      (["--set", "java=-1000"], [1300, 1501, 1500]),
      (["--set", "unit:app=1000", "--set", "1300=-500"], [1200, 1501, 1500]),
      (["--without", "java"], [1300, 1501, 1500]),
      (["--without", "user:alice"], [1300, 1200, 900]),
      (["--grow", "bash=+4G"], [1400, 1300, 1200]),
      (["--grow", "1400=1G", "--set", "1400=500"], [1400, 1300, 1200]),
      (["--grow", "match:contentproc=+2G"], [1501, 1300, 1200]),
    ])
  func suppositions(words: [String], expected: [Int]) throws {
    #expect(try victims(words + ["-n", "3"]) == expected)
    let before = try predict(words + ["--json", "-n", "3"]).json["without_suppositions"]
    let kills = try before["kills"].elements.map { try $0["victim"]["pid"].integer }
    #expect(kills == [1300, 1200, 1501])
  }

  @Test("shows the order before and after")
  func beforeAndAfter() throws {
    let screen = try predict(["--set", "fluentd=0", "-n", "1"])
    #expect(
      try screen.output == expectedText("predict-supposed.txt", recording: screen.output))
  }

  @Test(
    "tells how many die before one",
    arguments: [
      ("fluentd", 0, 0), ("java", 1, 14_460), ("1500", 3, 14_460 + 601_300 + 30_200),
    ])
  func turn(name: String, deaths: Int, pages: Int) throws {
    let turn = try predict(["--before", name, "--json"]).json["before"]
    #expect(try turn["kills"].integer == deaths)
    #expect(try turn["freed_bytes"].integer == pages * 4096)
  }

  @Test("tells with which adjustment one would be the last, and is right")
  func last() throws {
    let adjustment = try predict(["--before", "bash", "--json"]).json["before"]["to_be_last"]
      .integer
    let all = ["-n", "99", "--set"]
    #expect(try victims(all + ["bash=\(adjustment)"]).last == 1400)
    #expect(try victims(all + ["bash=\(adjustment + 1)"]).last == 900)
  }

  @Test("says that one is never killed")
  func never() throws {
    let turn = try predict(["--before", "sshd", "--json"]).json["before"]
    #expect(try turn["kills"] == nil)
    #expect(try predict(["--before", "sshd"]).output.contains("sshd[400] is never killed."))
  }

  @Test("names other killers that run")
  func otherKillers() throws {
    let machine = FixtureMachine.server.with {
      $0.processes.append(FixtureProcess(700, "earlyoom", resident: 300))
    }
    #expect(
      try predict(["--json"], on: machine).json["other_killers"] == .array([.text("earlyoom[700]")])
    )
    #expect(try predict(on: machine).output.contains("earlyoom[700]"))
  }

  @Test(
    "of something contradictory or absent is refused with one line",
    arguments: [
      (["--in", "/a", "--for", "1300"], 2, "--in, --for, --cpuset and --policy each"),
      (["--limit", "1G"], 2, "--limit is that of a memory cgroup"),
      (["--free", "1G", "-n", "2"], 2, "--free and --count each say"),
      (["--set", "java=1001"], 2, "invalid value 'java=1001'"),
      (["--set", "java"], 2, "invalid value 'java'"),
      (["--grow", "java=+lots"], 2, "invalid value 'java=+lots'"),
      (["--without", "unit:"], 2, "invalid value 'unit:'"),
      (
        ["--set", "java=1", "--set", "1200=2"], 2, "1200 can't have both adjustments, 1 and 2"
      ),
      (["--set", "java=1", "--without", "java"], 2, "1200 can't be gone and changed as well"),
      (["--set", "nothing=1"], 1, "no process matches 'nothing'"),
      (["--set", "java=1", "--without", "nothing"], 1, "no process matches 'nothing'"),
      (["--grow", "flunetd=+1M"], 1, "fluentd[1300] is running."),
      (["--before", "nothing"], 1, "no process matches 'nothing'"),
      (["--in", "/nothing"], 1, "cgroup"),
      (["--invoker", "7"], 1, "7: no such process"),
      (["--for", "7"], 1, "7: no such process"), (["--cpuset", "0"], 1, "zoneinfo"),
      (["--policy", "0"], 1, "zoneinfo"),
      (["--cpuset", "1-0"], 2, "invalid value '1-0'"),
      (["--cpuset", "+0"], 2, "invalid value '+0'"), (["--free", "0"], 2, "--free 0"),
      (["--set", "match:(=5"], 2, "invalid value 'match:(=5'"),
      (["--set", "parent:abc=5"], 2, "invalid value 'parent:abc=5'"),
      (["--before", "1300:5"], 1, "a captured tree has no inodes"),
    ])
  func refusals(words: [String], status: Int32, message: String) throws {
    let prediction = try predict(words)
    #expect(prediction.status.rawValue == status)
    #expect(prediction.output.isEmpty)
    #expect(prediction.errors.contains(message), "\(prediction.errors)")
    #expect(prediction.errors.split(separator: "\n").count <= 2)
  }

  @Test("says what can be freed at most")
  func unreachableGoal() throws {
    #expect(try predict(["--free", "1T"]).output.contains("can be freed by killing."))
    #expect(try predict(["--free", "1G"]).output.contains("can be freed by killing.") == false)
  }

  @Test("survives supposed growth of any size")
  func endlessGrowth() throws {
    let most = "9223372036854775807"
    #expect(try victims(["--grow", "bash=\(most)", "--grow", "bash=\(most)", "-n", "1"]) == [1400])
  }

  @Test("takes as long for many processes of one name as for one")
  func manyOfOneName() throws {
    let machine = FixtureMachine(
      processes: (100..<400).map { FixtureProcess($0, "worker", resident: 100 + $0 % 7) })
    let turn = try predict(["--before", "worker", "--json"], on: machine).json["before"]
    #expect(try turn["kills"] == 0)
  }
}
