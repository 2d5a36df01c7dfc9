import DaemonLog
import LogLines
import Testing

@Suite("What the service manager says of a unit")
struct UnitChangeTests {
  private static func change(_ line: String, by tag: String = "systemd") -> UnitChange? {
    let bytes = Array(line.utf8)
    return UnitChange(bytes.span, by: tag, Stamp(), at: 7)
  }

  @Test(
    "is read in the words of all its versions",
    arguments: [
      ("A process of this unit has been killed by the OOM killer.", .lostProcess),
      ("Main process exited, code=killed, status=9/KILL", .lostMainProcess),
      ("main process exited, code=killed, status=9/KILL", .lostMainProcess),
      ("Failed with result 'oom-kill'.", .failed(result: "oom-kill")),
      ("Failed with result 'start-limit-hit'.", .failed(result: "start-limit-hit")),
      ("Unit entered failed state.", .failed(result: nil)),
      ("Scheduled restart job, restart counter is at 17.", .restart(count: 17)),
      ("Scheduled restart job.", .restart(count: nil)),
      ("Service hold-off time over, scheduling restart.", .restart(count: nil)),
    ] as [(String, UnitChange.Kind)])
  func withColon(words: String, kind: UnitChange.Kind) throws {
    let change = try #require(Self.change("hog@7.service: \(words)"))
    #expect(change.unit == "hog@7.service")
    #expect(change.kind == kind)
    #expect(change.line == 7)
    #expect(!change.isPersons)
  }

  @Test(
    "is read in the words of the oldest",
    arguments: [
      ("Unit a.service entered failed state.", .failed(result: nil)),
      ("a.service holdoff time over, scheduling restart.", .restart(count: nil)),
    ] as [(String, UnitChange.Kind)])
  func older(line: String, kind: UnitChange.Kind) throws {
    let change = try #require(Self.change(line))
    #expect(change.unit == "a.service")
    #expect(change.kind == kind)
  }

  @Test(
    "isn't anything else that it says",
    arguments: [
      "a.service: Main process exited, code=exited, status=9/n/a",
      "a.service: Main process exited, code=killed, status=15/TERM", "a.service: Succeeded.",
      "a.service: Failed with result 'oom", "a.service: Failed to start.", "Started a.service.",
      "a b.service: Failed with result 'signal'.", "a.slice: Failed with result 'signal'.",
      "a: Scheduled restart job, restart counter is at 1.", ": Failed with result 'signal'.",
      "Unit of mine entered failed state.", "", "a.service: ",
    ])
  func nothing(line: String) { #expect(Self.change(line) == nil) }

  @Test("is nobody else's to say, and a person's own manager is marked")
  func authors() throws {
    let line = "a.service: Failed with result 'signal'."
    #expect(Self.change(line, by: "app") == nil)
    #expect(Self.change(line, by: "systemd-oomd") == nil)
    #expect(try #require(Self.change(line, by: "systemd --user")).isPersons)
  }
}
