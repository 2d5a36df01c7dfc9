import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "The guard in a PID namespace",
  .enabled(if: Executable.canUnshare, "root can make a PID namespace"))
struct SecludedGuardTests {
  /// Programs in a namespace of their own, the guard among them, which is number 2.
  private func seclude(_ interval: Int, then script: String) throws -> LiveGuard {
    let start = "\"$0\" \"$@\" --interval \(interval) & \(script); wait"
    return try LiveGuard(
      "match:^[^ ]*NAME = 700\n",
      before: ["/usr/bin/unshare", "-pf", "--kill-child", "--mount-proc", "/bin/sh", "-c", start])
  }

  @Test("says that the kernel tells nothing, and looks itself at what is new")
  func rescan() throws {
    let guardian = try seclude(
      1,
      then: """
        sleep 0.5
        d=${3%/*}; $d/nap-* 100 & n=$!
        for i in 1 2 3 4 5 6 7 8 9; do
          [ "$(cat /proc/$n/oom_score_adj)" = 700 ] && echo found && break; sleep 1
        done; kill -TERM 2
        """)
    #expect(guardian.says("the kernel doesn't report new programs here (process connector: "))
    #expect(guardian.says("all processes are looked at every 1 s"))
    #expect(guardian.says("found", within: 20_000))
  }

  @Test("does nothing between its looks")
  func rest() throws {
    let count = "grep ^voluntary_ctxt_switches /proc/2/status"
    let guardian = try seclude(
      86_400,
      then: """
        for i in 1 2 3 4 5 6 7 8 9; do
          sleep 1; before=$(\(count)); sleep 1
          [ "$(\(count))" = "$before" ] && echo rests && break
        done; kill -TERM 2
        """)
    #expect(guardian.says("rests", within: 30_000))
  }
}
