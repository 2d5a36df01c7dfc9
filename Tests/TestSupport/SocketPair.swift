import Glibc
package import ProcFS

/// Two sockets of which one gets what is sent on the other.
package struct SocketPair: ~Copyable {
  package let sender: FileDescriptor
  package let receiver: FileDescriptor

  package init() throws {
    var numbers: [CInt] = [-1, -1]
    let type = CInt(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &numbers) == 0 else {
      throw DataError("socketpair", "can't be made")
    }
    sender = FileDescriptor(owning: numbers[0])
    receiver = FileDescriptor(owning: numbers[1])
  }

  package func send(_ bytes: [UInt8]) throws {
    let count = unsafe Glibc.send(sender.number, bytes, bytes.count, 0)
    guard count == bytes.count else { throw DataError("socketpair", "doesn't take a datagram") }
  }

  /// The next datagram; `nil` if there is none.
  package func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 256)
    var span = buffer.mutableSpan
    guard let count = try? receiver.read(into: &span) else { return nil }
    return Array(buffer.prefix(count))
  }
}
