import Glibc
import ProcFS
import Testing

@Suite("Two processes")
struct SharedMemoryTests {
  @Test("share memory only if they are one, as far as the kernel tells")
  func sharing() {
    let parent = ProcessID(1)
    let own = ProcessID(getpid())
    if let order = own.memoryOrder(to: own) { #expect(order == .same) }
    if let order = own.memoryOrder(to: parent) {
      #expect(order != .same)
      #expect(parent.memoryOrder(to: own) == (order == .before ? .after : .before))
    }
    #expect(own.memoryOrder(to: ProcessID(.max)) == nil)
  }
}
