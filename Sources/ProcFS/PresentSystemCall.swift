/// The system call that a task is in, by `/proc/PID/syscall` (fs/proc/base.c `proc_pid_syscall`,
/// from 2.6.27 on).
public enum PresentSystemCall: Hashable, Sendable {
  /// It has a processor, or could have one: where it is isn't told.
  case running
  /// It waits in the system call of that number.
  case waiting(number: Int)
  /// It waits elsewhere.
  case elsewhere
}

extension PresentSystemCall: KernelText {
  public static var expectation: String { "running, or the number of a system call" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    if text.holds("running", in: cursor.word(in: text)) {
      self = .running
      return
    }
    cursor = Cursor()
    guard let number = cursor.integer(in: text) else { return nil }
    self = number < 0 ? .elsewhere : .waiting(number: number)
  }
}

extension PresentSystemCall {
  /// swapoff(2) by its number: on x86-64; on 32-bit x86 and Arm, PowerPC and s390; where numbers are generic, as
  /// on arm64 and RISC-V; on Alpha, on SPARC, and on MIPS with each of its three ways to call.
  public static let swapoff: Set<Int> = [168, 115, 225, 304, 213, 4115, 5163, 6163]
}

extension Process {
  /// In which system call its first thread waits; only for its owner and root to read.
  public var systemCall: PresentSystemCall {
    get throws(ProcFSError) { try directory.read("syscall") }
  }
}
