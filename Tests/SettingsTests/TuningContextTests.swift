import Changes
import Configuration
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Settings

@Suite("What the next boot makes of settings")
struct TuningContextTests {
  private let swappiness = Setting.named("vm.swappiness")
  private let panic = Setting.named("kernel.panic")
  private let ratio = Setting.named("vm.overcommit_ratio")

  /// What a machine with such files says of a setting.
  private func ask<Answer>(
    _ files: [String: FixtureTree.Entry],
    _ question: (TuningContext, borrowing World) throws -> Answer
  ) throws -> Answer {
    let tree = try FixtureMachine(processes: []).with { $0.files.merge(files) { $1 } }.tree()
    let world = try World(root: tree.path, environment: Environment { $0.userID = { 0 } })
    return try question(try TuningContext(MachineOptions(), in: world), world)
  }

  private func atBoot(
    _ files: [String: FixtureTree.Entry], _ setting: Setting?, now: String? = "7"
  ) throws -> String? {
    let setting = try #require(setting)
    return try ask(files) { $0.valueAtBoot(of: setting, now: now, in: $1) }
  }

  @Test("is the value of the line that wins, as the kernel reads it")
  func lines() throws {
    let file = "etc/sysctl.d/10.conf"
    #expect(try atBoot([file: "vm.swappiness = 0x10\n"], swappiness) == "16")
    #expect(try atBoot([file: "vm.swappiness = much\n"], swappiness) == nil)
    #expect(
      try atBoot(
        [file: "vm.swappiness=1\n", "usr/lib/sysctl.d/20.conf": "vm.swappiness=2\n"], swappiness)
        == "2")
    // Only sysctl(8) reads this one.
    #expect(try atBoot(["etc/sysctl.conf": "vm.swappiness=3\n"], swappiness) == "3")
    #expect(
      try atBoot(["etc/sysctl.conf": "vm.swappiness=3\n", "etc/systemd/system/x": ""], swappiness)
        == "60")
    #expect(
      try atBoot(["etc/sysctl.conf": "vm.swappiness=3\n", "run/systemd/system/x": ""], swappiness)
        == "60")
    #expect(try atBoot(["etc/sysctl.d/10": "vm.swappiness=3\n"], swappiness) == "60")
  }

  @Test("is the kernel's default where nothing sets it, and nothing else may")
  func defaults() throws {
    #expect(try atBoot([:], swappiness) == "60")
    #expect(try atBoot([:], panic) == nil)
    #expect(try atBoot(["etc/tuned/active_profile": "balanced\n"], swappiness) == nil)
    #expect(try atBoot(["etc/tuned/active_profile": ""], swappiness) == "60")
    #expect(try atBoot(["var/lib/kubelet/config.yaml": ""], swappiness) == "60")
    let memory = Setting.named("vm.overcommit_memory")
    #expect(try atBoot([:], memory) == "0")
    #expect(try atBoot(["var/lib/kubelet/config.yaml": ""], memory) == nil)
    #expect(
      try atBoot(
        ["var/lib/kubelet/config.yaml": "", "etc/sysctl.d/1.conf": "vm.overcommit_memory=1\n"],
        memory)
        == "1")
  }

  @Test(
    "isn't told where the kernel's command line sets it",
    arguments: [
      ("ro sysctl.vm.swappiness=5", true), ("sysctl/vm/swappiness=5", true),
      ("sysctl.vm/swappiness=5 ro", true), ("sysctl.vm.swappiness", false),
      ("xsysctl.vm.swappiness=5", false), ("vm.swappiness=5", false), ("sysctl.vm.swap=5", false),
      ("", false),
    ])
  func commandLine(line: String, isSet: Bool) throws {
    #expect(
      try atBoot(["proc/cmdline": .file(Array("\(line)\n".utf8))], swappiness)
        == (isSet ? nil : "60"))
  }

  @Test("is 0 where its counterpart is set after it")
  func counterparts() throws {
    let file = "etc/sysctl.d/10.conf"
    #expect(try atBoot([file: "vm.overcommit_kbytes=9\n"], ratio) == "0")
    #expect(try atBoot([file: "vm.overcommit_kbytes=9\nvm.overcommit_ratio=60\n"], ratio) == "60")
    #expect(try atBoot([file: "vm.overcommit_ratio=60\nvm.overcommit_kbytes=9\n"], ratio) == "0")
    #expect(try atBoot([:], ratio) == "50")
  }

  @Test("is told where the two readers of files disagree")
  func disputes() throws {
    let swappiness = try #require(self.swappiness)
    let files: [String: FixtureTree.Entry] = [
      "etc/sysctl.d/10.conf": "vm.swappiness=1\n", "etc/sysctl.conf": "vm.swappiness=3\n",
    ]
    #expect(
      try ask(files) { context, _ in context.dispute(over: swappiness) }
        == "vm.swappiness: sysctl --system takes 3 from /etc/sysctl.conf:1 at boot, but systemd-sysctl takes 1 from /etc/sysctl.d/10.conf:1"
    )
    #expect(
      try ask(["etc/sysctl.conf": "vm.swappiness=3\n", "etc/systemd/system/x": ""]) { context, _ in
        context.dispute(over: swappiness)
      }
        == "vm.swappiness: systemd-sysctl leaves it alone at boot, but sysctl --system takes 3 from /etc/sysctl.conf:1"
    )
    #expect(
      try ask(["etc/sysctl.d/10.conf": "vm.swappiness=1\n"]) { context, _ in
        context.dispute(over: swappiness)
      } == nil)
  }

  @Test("is written where it counts, and nowhere else")
  func lasting() throws {
    let request = RequestedSetting(setting: try #require(swappiness), value: "10")
    func lasting(_ files: [String: FixtureTree.Entry]) throws -> (file: Bool, refusals: [String?]) {
      try ask(files) { context, world in
        let lasting = LastingSettings([request], on: context, in: world)
        let obstacle = LastingSettings.obstacle(to: request, on: context, in: world)
        #expect((obstacle == nil) == lasting.refused.isEmpty)
        return (lasting.file != nil, lasting.refused.map(\.error))
      }
    }
    #expect(try lasting([:]) == (true, []))
    #expect(try lasting(["etc/sysctl.d/80.conf": "vm.swappiness=1\n"]) == (true, []))
    let later = try lasting(["etc/sysctl.d/99.conf": "# c\nvm.swappiness=1\n"])
    #expect(!later.file)
    #expect(
      later.refusals == ["vm.swappiness: /etc/sysctl.d/99.conf:2 wins at boot, with 1"])
    // One that says the same doesn't matter.
    #expect(try lasting(["etc/sysctl.d/99.conf": "vm.swappiness=0xA\n"]) == (true, []))
    let taken = try lasting([
      "etc/sysctl.d/99.conf": "-vm.swappiness\n", "etc/systemd/system/x": "",
    ])
    #expect(!taken.file)
    #expect(taken.refusals.first??.contains("nothing sets it at boot") == true)
  }

  @Test("isn't what makes a limit 0 again")
  func zeroed() throws {
    let request = RequestedSetting(setting: try #require(ratio), value: "60")
    let errors = try ask(["etc/sysctl.d/99.conf": "vm.overcommit_kbytes=0\n"]) { context, world in
      LastingSettings([request], on: context, in: world).refused.map(\.error)
    }
    #expect(
      errors == [
        "vm.overcommit_ratio: /etc/sysctl.d/99.conf:1 makes it 0 again at boot, as it sets vm.overcommit_kbytes"
      ])
    // In oomctl's own file that line goes.
    let file = try ask(["etc/sysctl.d/90-oomctl.conf": "vm.overcommit_kbytes = 5\n"]) {
      LastingSettings([request], on: $0, in: $1).file?.new
    }
    #expect(file == .text("vm.overcommit_ratio = 60\n"))
  }
}
