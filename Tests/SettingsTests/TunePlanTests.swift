import Changes
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Settings

@Suite("A plan of settings")
struct TunePlanTests {
  private func plan(_ words: [String], _ files: [String: FixtureTree.Entry] = [:]) throws
    -> [String]
  {
    let present: [String: FixtureTree.Entry] = [
      "proc/sys/vm/overcommit_ratio": "50\n", "proc/sys/vm/overcommit_kbytes": "0\n",
      "proc/sys/vm/swappiness": "60\n", "proc/sys/kernel/panic": "0\n",
    ]
    let tree = try FixtureMachine(processes: []).with {
      $0.files = present.merging(files) { $1 }
    }.tree()
    let world = try World(root: tree.path, environment: Environment())
    let context = try TuningContext(MachineOptions(), in: world)
    let requests = words.compactMap { SettingWord(argument: $0)?.request }
    return try TunePlan(requests, on: context, in: world).changes.map {
      let old = $0.old.text(sizes: .bytes)
      let new = $0.new.text(sizes: .bytes)
      return "\($0.target) \(old) \(new)" + ($0.result == .unchanged ? " =" : "")
    }
  }

  @Test("loosens first and binds last, the reboot before the panic")
  func order() throws {
    #expect(
      try plan([
        "vm.overcommit_memory=2", "vm.panic_on_oom=1", "vm.swappiness=1", "kernel.panic=10",
      ]) == [
        "kernel.panic 0 10", "vm.swappiness 60 1", "vm.panic_on_oom 0 1",
        "vm.overcommit_memory 0 2",
      ])
    let strict: [String: FixtureTree.Entry] = [
      "proc/sys/vm/overcommit_memory": "2\n", "proc/sys/vm/panic_on_oom": "1\n",
    ]
    #expect(
      try plan(
        ["vm.swappiness=1", "kernel.panic=10", "vm.panic_on_oom=0", "vm.overcommit_memory=1"],
        strict) == [
          "vm.panic_on_oom 1 0", "vm.overcommit_memory 2 1", "kernel.panic 0 10",
          "vm.swappiness 60 1",
        ])
  }

  @Test("zeroes what a setting's counterpart was, unless nothing is written")
  func counterparts() throws {
    let kilobytes: [String: FixtureTree.Entry] = [
      "proc/sys/vm/overcommit_ratio": "0\n", "proc/sys/vm/overcommit_kbytes": "9\n",
    ]
    #expect(try plan(["overcommit_ratio=60"]) == ["vm.overcommit_ratio 50 60"])
    #expect(
      try plan(["overcommit_ratio=60"], kilobytes)
        == ["vm.overcommit_ratio 0 60", "vm.overcommit_kbytes 9 0"])
    #expect(try plan(["overcommit_kbytes=9"], kilobytes) == ["vm.overcommit_kbytes 9 9 ="])
    #expect(
      try plan(["overcommit_kbytes=8"]) == ["vm.overcommit_kbytes 0 8", "vm.overcommit_ratio 50 0"])
    #expect(try plan(["swappiness=0x3c"]) == ["vm.swappiness 60 60 ="])
  }

  @Test("refuses what the kernel would, or has no file for")
  func refusals() throws {
    #expect(throws: Failure.self) { try plan(["swappiness=201"]) }
    #expect(try plan(["swappiness=200"]) == ["vm.swappiness 60 200"])
    #expect(throws: Failure.self) { try plan(["min_free_kbytes=5"]) }
  }

  @Test(
    "is of words that name a setting in any spelling",
    arguments: [
      ("swappiness", "vm.swappiness", nil), ("vm/swappiness=5", "vm.swappiness", "5"),
      ("kernel.panic= 5 ", "kernel.panic", "5"), ("swappiness=", "vm.swappiness", ""),
      ("swappiness=a=b", "vm.swappiness", "a=b"),
    ] as [(String, String, String?)])
  func words(argument: String, key: String, value: String?) throws {
    let word = try #require(SettingWord(argument: argument))
    #expect(word.setting.key == key && word.value == value)
    #expect((word.request == nil) == (value == nil))
  }

  @Test("suggests the setting that a word is near to")
  func suggestions() {
    #expect(
      SettingWord.expectation(insteadOf: "swapiness=5").hasSuffix(
        "; did you mean 'vm.swappiness=5'?"))
    #expect(
      SettingWord.expectation(insteadOf: "vm.swapiness").hasSuffix(
        "; did you mean 'vm.swappiness'?"))
    #expect(!SettingWord.expectation(insteadOf: "zzz").contains("did you mean"))
  }
}
