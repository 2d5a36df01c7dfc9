import CLinux
import Glibc
import ProcFS

/// A program by which the kernel passes on only what `ProcessEvent` makes something of (`linux/filter.h`).
///
/// Forks, ends and the naming of threads are many times as frequent, and wake nobody so.
enum EventFilter {
  /// A jump tells how many instructions it leaves out.
  private static let instructions: [sock_filter] = [
    load(at: ProcessEvent.Layout.what),
    jump(if: PROC_EVENT_NONE.rawValue, over: 8),
    jump(if: PROC_EVENT_EXEC.rawValue, over: 2),
    jump(if: PROC_EVENT_UID.rawValue, over: 1),
    jump(if: PROC_EVENT_COMM.rawValue, over: 0, else: 4),
    // Is the thread the one that its process is named by?
    load(at: ProcessEvent.Layout.data),
    straight(BPF_MISC | BPF_TAX),
    load(at: ProcessEvent.Layout.process),
    sock_filter(code: UInt16(BPF_JMP | BPF_JEQ | BPF_X), jt: 1, jf: 0, k: 0),
    pass(0),
    pass(.max),
  ]

  /// Has a socket apply it to what comes from now on.
  static func attach(to socket: borrowing FileDescriptor) throws(Errno) {
    var copy = instructions
    let count = UInt16(copy.count)
    let result = unsafe copy.withUnsafeMutableBufferPointer { instructions in
      var program = unsafe sock_fprog(len: count, filter: instructions.baseAddress)
      return unsafe setsockopt(
        socket.number, SOL_SOCKET, SO_ATTACH_FILTER, &program,
        socklen_t(MemoryLayout<sock_fprog>.size))
    }
    guard result == 0 else { throw .current }
  }

  /// Loads 32 bits, which a filter takes to be in the network's order. What lies behind the end ends the
  /// program: the datagram is dropped.
  private static func load(at offset: Int) -> sock_filter {
    straight(BPF_LD | BPF_W | BPF_ABS, UInt32(offset))
  }

  private static func jump(
    if value: UInt32, over taken: UInt8, else other: UInt8 = 0
  ) -> sock_filter {
    sock_filter(
      code: UInt16(BPF_JMP | BPF_JEQ | BPF_K), jt: taken, jf: other, k: value.bigEndian)
  }

  /// Ends the program; passes on that many bytes.
  private static func pass(_ bytes: UInt32) -> sock_filter {
    straight(BPF_RET | BPF_K, bytes)
  }

  /// An instruction that doesn't jump.
  private static func straight(_ code: CInt, _ value: UInt32? = nil) -> sock_filter {
    var instruction = sock_filter()
    instruction.code = UInt16(code)
    if let value { instruction.k = value }
    return instruction
  }
}
