import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "What is shown, where one call fails,",
  .enabled(if: Executable.canBeTraced, "strace is installed, and may trace"))
struct FaultedLookTests {
  @Test(
    "is whole, or said not to be",
    arguments: [
      "list --json", "list --json --unit app", "rank --json", "metrics", "explain --json java",
      "explain java", "doctor --json", "groups --json", "memory --json", "predict --json",
      "--color never",
      "history --json FILE", "undo --list --json", "tune --json", "tune --check",
      "protect --unit app --persist --dry-run --json", "guard --once --dry-run --json",
      "guard --check-rules",
    ])
  func captured(command: String) throws {
    let tree = try FixtureMachine.faulted.with {
      $0.files["etc/oomctl/rules.conf"] = "exe:/usr/bin/cached user:app = -700\n"
    }.tree()
    let injector = try FaultInjector()
    for words in FaultedWriteTests.past { _ = try injector.run(words + ["--root", tree.path]) }
    let words =
      command.split(separator: " ").map {
        $0 == "FILE" ? "\(tree.path)/var/log/kern.log" : String($0)
      } + (command.contains("FILE") ? [] : ["--root", tree.path])
    try look(words, named: command, injector, root: tree.path)
  }

  @Test("of live processes is whole, or said not to be", arguments: ["list --json"])
  func live(command: String) throws {
    let children = try [Child(), Child()]
    let words = command.split(separator: " ").map(String.init) + children.map { "\($0.id)" }
    try withExtendedLifetime(children) {
      try look(words, named: "live: \(command) A B", FaultInjector(), root: nil)
    }
  }

  private func look(
    _ words: [String], named name: String, _ injector: FaultInjector, root: String?
  ) throws {
    let calls = Fault.opening + Fault.reading
    let (faultless, made) = try injector.trace(words, calls)
    try #require(faultless.status < 128, "\(faultless.errors)")
    let look = FaultedLook(faultless: faultless)
    let trial = FaultTrial(name: name, injector: injector, words: words, calls: calls, root: root)
    try trial.run(made: made) { outcome, fault in look.complaint(about: outcome, fault) }
  }
}
