import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import DrillRun

@Suite("The name of a drill's memory cgroup")
struct DrillGroupNameTests {
  @Test("says whose it is", arguments: [false, true])
  func roundTrip(hasEnabled: Bool) throws {
    let name = DrillGroupName(
      owner: ProcessIdentity(id: ProcessID(47), startTicks: 4711), hasEnabled: hasEnabled)
    #expect(name.text == "oomctl-drill.47.4711" + (hasEnabled ? ".enabled" : ""))
    #expect(DrillGroupName(name.text) == name)
  }

  @Test(
    "is told from others",
    arguments: [
      "", "oomctl-drill", "oomctl-drill.47", "oomctl-drill.0.1", "oomctl-drill.-1.1",
      "oomctl-drill.47.x", "oomctl-drill.47.1.other", "oomctl-drill.47.1.enabled.", "a.47.1",
      "oomctl-drill.99999999999.1", "oomctl-drill.47.-1",
    ])
  func strangers(text: String) {
    #expect(DrillGroupName(text) == nil)
  }

  @Test("is a leftover's once its process is gone, or the number another one's")
  func leftover() throws {
    let tree = try FixtureMachine.server.tree()
    let proc = try ProcFS(root: "\(tree.path)/proc")
    let start = try proc.process(ProcessID(1200)).stat.startTicks
    for (owner, ticks, lives) in [
      (1200, start, true), (1200, start + 1, false), (99, start, false),
    ] {
      let name = DrillGroupName(
        owner: ProcessIdentity(id: ProcessID(Int32(owner)), startTicks: ticks), hasEnabled: false)
      #expect(try name.isOfLivingProcess(in: proc) == lives)
    }
  }
}
