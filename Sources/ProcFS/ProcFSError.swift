/// A path that could not be read or written, and the reason.
public struct ProcFSError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reasons for a failure.
  public enum Reason: Hashable, Sendable {
    /// The kernel refused.
    case system(Errno)
    /// The content isn't what a kernel writes there; the text says what was expected.
    case malformed(String)
    /// A write was accepted only in part: the kernel took the first `written` of `length` bytes.
    case shortWrite(written: Int, length: Int)
    /// It couldn't be opened: somebody holds a lease on it and doesn't let go (fcntl(2), `F_SETLEASE`).
    case leased
    /// It isn't a file that holds anything: a pipe, or a device.
    case notOrdinary
  }

  /// The file, from the root that the user named.
  public let path: String
  /// The reason for the failure.
  public let reason: Reason

  /// From both parts.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The error for a path that couldn't be opened. A call that opens waits for nothing but a lease,
  /// and comes back with `EAGAIN` where that lasts.
  init(opening path: String, _ errno: Errno) {
    self.init(path: path, reason: errno == .again ? .leased : .system(errno))
  }

  /// The error for a path that couldn't be read. Only a pipe or a device comes back with `ESPIPE`
  /// (`FileDescriptor.refuseEmptiness`).
  init(reading path: String, _ errno: Errno) {
    self.init(path: path, reason: errno == .notSeekable ? .notOrdinary : .system(errno))
  }

  /// The kernel's error number, if it was the kernel that refused.
  ///
  /// Never inlined: where it is, in a `catch`, Swift 6.3's optimizer stumbles over the error's end.
  @inline(never)
  public var errno: Errno? {
    if case .system(let errno) = reason { errno } else { nil }
  }

  /// The meaning for the thing that was to be read. Content that no kernel writes there is a
  /// failure.
  @inline(never)
  public var meaning: Errno.Meaning {
    if case .system(let errno) = reason { errno.meaning } else { .failure }
  }

  public var description: String { "\(path): \(reason)" }
}

extension ProcFSError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let errno): "\(errno)"
    case .malformed(let expectation): "expected \(expectation)"
    case .shortWrite(let written, let length): "only \(written) of \(length) bytes were written"
    case .leased: "someone holds a lease on the file (fcntl(2)), and doesn't let go of it"
    case .notOrdinary: "isn't an ordinary file"
    }
  }
}
