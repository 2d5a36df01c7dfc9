/// A datagram of the process connector as the kernel writes it, in the machine's byte order.
package struct EventBytes {
  /// The kinds that tests use, by their numbers in `linux/cn_proc.h`.
  package enum Kind: UInt32, CaseIterable {
    case answer = 0
    case fork = 1
    case exec = 2
    case user = 4
    case group = 0x40
    case session = 0x80
    case name = 0x200
    case exit = 0x8000_0000
  }

  package var length: UInt32 = 76
  package var type: UInt16 = 3
  package var connector: (index: UInt32, value: UInt32) = (1, 1)
  var acknowledgement: UInt32 = 0
  package var eventLength: UInt16 = 40
  package var kind: UInt32
  package var thread: Int32
  package var process: Int32

  package init(_ kind: Kind, thread: Int32, process: Int32) {
    self.kind = kind.rawValue
    self.thread = thread
    self.process = process
  }

  /// About the thread that a process is named by.
  package init(_ kind: Kind, process: Int32) { self.init(kind, thread: process, process: process) }

  package static func answer(to request: UInt32, error: Int32) -> Self {
    var bytes = Self(.answer, thread: error, process: 0)
    bytes.acknowledgement = request &+ 1
    return bytes
  }

  /// The same with something changed.
  package func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func add(_ value: some FixedWidthInteger) {
      unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }
    // struct nlmsghdr: length, type, flags, sequence, port.
    add(length)
    add(type)
    add(UInt16(0))
    add(UInt32(7))
    add(UInt32(0))
    // struct cn_msg: connector, sequence, acknowledgement, length, flags.
    add(connector.index)
    add(connector.value)
    add(UInt32(7))
    add(acknowledgement)
    add(eventLength)
    add(UInt16(0))
    // struct proc_event: kind, processor, time, and what depends on the kind.
    add(kind)
    add(UInt32(1))
    add(UInt64(123_456_789))
    add(thread)
    add(process)
    return bytes + [UInt8](repeating: 0xAA, count: 16)
  }
}
