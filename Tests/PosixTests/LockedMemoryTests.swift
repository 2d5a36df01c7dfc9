import Glibc
import TestSupport
import Testing

@testable import Posix

@Suite("Pinned memory", .enabled(if: geteuid() == 0, "needs root"))
struct LockedMemoryTests {
  @Test("is all that the process has, and no more of it is resident for that")
  func pin() throws {
    // Other tests allocate at the same time: only what is tens of megabytes counts.
    var limit = rlimit()
    unsafe getrlimit(CInt(__RLIMIT_MEMLOCK.rawValue), &limit)
    defer { unsafe setrlimit(CInt(__RLIMIT_MEMLOCK.rawValue), &limit) }
    let before = try kibibytes("VmRSS")
    try #require(LockedMemory.pin() == nil)
    defer { munlockall() }
    #expect(try kibibytes("VmLck") > kibibytes("VmSize") / 2)
    #expect(try kibibytes("VmRSS") < before + 65536)
  }

  private func kibibytes(_ field: String) throws -> Int {
    let line = try text(at: "/proc/self/status").split(separator: "\n")
      .first { $0.hasPrefix("\(field):") }
    let number = line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }
    return try #require(number)
  }
}
