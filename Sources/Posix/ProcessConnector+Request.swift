import CLinux
import Glibc
import ProcFS

extension ProcessConnector {
  /// Joins the group that events are sent to.
  static func bind(_ socket: borrowing FileDescriptor) throws(Errno) {
    var address = sockaddr_nl()
    address.nl_family = sa_family_t(AF_NETLINK)
    address.nl_groups = UInt32(CN_IDX_PROC)
    let result = unsafe withUnsafePointer(to: address) {
      unsafe Glibc.bind(
        socket.number, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self),
        socklen_t(MemoryLayout<sockaddr_nl>.size))
    }
    guard result == 0 else { throw .current }
  }

  /// Asks for events, and waits for the answer: who isn't entitled to ask gets none.
  static func listen(on socket: borrowing FileDescriptor) throws(Errno) {
    let start = MonotonicClock.microseconds
    let number = UInt32(truncatingIfNeeded: start)
    try request(PROC_CN_MCAST_LISTEN, number: number, on: socket)
    while true {
      let elapsed = Int(MonotonicClock.microseconds - start) / 1000
      guard elapsed < 200 else { throw Errno(rawValue: EOPNOTSUPP) }
      _ = try PollEvents.wait(connector: socket.number, signals: nil, atMost: 200 - elapsed)
      // In a storm there is always more to read.
      for _ in 0..<1000 {
        guard let event = try next(on: socket) else { break }
        guard case .answer(number, let errno) = event else { continue }
        if let errno { throw errno }
        return
      }
    }
  }

  /// Sends a request; the number is what its answer is known by.
  static func request(
    _ operation: proc_cn_mcast_op, number: UInt32, on socket: borrowing FileDescriptor
  ) throws(Errno) {
    var request = Request()
    request.message.ack = number
    request.operation = operation.rawValue
    let count = try Errno.unlessInterrupted {
      unsafe withUnsafeBytes(of: request) {
        unsafe send(socket.number, $0.baseAddress, $0.count, 0)
      }
    }
    guard count == MemoryLayout<Request>.size else { throw Errno(rawValue: EMSGSIZE) }
  }

  /// A request as it is sent: nothing lies between its parts.
  private struct Request {
    var header = nlmsghdr()
    var message = cn_msg()
    var operation: UInt32 = 0

    init() {
      header.nlmsg_len = UInt32(MemoryLayout<Self>.size)
      header.nlmsg_type = UInt16(NLMSG_DONE)
      message.id = cb_id(idx: UInt32(CN_IDX_PROC), val: UInt32(CN_VAL_PROC))
      message.len = UInt16(MemoryLayout<UInt32>.size)
    }
  }
}
