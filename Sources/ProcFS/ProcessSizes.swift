/// The pages of `/proc/PID/statm` (proc_pid_statm(5), fs/proc/array.c `proc_pid_statm`).
public struct ProcessSizes: Hashable, Sendable {
  /// Exactly the kernel's `total_vm`, which VmSize isn't in all kernels.
  public var totalPages: Int
  /// Pages in memory, those of files and shared ones included.
  public var residentPages: Int
  /// Those of files and shared memory among the resident ones.
  public var sharedPages: Int
}

extension ProcessSizes: KernelText {
  public static var expectation: String { "the numbers of a process's statm" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    guard let total = cursor.integer(in: text) else { return nil }
    cursor.skipBlanks(in: text)
    guard let resident = cursor.integer(in: text) else { return nil }
    cursor.skipBlanks(in: text)
    guard let shared = cursor.integer(in: text) else { return nil }
    totalPages = total
    residentPages = resident
    sharedPages = shared
  }
}
