import Arguments
import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Settings

@Suite("Pages of settings")
struct TunePagesTests {
  private static let machine = FixtureMachine.server.with {
    for (name, value) in [
      ("vm/overcommit_ratio", "50"), ("vm/overcommit_kbytes", "0"), ("vm/swappiness", "60"),
      ("vm/min_free_kbytes", "67584"), ("vm/lowmem_reserve_ratio", "256\t256\t32\t0"),
      ("vm/oom_dump_tasks", "1"), ("vm/admin_reserve_kbytes", "8192"), ("kernel/panic", "0"),
      ("vm/watermark_scale_factor", "10"),
    ] {
      $0.files["proc/sys/\(name)"] = .file(Array("\(value)\n".utf8))
    }
    $0.files["etc/sysctl.d/50.conf"] =
      "vm.swappiness = 10\nvm.panic_on_oom = 5\nvm.oom_dump_tasks=1\n"
    $0.files["etc/sysctl.d/99.conf"] = "vm.watermark_scale_factor = 20\n"
    $0.files["etc/sysctl.conf"] = "kernel.panic = 10\n"
  }

  private func check(_ calls: [[String]], on machine: FixtureMachine = machine, _ file: String)
    throws
  {
    var text = ""
    for words in calls {
      var tune = Tune()
      text += "$ oomctl tune \(words.joined(separator: " "))\n"
      do throws(UsageError) {
        _ = try tune.take(words)
      } catch {
        text += "usage: \(error.description)\n"
        continue
      }
      do {
        text += try tune.shown(on: machine)
      } catch let failure as Failure {
        text += "failure: \(failure.message) / \(failure.advice ?? "-")\n"
      }
    }
    text = text.replacing("oomctl \(Version.current)", with: "oomctl VERSION")
    #expect(try text == expectedText(file, recording: text))
  }

  @Test("show values, defaults, and what the next boot brings")
  func list() throws {
    try check(
      [
        [], ["--check"], ["vm.swappiness"],
        ["vm.panic_on_oom", "kernel.sysrq", "vm.overcommit_memory"],
        ["--check", "vm.overcommit_memory"],
      ],
      "list.txt")
    try check(
      [[], ["--check"], ["vm.swappiness"]], on: .server.with { $0.kernel = "2.6.30" }, "old.txt")
    try check(
      [["--check"]],
      on: .server.with {
        $0.files["etc/tuned/active_profile"] = "balanced\n"
        $0.files["var/lib/kubelet/config.yaml"] = "x"
      }, "rivals.txt")
  }

  @Test("show what is set, and what comes of it")
  func set() throws {
    try check(
      [
        ["vm.swappiness=10"], ["vm.swappiness=60"], ["vm.swappiness=201"],
        ["vm.swappiness=10", "--persist"],
        ["vm.watermark_scale_factor=30", "--persist"],
        ["kernel.panic=5", "vm.panic_on_oom=1", "--persist"],
        ["vm.panic_on_oom=1"], ["vm.overcommit_ratio=60"], ["vm.overcommit_kbytes=1000000"],
        ["vm.overcommit_memory=2"], ["vm.overcommit_memory=2", "--force"], ["--profile", "strict"],
        ["--profile", "strict=95%"],
        ["--profile", "always"], ["vm.min_free_kbytes=4000000"],
        ["vm.lowmem_reserve_ratio=128", "--dry-run"],
        ["vm.swappiness=10", "vm.watermark_scale_factor=30", "--persist", "--dry-run"],
        ["vm.admin_reserve_kbytes=9000000", "--dry-run"],
      ], "set.txt")
  }

  @Test("say which words don't go together")
  func usage() throws {
    try check(
      [
        ["vm.swappiness=10", "vm.panic_on_oom"], ["--runtime", "--persist", "vm.swappiness=1"],
        ["--persist"],
        ["--confirm", "60s"], ["--keep", "--check"], ["--keep", "vm.swappiness=1"],
        ["--revert", "--keep"],
        ["vm.swappiness=1", "vm.swappiness=2"],
        ["vm.overcommit_ratio=1", "vm.overcommit_kbytes=1"],
        ["--keep", "vm.swappiness"], ["--profile", "always", "vm.overcommit_memory=2"], ["--keep"],
        ["--revert"],
        ["--check", "vm.swappiness=5"], ["--persist", "vm.swappiness"],
      ], "usage.txt")
  }
}
