import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A dry run says what the call itself would")
struct DryRunTests {
  /// Machines, by what stands in the way there.
  private static let machines: [String: FixtureMachine] = [
    "nothing": .tuned,
    "a later file": FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/99-z.conf": "vm.panic_on_oom = 1\n"
    ]),
    "a file that takes back": FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/99-z.conf": "-vm.panic_on_oom\n"
    ]),
    "a file that zeroes": FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/99-z.conf": "vm.overcommit_kbytes = 9\n"
    ]),
    "a folder at the file": FixtureMachine.tuned.with(files: [
      "etc/sysctl.d/90-oomctl.conf": .folder
    ]),
    "a file at the folder": FixtureMachine.tuned.with(files: ["etc/sysctl.d": "x\n"]),
    "another's drop-in": FixtureMachine.tuned.with(files: [
      "etc/systemd/system/app.service.d/50-oomctl.conf": "[Service]\n"
    ]),
    "broken rules": FixtureMachine.tuned.with(files: ["etc/oomctl/rules.conf": "java = x\n"]),
    "no sysrq": FixtureMachine.tuned.with { $0.files["proc/sys/kernel/sysrq"] = nil },
    "no settings": FixtureMachine.tuned.with { machine in
      for key in machine.files.keys where key.hasPrefix("proc/sys/vm/") {
        machine.files[key] = nil
      }
    },
  ]

  @Test(
    "on a captured tree",
    arguments: [
      ("nothing", "tune swappiness=10 --persist"), ("nothing", "tune swappiness=60 --persist"),
      ("nothing", "tune --profile strict=80% --confirm 60s"),
      ("nothing", "tune --profile strict=1%"), ("nothing", "tune min_free_kbytes=4000000"),
      ("nothing", "tune --keep"), ("nothing", "tune swappiness=201"),
      ("nothing", "adjust -n 5 1200"), ("nothing", "adjust -n 5 1"),
      ("nothing", "adjust -n 5 nosuch"), ("nothing", "protect java --persist"),
      ("nothing", "unprotect java"), ("nothing", "undo"), ("nothing", "undo --id 9"),
      ("a later file", "tune vm.panic_on_oom=0 --persist"),
      ("a later file", "tune panic_on_oom=2 swappiness=10 --persist"),
      ("a file that takes back", "tune panic_on_oom=1 --persist"),
      ("a file that zeroes", "tune overcommit_ratio=60 --persist"),
      ("a folder at the file", "tune swappiness=10 --persist"),
      ("a file at the folder", "tune swappiness=10 --persist"),
      ("another's drop-in", "protect java --persist"), ("broken rules", "protect nginx --persist"),
      ("broken rules", "guard --once"), ("no sysrq", "tune kernel.sysrq=1"),
      ("no settings", "tune swappiness=10"),
    ])
  func captured(obstacle: String, words: String) throws {
    let machine = try #require(Self.machines[obstacle])
    let words = words.split(separator: " ").map(String.init) + ["--json"]
    let (tree, other) = (try machine.tree(), try machine.tree())
    let before = try tree.contents()
    let foreseen = run(words + ["--dry-run"], on: tree)
    #expect(try tree.contents() == before)
    let done = run(words, on: other)
    #expect(foreseen.status == done.status)
    #expect(foreseen.errors == done.errors)
    #expect(try Self.results(foreseen, planned: "done") == Self.results(done, planned: "planned"))
  }

  /// What came of each change, with another word for those that are only planned.
  private static func results(_ run: Run, planned: String) throws -> [String] {
    let changes = try run.json.members.first { $0.key == "changes" }?.value
    return try (changes?.elements ?? []).map { change in
      let result = try change["result"].string
      return try "\(change["target"].string) \(result == "planned" ? planned : result)"
    }
  }

  @Test(
    "on the old scale, where nothing goes down without a capability", arguments: [0, 1, 2],
    [176, 600])
  func oldScale(value: Int, present: Int) throws {
    guard Ability.legacyAdjustment, Ability.meetsFloor else { return }
    let child = try Child()
    try child.setAdjustment(present)
    let words = ["adjust", "-n", "\(value)", "--legacy", "\(child.id)", "--dry-run"]
    let result = run(words)
    #expect(
      result.errors.hasPrefix(
        "oomctl: sleep[\(child.id)]: would be refused: on the old scale nothing goes down without "
          + "CAP_SYS_RESOURCE\n"))
    #expect(result.status == .failed)
    #expect(try child.adjustment == present)
  }

  @Test(
    "of a drill below the floor",
    .enabled(if: Ability.meetsFloor && RealCgroup.isPossible, "adjustments can be lowered here"),
    arguments: ["0,-500,0", "-1,0", "-1000,0,0"])
  func drill(adjustments: String) {
    let result = run(["drill", "--adjust", adjustments, "--dry-run"])
    #expect(result.errors.contains(": would be refused: it is below the floor, "))
    #expect(result.errors.contains("needs CAP_SYS_RESOURCE"))
    #expect(result.status == .failed && result.output.isEmpty)
  }
}
