import Glibc
import ProcFS
import Testing

@Suite("Two processes")
struct SharedMemoryTests {
  @Test("share memory only if they are one, as far as the kernel tells")
  func sharing() {
    let parent = ProcessID(1)
    let own = ProcessID(getpid())
    if let answer = own.sharesMemory(with: own) { #expect(answer) }
    if let answer = own.sharesMemory(with: parent) { #expect(!answer) }
    #expect(own.sharesMemory(with: ProcessID(.max)) == nil)
  }
}
