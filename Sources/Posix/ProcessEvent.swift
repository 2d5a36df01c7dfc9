import CLinux
import Glibc
import ProcFS

/// One thing that the process connector tells (`linux/cn_proc.h`).
enum ProcessEvent: Equatable {
  /// A process runs another program, or has another user or name.
  case change(ProcessID)
  /// The answer to the request with that number: it is handled, or why not.
  case answer(to: UInt32, Errno?)
  /// Something malformed, or of no concern.
  case other

  /// A name or user that only a further thread takes on isn't its process's.
  init(parsing datagram: Span<UInt8>) {
    self = .other
    guard let header = datagram.value(at: 0, as: nlmsghdr.self), header.nlmsg_type == NLMSG_DONE,
      Int(header.nlmsg_len) <= datagram.count
    else { return }
    let rest = datagram.extracting(first: Int(header.nlmsg_len))
    guard let id = rest.value(at: Layout.id, as: cb_id.self), id.idx == CN_IDX_PROC,
      id.val == CN_VAL_PROC,
      let acknowledgement = rest.value(at: Layout.acknowledgement, as: UInt32.self),
      let length = rest.value(at: Layout.length, as: UInt16.self),
      Layout.event + Int(length) <= rest.count
    else { return }
    let event = rest.extracting(first: Layout.event + Int(length))
    guard let what = event.value(at: Layout.what, as: UInt32.self),
      let data = event.value(at: Layout.data, as: Int32.self)
    else { return }

    switch what {
    case PROC_EVENT_NONE.rawValue:
      self = .answer(
        to: acknowledgement &- 1, data == 0 ? nil : Errno(rawValue: CInt(clamping: data.magnitude)))
    case PROC_EVENT_EXEC.rawValue, PROC_EVENT_UID.rawValue, PROC_EVENT_COMM.rawValue:
      guard data > 0, event.value(at: Layout.process, as: Int32.self) == data else { return }
      self = .change(ProcessID(data))
    default: break
    }
  }

  /// Places in a datagram, in bytes from its start.
  enum Layout {
    /// The connector of the message; behind the head of all netlink messages.
    static let id = MemoryLayout<nlmsghdr>.size
    /// The number that the request had there, plus one. The sequence before it is the kernel's own
    /// in newer kernels.
    static let acknowledgement = id + 12
    static let length = id + 16
    static let event = id + MemoryLayout<cn_msg>.size
    static let what = event
    /// The error of an answer, or the thread; behind its processor and time of 4 and 8 bytes.
    static let data = event + 16
    /// The process of that thread.
    static let process = data + 4
  }
}

extension Span<UInt8> {
  /// A value in the machine's byte order; `nil` if it isn't there in full.
  fileprivate func value<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value? {
    guard offset + MemoryLayout<Value>.size <= count else { return nil }
    return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
