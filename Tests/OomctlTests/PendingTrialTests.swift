import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Settings
@testable import oomctl

@Suite("Settings on trial are noted")
struct PendingTuningTests {
  @Test(
    "and read again",
    arguments: [[], ["vm.swappiness=10"], ["vm.lowmem_reserve_ratio=256 128", "kernel.panic=-1"]])
  func roundTrip(lasting: [String]) {
    let pending = PendingTrial(
      process: ProcessIdentity(id: ProcessID(4211), startTicks: .max), lasting: lasting)
    #expect(PendingTrial(parsing: pending.text) == pending)
  }

  @Test("a line for each thing")
  func text() {
    let pending = PendingTrial(
      process: ProcessIdentity(id: ProcessID(7), startTicks: 99), lasting: ["vm.swappiness=10"])
    #expect(pending.text == "pid 7\nstart 99\npersist vm.swappiness=10\n")
  }

  @Test(
    "but not by others",
    arguments: [
      "", "\n", "pid 7\n", "start 99\n", "pid x\nstart 99\n", "pid 7\nstart -1\n", "pid 7\nstart\n",
      "pid 7\nstart 99\nother x\n", "pid 7\nstart 99\npersist\n", "pid 99999999999\nstart 1\n",
      "pid 7\nstart 99\npersist a=1\n2\n",
    ])
  func broken(text: String) {
    #expect(PendingTrial(parsing: text) == nil)
  }

  @Test("where they can be found, unless there are none")
  func file() throws {
    let tree = try FixtureMachine.tuned.tree()
    #expect(try PendingTrial.read(in: tree.world()) == nil)
    try tree.add("pid 1200\nstart 100\n", at: "run/oomctl/tuning")
    let pending = try #require(try PendingTrial.read(in: tree.world()))
    #expect(try pending.isWaiting(in: tree.world()))
    PendingTrial.remove(in: try tree.world())
    #expect(!tree.has("run/oomctl/tuning"))
  }

  @Test(
    "and wait as long as their process lives", arguments: [(1200, 101), (4211, 100)])
  func ended(id: Int, start: Int) throws {
    let tree = try FixtureMachine.tuned.tree()
    let pending = PendingTrial(
      process: ProcessIdentity(id: ProcessID(Int32(id)), startTicks: UInt64(start)), lasting: [])
    #expect(try !pending.isWaiting(in: tree.world()))
  }
}
