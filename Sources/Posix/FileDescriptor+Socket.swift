import Glibc
package import ProcFS

extension FileDescriptor {
  /// Opens a socket for datagrams (socket(2)).
  package init(socketOf family: CInt, protocol number: CInt = 0) throws(Errno) {
    let type = SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue
    let result = socket(family, CInt(type), number)
    guard result >= 0 else { throw .current }
    self.init(owning: result)
  }

  /// Sets an option of the socket layer (setsockopt(2)).
  package func set<Value: BitwiseCopyable>(_ option: CInt, to value: Value) throws(Errno) {
    let result = unsafe withUnsafePointer(to: value) {
      unsafe setsockopt(number, SOL_SOCKET, option, $0, socklen_t(MemoryLayout<Value>.size))
    }
    guard result == 0 else { throw .current }
  }
}

extension Errno {
  /// Carries out a call until no signal interrupts it; -1 says that it failed.
  package static func unlessInterrupted(_ call: () -> Int) throws(Errno) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard Errno.current == .interrupted else { throw .current }
    }
  }
}
