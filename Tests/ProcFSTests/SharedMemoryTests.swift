import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("Two processes")
struct SharedMemoryTests {
  @Test("share memory only if they are one, as far as the kernel tells")
  func sharing() throws {
    let child = try Child()
    let (own, other) = (ProcessID(getpid()), ProcessID(child.id))
    let orders = [own.memoryOrder(to: other), other.memoryOrder(to: own)]
    if let order = own.memoryOrder(to: own) {
      #expect(order == .same)
      #expect(Set(orders) == [.before, .after])
    } else {
      #expect(orders == [nil, nil])
    }
    #expect(own.memoryOrder(to: ProcessID(.max)) == nil)
  }
}
