import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A panic in place of a kill")
struct PanicHintTests {
  @Test(
    "is said to hang where nothing reboots, and to leave a dump or none",
    arguments: [
      (["panic_on_oom=1"], "0", "1\n", ["hangs for ever", "is loaded"]),
      (["panic_on_oom=2"], "10", "0\n", ["boots again (kernel.panic 10)", "No kernel"]),
      (["panic_on_oom=1", "kernel.panic=5"], "0", nil, ["(kernel.panic 5)", "can't be told"]),
      (["panic_on_oom=1"], "-1", "0\n", ["(kernel.panic -1)", "No kernel"]),
      (["panic_on_oom=0"], "0", "0\n", []), (["swappiness=1"], "0", "0\n", []),
    ] as [([String], String, String?, [String])])
  func hints(words: [String], panic: String, kexec: String?, expected: [String]) throws {
    let tree = try FixtureMachine.tuned.with(settings: ["kernel.panic": panic]).tree()
    if let kexec { try tree.add(.file(Array(kexec.utf8)), at: "sys/kernel/kexec_crash_loaded") }
    let hints = try run(["tune", "--json"] + words, on: tree).hints
    #expect(hints.count == expected.count)
    for (hint, part) in zip(hints, expected) { #expect(hint.contains(part)) }
  }
}
