import Glibc

/// An error number of the kernel, as errno(3) lists them.
public struct Errno: RawRepresentable, Error, Hashable, Sendable, CustomStringConvertible {
  /// The number, as `EACCES` is 13 on most machines.
  public let rawValue: CInt

  /// From the number.
  public init(rawValue: CInt) {
    self.rawValue = rawValue
  }

  /// What the calling thread's last failed call left behind.
  package static var current: Errno { Errno(rawValue: Glibc.errno) }

  /// The C library's words for it, as `Permission denied`.
  public var description: String { unsafe String(cString: strerror(rawValue)) }
}

extension Errno {
  /// `EPERM`
  public static let notPermitted = Errno(rawValue: EPERM)
  /// `ENOENT`
  public static let noSuchFile = Errno(rawValue: ENOENT)
  /// `ESRCH`: the process of an open handle is gone.
  public static let noSuchProcess = Errno(rawValue: ESRCH)
  /// `EINTR`
  public static let interrupted = Errno(rawValue: EINTR)
  /// `EAGAIN`: not now, or not without waiting.
  public static let again = Errno(rawValue: EAGAIN)
  /// `EACCES`
  public static let accessDenied = Errno(rawValue: EACCES)
  /// `EINVAL`: the kernel refuses the value.
  public static let invalidArgument = Errno(rawValue: EINVAL)
  /// `EEXIST`
  public static let exists = Errno(rawValue: EEXIST)
  /// `ENOTDIR`
  public static let notADirectory = Errno(rawValue: ENOTDIR)
  /// `ENOSPC`
  public static let noSpace = Errno(rawValue: ENOSPC)
  /// `EROFS`: mounted for reading only.
  public static let readOnlyFileSystem = Errno(rawValue: EROFS)
  /// `ELOOP`: a symbolic link where none is followed.
  public static let symbolicLink = Errno(rawValue: ELOOP)
  /// `ENOBUFS`: what wasn't read in time is lost.
  public static let noBufferSpace = Errno(rawValue: ENOBUFS)
  /// `EPIPE`: nobody reads any more.
  public static let brokenPipe = Errno(rawValue: EPIPE)
  /// `ENOSYS`: this kernel lacks the call.
  public static let notImplemented = Errno(rawValue: ENOSYS)
  /// `EOPNOTSUPP`: there, but switched off.
  public static let notSupported = Errno(rawValue: EOPNOTSUPP)

  /// Whether it says that the process asked for isn't there (any more): its folder vanished, or the
  /// folder is still held open but the process is gone.
  public var meansGone: Bool { self == .noSuchFile || self == .noSuchProcess }

  /// Whether it says that the caller may not look.
  public var meansForbidden: Bool { self == .accessDenied || self == .notPermitted }
}
