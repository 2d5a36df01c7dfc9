import CLinux
import Glibc
package import ProcFS

/// A line on which the kernel tells which processes changed (`drivers/connector/cn_proc.c`).
///
/// Changes from before it was opened, or from while it overflowed, are found only by looking at all
/// processes afterwards.
package struct ProcessConnector: ~Copyable {
  private let socket: FileDescriptor

  /// The messages that were read at once.
  package enum Batch: Equatable {
    /// Each of these processes runs another program, or has another user or name. They may be gone.
    case changed([ProcessID])
    /// More was told than there was room for: any process may have changed.
    case overflow
  }

  /// Begins to listen.
  ///
  /// It throws `EPERM` where the kernel demands CAP_NET_ADMIN, as all do before Linux 6.6; `EPROTONOSUPPORT`
  /// from a kernel without connectors; `ECONNREFUSED` in a network namespace other than the first; and
  /// `EOPNOTSUPP` where the kernel doesn't answer: in other PID and user namespaces, or without
  /// CONFIG_PROC_EVENTS.
  ///
  /// `room` is in bytes, for what isn't read yet: with the default some 20000 changes (Linux 6.18).
  package init(room: CInt = 8 << 20) throws(Errno) {
    let socket = try FileDescriptor(socketOf: PF_NETLINK, protocol: NETLINK_CONNECTOR)
    do throws(Errno) {
      try socket.set(SO_RCVBUFFORCE, to: room)
    } catch {
      // Without privilege it is cut down to net.core.rmem_max, silently.
      try socket.set(SO_RCVBUF, to: room)
    }
    try EventFilter.attach(to: socket)
    try Self.bind(socket)
    try Self.listen(on: socket)
    self.socket = socket
  }

  deinit {
    // Before Linux 6.6 closing alone leaves the kernel gathering events for nobody.
    _ = try? Self.request(PROC_CN_MCAST_IGNORE, number: 0, on: socket)
  }

  /// For poll(2).
  package var descriptor: CInt { socket.number }

  /// The messages that there are to read, without waiting; if there are very many, a part of them.
  package func receive(while goesOn: () -> Bool = { true }) throws(Errno) -> Batch {
    var processes: [ProcessID] = []
    do throws(Errno) {
      for _ in 0..<256 {
        guard let event = try Self.next(on: socket) else { break }
        if case .change(let id) = event, !processes.contains(id) { processes.append(id) }
      }
      return .changed(processes)
    } catch .noBufferSpace {
      try drain(while: goesOn)
      return .overflow
    }
  }

  /// Reads to the end. Until then the kernel drops everything, and says so only once (net/netlink/af_netlink.c,
  /// `NETLINK_S_CONGESTED`). In a storm that has no end, as long as it may.
  private func drain(while goesOn: () -> Bool) throws(Errno) {
    while goesOn() {
      do throws(Errno) {
        while try Self.next(on: socket) != nil { guard goesOn() else { return } }
        return
      } catch .noBufferSpace {
        continue
      }
    }
  }
}

extension ProcessConnector {
  /// The event in one datagram; `nil` when there is none.
  static func next(on socket: borrowing FileDescriptor) throws(Errno) -> ProcessEvent? {
    var datagram = InlineArray<256, UInt8>(repeating: 0)
    var sender = sockaddr_nl()
    let count: Int
    do throws(Errno) {
      count = try receive(into: &datagram, from: &sender, on: socket)
    } catch .again {
      return nil
    }
    // With MSG_TRUNC the count is the full one. Anybody with the privilege may send; only the kernel has
    // number 0.
    guard count <= datagram.count, sender.nl_pid == 0 else { return .other }
    return ProcessEvent(parsing: datagram.span.extracting(first: count))
  }

  private static func receive(
    into datagram: inout InlineArray<256, UInt8>, from sender: inout sockaddr_nl,
    on socket: borrowing FileDescriptor
  ) throws(Errno) -> Int {
    var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
    let number = socket.number
    return try Errno.unlessInterrupted {
      var span = datagram.mutableSpan
      return unsafe span.withUnsafeMutableBytes { bytes in
        unsafe withUnsafeMutablePointer(to: &sender) { sender in
          unsafe recvfrom(
            number, bytes.baseAddress, bytes.count, CInt(MSG_DONTWAIT | MSG_TRUNC),
            UnsafeMutableRawPointer(sender).assumingMemoryBound(to: sockaddr.self), &length)
        }
      }
    }
  }
}
