import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Units

@Suite("What a service's files declare")
struct UnitDeclarationTests {
  private func with<Result>(
    _ text: String, dropIn: String? = nil, _ body: (UnitFiles) throws -> Result
  ) throws -> Result {
    var files: [String: FixtureTree.Entry] = [
      "proc/version": "", "etc/systemd/system/a.service": .file(Array(text.utf8)),
    ]
    if let dropIn {
      files["etc/systemd/system/a.service.d/1.conf"] = .file(Array(dropIn.utf8))
    }
    return try FixtureTree(files).withWorld { try body(UnitFiles(of: "a.service", in: $0)) }
  }

  @Test(
    "of its adjustment is its last line in its section that systemd takes",
    arguments: [
      ("[Service]\nOOMScoreAdjust=-5\n", nil, -5, "etc/systemd/system/a.service:2"),
      ("[Unit]\nOOMScoreAdjust=-5\n", nil, nil, nil),
      (
        "[Service]\n# \nOOMScoreAdjust=1\\\n\nOOMScoreAdjust=2\n", nil, 2,
        "etc/systemd/system/a.service:5"
      ),
      (
        "[Service]\nOOMScoreAdjust=3\nOOMScoreAdjust=2000\n", nil, 3,
        "etc/systemd/system/a.service:2"
      ),
      (
        "[Service]\nOOMScoreAdjust=3\n", "[Service]\n\nOOMScoreAdjust=4\n", 4,
        "etc/systemd/system/a.service.d/1.conf:3"
      ),
      ("[Service]\nOOMScoreAdjust=3\n", "[Service]\nOOMScoreAdjust=\n", nil, nil),
    ] as [(String, String?, Int?, String?)])
  func adjustment(text: String, dropIn: String?, value: Int?, place: String?) throws {
    let found = try with(text, dropIn: dropIn) { $0.adjustment }
    #expect(found?.value == value)
    #expect(found?.line.place == place.map { "/\($0)" })
  }

  @Test(
    "is passed over in another section, and where it is no number of the kernel's",
    arguments: [
      ("[Unit]\nOOMScoreAdjust=-900\n", ["-900 stands in [Unit], where systemd ignores it"]),
      ("[Install]\nOOMScoreAdjust=1\n", ["1 stands in [Install], where systemd ignores it"]),
      (
        "[Service]\nOOMScoreAdjust=-1001\n",
        ["-1001 is no number from -1000 to 1000: systemd ignores it"]
      ),
      ("[Service]\nOOMScoreAdjust=-1000\nOOMScoreAdjust=\n", []),
      ("[Unit]\nOOMScoreAdjust=\n", []),
    ])
  func ignored(text: String, lines: [String]) throws {
    let found = try with(text) { $0.ignoredAdjustments }
    #expect(found.map { "\($0.line.value) \($0.reason)" } == lines)
  }

  @Test(
    "of what follows a kill is OOMPolicy= and Restart=, by systemd's defaults",
    arguments: [
      ("", .stop, "no", false), ("Delegate=yes", .goesOn, "no", false),
      ("Delegate=no", .stop, "no", false), ("Delegate=yes\nOOMPolicy=stop", .stop, "no", false),
      ("OOMPolicy=kill\nRestart=always", .kill, "always", true),
      ("OOMPolicy=continue\nRestart=on-failure", .goesOn, "on-failure", true),
      ("OOMPolicy=else\nRestart=on-abnormal", .stop, "on-abnormal", true),
      ("Restart=on-abort", .stop, "on-abort", false),
      ("Restart=on-success", .stop, "on-success", false),
      ("Restart=on-watchdog", .stop, "on-watchdog", false),
    ] as [(String, UnitEnd.Policy, String, Bool)])
  func end(lines: String, policy: UnitEnd.Policy, restart: String, isStarted: Bool) throws {
    let end = try with("[Service]\n\(lines)\n") { UnitEnd(of: $0) }
    #expect(end.policy == policy && end.restart == restart && end.isStartedAgain == isStarted)
  }
}
