import Testing

@testable import Processes

@Suite("The threshold")
struct ThresholdTests {
  @Test(
    "of memory is a tenth, and a twentieth where swap has no room",
    arguments: [
      (101, 0, 0, Threshold.Level.fine), (100, 0, 0, .short), (51, 0, 0, .short),
      (50, 0, 0, .deadly),
      (50, 1000, 1000, .short), (0, 101, 1000, .short), (0, 100, 1000, .deadly), (0, 0, 0, .deadly),
    ])
  func memory(available: Int, swapFree: Int, swapTotal: Int, level: Threshold.Level) {
    #expect(
      Threshold.memory(available: available, of: 1000, swapFree: swapFree, of: swapTotal) == level)
  }

  @Test("of nothing is never reached")
  func nothing() {
    #expect(Threshold.memory(available: 0, of: 0, swapFree: 0, of: 0) == .fine)
    #expect(!Threshold.isShort(0, of: 0))
  }

  @Test(
    "of stalls is 5 and 60 percent of the time",
    arguments: [
      (0, Threshold.Level.fine), (499, .fine), (500, .short), (5999, .short), (6000, .deadly),
    ])
  func stalls(share: Int, level: Threshold.Level) { #expect(Threshold.stall(share) == level) }

  @Test(
    "of promises is a tenth of the limit, at least 256 MiB or an eighth of RAM",
    arguments: [
      (8 << 30, 10 << 30, 16 << 30, Threshold.Level.fine), (9 << 30, 10 << 30, 16 << 30, .fine),
      ((9 << 30) + 1, 10 << 30, 16 << 30, .short), (10 << 30, 10 << 30, 16 << 30, .deadly),
      (768 << 20, 1 << 30, 16 << 30, .fine), ((768 << 20) + 1, 1 << 30, 16 << 30, .short),
      (896 << 20, 1 << 30, 1 << 30, .fine), ((921 << 20) + 629146, 1 << 30, 1 << 30, .short),
      (Int.max, 0, 1 << 30, .deadly),
    ])
  func promises(promised: Int, limit: Int, ram: Int, level: Threshold.Level) {
    #expect(Threshold.commit(promised, of: limit, ram: ram) == level)
  }
}
