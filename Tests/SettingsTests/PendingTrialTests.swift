import ProcFS
import Testing

@testable import Settings

@Suite("The file of settings on trial")
struct PendingTrialTests {
  @Test("gives back what was written", arguments: [[], ["vm.swappiness=10"], ["a=1 2", "b=3"]])
  func roundTrip(lasting: [String]) {
    let trial = PendingTrial(
      process: ProcessIdentity(id: ProcessID(17), startTicks: 5), lasting: lasting)
    #expect(PendingTrial(parsing: trial.text) == trial)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "pid 1\n", "start 1\n", "pid x\nstart 1\n", "pid 1\nstart -1\n",
      "pid 1\nstart 1\nother 1\n",
      "pid 1\nstart 1\npersist\n", "pid 1\nstart 1\nx\n",
    ])
  func others(text: String) {
    #expect(PendingTrial(parsing: text) == nil)
  }
}
