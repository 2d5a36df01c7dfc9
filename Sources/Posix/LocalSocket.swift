import Glibc
package import ProcFS

/// A socket of this machine that another program reads datagrams from (unix(7)).
package struct LocalSocket: Sendable {
  /// The path of the socket, or a zero byte and an abstract name.
  private let name: [UInt8]

  /// The socket of that name, which needn't be there yet.
  package init(_ name: [UInt8]) { self.name = name }

  /// Sends a datagram as a whole, and waits that long at most for room for it.
  package func send(_ bytes: [UInt8], atMost milliseconds: Int) throws(Errno) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard name.count <= room else { throw Errno(rawValue: ENAMETOOLONG) }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    // An abstract name ends where the address does.
    let length = MemoryLayout<sockaddr_un>.size - room + name.count
    let socket = try FileDescriptor(socketOf: AF_UNIX)
    let timeout = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    try socket.set(SO_SNDTIMEO, to: timeout)
    let count = try Errno.unlessInterrupted {
      unsafe withUnsafePointer(to: address) { address in
        unsafe sendto(
          socket.number, bytes, bytes.count, CInt(MSG_NOSIGNAL),
          UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self), socklen_t(length))
      }
    }
    guard count == bytes.count else { throw Errno(rawValue: EMSGSIZE) }
  }
}
