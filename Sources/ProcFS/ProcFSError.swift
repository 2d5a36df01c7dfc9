/// What could not be read or written, and why.
public struct ProcFSError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why it failed.
  public enum Reason: Hashable, Sendable {
    /// The kernel refused.
    case system(Errno)
    /// The content isn't what a kernel writes there; the text says what was expected.
    case malformed(String)
    /// A write was accepted only in part: the kernel took the first `written` of `length` bytes.
    case shortWrite(written: Int, length: Int)
  }

  /// The file, from the root that the user named.
  public let path: String
  /// Why.
  public let reason: Reason

  /// From both parts.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The kernel's error number, if it was the kernel that refused.
  ///
  /// Never inlined: where it is, in a `catch`, Swift 6.3's optimizer stumbles over the error's end.
  @inline(never)
  public var errno: Errno? {
    if case .system(let errno) = reason { errno } else { nil }
  }

  /// What it says of the thing that was asked for. Content that no kernel writes there is a failure.
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
    }
  }
}
