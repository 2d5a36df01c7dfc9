import DaemonLog
import KernelLog
import Testing

/// The line that begins a report.
@Suite struct InvocationTests {
  struct Case: CustomStringConvertible, Sendable {
    var words: String
    var name: String? = "nginx"
    var mask: UInt64? = 0x201da
    var flags: String?
    var order: Int? = 0
    var adjustment: Int?
    var legacy: Int?

    var description: String { words }
  }

  static let cases = [
    Case(words: "oom-killer: gfp_mask=0xd0", name: nil, mask: 0xd0, order: nil),
    Case(words: "oom-killer: gfp_mask=0x1d2, order=3", name: nil, mask: 0x1d2, order: 3),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0x201da, order=0, oomkilladj=-17", legacy: -17),
    Case(words: "nginx invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=15", legacy: 15),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=15, oom_score_adj=1000",
      adjustment: 1000),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0x201da, order=2, oom_score_adj=-999", order: 2,
      adjustment: -999),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
      mask: 0xcc0, flags: "GFP_KERNEL", adjustment: 0),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0xdc0(GFP_KERNEL|__GFP_ZERO|0x400000), "
        + "nodemask=(null), order=9, oom_score_adj=0", mask: 0xdc0,
      flags: "GFP_KERNEL|__GFP_ZERO|0x400000", order: 9, adjustment: 0),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0xd0(GFP_KERNEL), nodemask=(null),  order=0, "
        + "oom_score_adj=0", mask: 0xd0, flags: "GFP_KERNEL", adjustment: 0),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0xd0(GFP_KERNEL), nodemask=0-1,3, order=1, "
        + "oom_score_adj=7", mask: 0xd0, flags: "GFP_KERNEL", order: 1, adjustment: 7),
    Case(
      words:
        "kworker/0:2 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0",
      name: "kworker/0:2", mask: 0xcc0, flags: "GFP_KERNEL", order: -1, adjustment: 0),
    Case(
      words: "a invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0", name: "a", mask: 0,
      flags: "", adjustment: 0),
    Case(
      words: "tmux: server invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
      name: "tmux: server", adjustment: 0),
    Case(
      words: "x, order=5 invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
      name: "x, order=5", adjustment: 0),
    Case(
      words: "runc:[2:INIT] invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
      name: "runc:[2:INIT]", adjustment: 0),
    Case(
      words: "(sd-pam) invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
      name: "(sd-pam)", adjustment: 0),
    Case(
      words: "531 invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0", name: "531",
      adjustment: 0),
    Case(
      words: "nginx invoked oom-killer: gfp_mask=0xffffffffffffffff, order=0, oom_score_adj=0",
      mask: .max, adjustment: 0),
  ]

  @Test(arguments: cases)
  func `says who asked for what`(of expected: Case) throws {
    let log = "[   12.000001] \(expected.words)\n[   12.000002] Killed process 1 (init)\n"
    let invoker = try #require(kills(in: log).first?.report.invoker)
    #expect(invoker.name == expected.name)
    #expect(invoker.gfpMask == expected.mask)
    #expect(invoker.gfpFlags == expected.flags)
    #expect(invoker.order == expected.order)
    #expect(invoker.adjustment == expected.adjustment)
    #expect(invoker.legacyAdjustment == expected.legacy)
  }

  @Test(arguments: [
    ("Pid: 77, comm: nginx Not tainted 2.6.31.3 #1", "2.6.31.3"),
    ("Pid: 77, comm: nginx Tainted: G        W  3.2.0-4-amd64 #1 Debian 3.2.41-2", "3.2.0-4-amd64"),
    ("CPU: 3 PID: 77 Comm: nginx Not tainted 3.16.0+ #1", "3.16.0+"),
    ("CPU: 3 PID: 77 Comm: 4.19 x Tainted: P           O      5.15.158-2-pve #1", "5.15.158-2-pve"),
    (
      "CPU: 3 PID: 77 Comm: a Kdump: loaded Not tainted 4.18.0-553.el8.x86_64 #1",
      "4.18.0-553.el8.x86_64"
    ),
    ("CPU: 3 UID: 33 PID: 77 Comm: a Not tainted 6.12.9 #1 PREEMPT(lazy)", "6.12.9"),
  ])
  func `the line below says its number and the kernel's`(line: String, release: String) {
    let log = """
      [   12.000001] nginx invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
      [   12.000002] \(line)
      [   12.000003] Killed process 1 (init)

      """
    #expect(kills(in: log).map(\.report.invoker?.pid) == [77])
    #expect(kills(in: log).map(\.report.release) == [release])
  }
}
