import Core
import ProcFS
import Testing

@testable import Diagnosis

@Suite("What is known of pressure")
struct PressureStateTests {
  @Test(
    "depends on why it couldn't be read",
    arguments: [
      (Errno.noSuchFile, "missing"), (Errno.notSupported, "disabled"),
      (Errno.accessDenied, "unreadable"),
      (Errno.notPermitted, "unreadable"),
    ])
  func errors(errno: Errno, word: String) {
    let state = PressureState(ProcFSError(path: "/proc/pressure/memory", reason: .system(errno)))
    #expect(state.word == word)
    #expect(state.pressure == nil)
  }

  @Test(
    "is rounded to a tenth of a percent",
    arguments: [(0, "0.0 %"), (4, "0.0 %"), (5, "0.1 %"), (1234, "12.3 %"), (10_000, "100.0 %")])
  func percent(hundredths: Int, text: String) { #expect(Percent.text(hundredths) == text) }
}
