import DaemonLog
import Testing

@Suite struct KibibytesTests {
  @Test func `bytes that no integer holds are the largest there is`() {
    #expect(Kibibytes(3).bytes == 3072)
    #expect(Kibibytes(.max).bytes == .max)
  }
}
