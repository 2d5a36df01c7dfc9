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

  /// In MiB: what is promised of a limit, on a machine with so much RAM.
  @Test(
    "of promises is a tenth of the limit, at least 256 MiB or an eighth of RAM",
    arguments: [
      (8192, 10_240, 16_384, Threshold.Level.fine), (9216, 10_240, 16_384, .fine),
      (9217, 10_240, 16_384, .short), (10_240, 10_240, 16_384, .deadly),
      (768, 1024, 16_384, .fine), (769, 1024, 16_384, .short), (896, 1024, 1024, .fine),
      (922, 1024, 1024, .short), (1, 0, 1024, .deadly),
    ])
  func promises(promised: Int, limit: Int, ram: Int, level: Threshold.Level) {
    #expect(Threshold.commit(promised << 20, of: limit << 20, ram: ram << 20) == level)
  }
}
