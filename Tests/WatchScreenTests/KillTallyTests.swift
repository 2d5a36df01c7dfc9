import Testing

@testable import WatchScreen

@Suite("The tally of kills")
struct KillTallyTests {
  /// What the log named before a look, the kernel's count in it, and the kills that nobody names.
  struct Look: Sendable {
    let named: Int
    let count: UInt64?
    let unnamed: Int

    init(_ named: Int, _ count: UInt64?, _ unnamed: Int) {
      (self.named, self.count, self.unnamed) = (named, count, unnamed)
    }
  }

  private func check(_ looks: [Look], namesFollow: Bool) {
    var tally = KillTally()
    for (index, look) in looks.enumerated() {
      tally.note(named: look.named)
      let unnamed = tally.unnamed(at: look.count, namesFollow: namesFollow)
      #expect(unnamed == look.unnamed, "look \(index)")
    }
  }

  @Test(
    "tells those at once that no name will follow",
    arguments: [
      [Look(0, 7, 0), Look(0, 7, 0)], [Look(0, 7, 0), Look(0, 8, 1), Look(0, 8, 0)],
      [Look(0, 7, 0), Look(0, 10, 3), Look(0, 11, 1)],
      // A count that can't be read once tells of all later.
      [Look(0, 7, 0), Look(0, nil, 0), Look(0, 9, 2)], [Look(0, nil, 0), Look(0, 9, 0)],
      // Another machine's count, or one that began anew.
      [Look(0, 7, 0), Look(0, 3, 0), Look(0, 4, 1)],
    ])
  func withoutLog(looks: [Look]) {
    check(looks, namesFollow: false)
  }

  @Test(
    "gives names one more look to come",
    arguments: [
      [Look(0, 7, 0), Look(0, 8, 0), Look(0, 8, 1), Look(0, 8, 0)],
      [Look(0, 7, 0), Look(0, 8, 0), Look(1, 8, 0), Look(0, 8, 0)],
      [Look(0, 7, 0), Look(1, 8, 0), Look(0, 8, 0)],
      [Look(0, 7, 0), Look(1, 10, 0), Look(1, 10, 1), Look(0, 10, 0)],
      [Look(0, 7, 0), Look(0, 8, 0), Look(0, 10, 1), Look(0, 10, 2)],
      [Look(0, 7, 0), Look(0, 8, 0), Look(0, nil, 1)],
    ])
  func namesAfterCount(looks: [Look]) {
    check(looks, namesFollow: true)
  }

  @Test(
    "gives counts one more look to come, so that none is told twice",
    arguments: [
      [Look(0, 7, 0), Look(1, 7, 0), Look(0, 8, 0), Look(0, 8, 0)],
      [Look(0, 7, 0), Look(2, 8, 0), Look(0, 9, 0), Look(0, 9, 0)],
      // A name that is never counted stands for no later kill.
      [Look(0, 7, 0), Look(1, 7, 0), Look(0, 7, 0), Look(0, 8, 0), Look(0, 8, 1)],
      [Look(0, 7, 0), Look(2, 7, 0), Look(1, 8, 0), Look(0, 9, 0), Look(0, 10, 0), Look(0, 10, 1)],
      [Look(1, 7, 0), Look(0, 8, 0), Look(0, 8, 0)],
    ])
  func countAfterNames(looks: [Look]) {
    check(looks, namesFollow: true)
  }
}
