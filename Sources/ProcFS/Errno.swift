import Glibc

/// An error number of the kernel, as errno(3) lists them.
public struct Errno: RawRepresentable, Error, Hashable, Sendable, CustomStringConvertible {
  /// The number, as `EACCES` is 13 on most machines.
  public let rawValue: CInt

  /// From the number.
  public init(rawValue: CInt) {
    self.rawValue = rawValue
  }

  /// The error that the calling thread's last failed call left behind.
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
  /// `EIO`: a device failed, or a terminal is gone.
  public static let inputOutput = Errno(rawValue: EIO)
  /// `EAGAIN`: not now, or not without waiting.
  public static let again = Errno(rawValue: EAGAIN)
  /// `EACCES`
  public static let accessDenied = Errno(rawValue: EACCES)
  /// `ENODEV`: the control group of an open file is gone.
  public static let noSuchDevice = Errno(rawValue: ENODEV)
  /// `ENXIO`: a pipe that nobody reads, or a device without a driver.
  public static let noDeviceOrAddress = Errno(rawValue: ENXIO)
  /// `EINVAL`: the kernel refuses the value.
  public static let invalidArgument = Errno(rawValue: EINVAL)
  /// `EEXIST`
  public static let exists = Errno(rawValue: EEXIST)
  /// `EISDIR`
  public static let isADirectory = Errno(rawValue: EISDIR)
  /// `ENOTDIR`
  public static let notADirectory = Errno(rawValue: ENOTDIR)
  /// `EFBIG`: longer than it may be.
  public static let fileTooLarge = Errno(rawValue: EFBIG)
  /// `ENOSPC`
  public static let noSpace = Errno(rawValue: ENOSPC)
  /// `EDQUOT`: the user may not take more of the disk.
  public static let quotaExceeded = Errno(rawValue: EDQUOT)
  /// `EROFS`: mounted for reading only.
  public static let readOnlyFileSystem = Errno(rawValue: EROFS)
  /// `ELOOP`: a symbolic link where none is followed.
  public static let symbolicLink = Errno(rawValue: ELOOP)
  /// `ENOBUFS`: what wasn't read in time is lost.
  public static let noBufferSpace = Errno(rawValue: ENOBUFS)
  /// `ESPIPE`: a pipe, or a device that has no positions.
  public static let notSeekable = Errno(rawValue: ESPIPE)
  /// `EBADF`: not open, or not for that.
  public static let badDescriptor = Errno(rawValue: EBADF)
  /// `ESTALE`: a file on another machine that is gone.
  public static let stale = Errno(rawValue: ESTALE)
  /// `ETIMEDOUT`
  public static let timedOut = Errno(rawValue: ETIMEDOUT)
  /// `EPIPE`: nobody reads any more.
  public static let brokenPipe = Errno(rawValue: EPIPE)
  /// `ENOSYS`: this kernel lacks the call.
  public static let notImplemented = Errno(rawValue: ENOSYS)
  /// `EOPNOTSUPP`: there, but switched off.
  public static let notSupported = Errno(rawValue: EOPNOTSUPP)
}

extension Errno {
  /// The meaning of a failed read for the thing that was to be read. It is decided here alone: only
  /// something that is gone may be taken for absent, and a machine without memory fails in every
  /// other way (`ENFILE`, `ENOMEM`, `EIO`).
  public enum Meaning: Hashable, Sendable {
    /// Gone, or not offered by this kernel: `ENOENT`, `ESRCH`, and `ENODEV` of a control group that was
    /// removed while its file was open (fs/kernfs/file.c `kernfs_fop_read_iter`).
    case absent
    /// There, but the caller may not look: `EACCES`, `EPERM`.
    case hidden
    /// Offered, but switched off: `EOPNOTSUPP`.
    case notEnabled
    /// Nothing is known: everything else.
    case failure
  }

  /// The meaning for the thing that was to be read.
  public var meaning: Meaning {
    switch self {
    case .noSuchFile, .noSuchProcess, .noSuchDevice: .absent
    case .accessDenied, .notPermitted: .hidden
    case .notSupported: .notEnabled
    default: .failure
    }
  }

  /// True where the process isn't there (any more): its folder vanished, or the folder is still
  /// held open but the process is gone.
  public var meansGone: Bool { meaning == .absent }

  /// True where the caller may not look.
  public var meansForbidden: Bool { meaning == .hidden }
}
