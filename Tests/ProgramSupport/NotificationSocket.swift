package import Core
import Glibc
import Posix
import ProcFS
import TestSupport

/// A service manager's end of its socket, as far as the tests need one.
package struct NotificationSocket: ~Copyable {
  private let socket: FileDescriptor
  package let name: String

  /// A path, or `@` and an abstract name.
  package init(name: String) throws {
    let socket = try FileDescriptor(socketOf: AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    let length = MemoryLayout<sa_family_t>.size + path.count
    let result = unsafe withUnsafePointer(to: address) {
      unsafe bind(
        socket.number, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self),
        socklen_t(length))
    }
    guard result == 0 else { throw DataError(name, "can't be bound") }
    self.socket = socket
    self.name = name
  }

  package var environment: Environment { Environment { $0.variables = ["NOTIFY_SOCKET": name] } }

  /// The next message, if it comes within so many milliseconds.
  package func heard(within milliseconds: Int = 0) -> String? {
    var file = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
    unsafe poll(&file, 1, CInt(milliseconds))
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = unsafe recv(socket.number, &buffer, buffer.count, CInt(MSG_DONTWAIT))
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
