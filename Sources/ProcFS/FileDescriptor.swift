import CLinux
import Glibc

/// An open file that closes itself. The calls that reach the kernel stand here, once each.
package struct FileDescriptor: ~Copyable, Sendable {
  package let number: CInt

  /// Opens `path` as seen from the folder `directory`.
  ///
  /// With `isConfined` no symbolic link, absolute or upward, leads out of that folder (openat2(2) with
  /// `RESOLVE_IN_ROOT`, or the same by hand).
  init(
    opening path: UnsafePointer<CChar>, in directory: CInt = AT_FDCWD, flags: CInt,
    permissions: mode_t = 0o644, isConfined: Bool = false
  ) throws(Errno) {
    var result: CInt
    var persistence = Persistence()
    repeat {
      result =
        isConfined
        ? unsafe Self.openConfined(path, in: directory, flags: flags | O_CLOEXEC, permissions)
        : unsafe openat(directory, path, flags | O_CLOEXEC, permissions)
    } while result < 0
      && persistence.allowsOpening(after: .current, isConfined: isConfined)
    if result < 0, isConfined, Errno.current == .notImplemented || Errno.current == .notPermitted {
      self = try unsafe Self.openStepByStep(
        String(cString: path), below: directory, flags: flags, permissions: permissions)
      return
    }
    guard result >= 0 else { throw .current }
    number = result
  }

  /// A copied tree may hold a pipe, on which nobody should wait.
  static var forReading: CInt { O_RDONLY | O_NONBLOCK }
  /// Nothing is cut off: the kernel's files need no cutting.
  static var forWriting: CInt { O_WRONLY | O_NONBLOCK }
  static var asFolder: CInt { O_RDONLY | O_DIRECTORY }

  private static func openConfined(
    _ path: UnsafePointer<CChar>, in directory: CInt, flags: CInt, _ permissions: mode_t
  ) -> CInt {
    var how = open_how()
    how.flags = UInt64(flags)
    how.mode = flags & O_CREAT != 0 ? UInt64(permissions) : 0
    how.resolve = UInt64(RESOLVE_IN_ROOT)
    return CInt(
      unsafe linux_openat2(Int(SYS_openat2), directory, path, &how, MemoryLayout<open_how>.size))
  }

  /// Opens a file by a path that ends in a zero byte.
  init(
    opening path: Span<UInt8>, in directory: CInt, flags: CInt, isConfined: Bool
  ) throws(Errno) {
    self = try unsafe path.withUnsafeBytes { (bytes) throws(Errno) in
      guard let start = bytes.baseAddress, unsafe bytes.last == 0 else { throw .invalidArgument }
      return try unsafe FileDescriptor(
        opening: start.assumingMemoryBound(to: CChar.self), in: directory, flags: flags,
        isConfined: isConfined)
    }
  }

  /// Takes over a descriptor that a call has made.
  package init(owning number: CInt) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Reads once; 0 bytes are the end.
  package func read(into buffer: inout MutableSpan<UInt8>) throws(Errno) -> Int {
    let number = number
    return try unsafe buffer.withUnsafeMutableBytes { (bytes) throws(Errno) in
      try Errno.patiently { unsafe Glibc.read(number, bytes.baseAddress, bytes.count) }
    }
  }

  /// Writes once, and tells how much was taken.
  func write(_ bytes: Span<UInt8>) throws(Errno) -> Int {
    let number = number
    return try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(Errno) in
      try Errno.patiently { unsafe Glibc.write(number, bytes.baseAddress, bytes.count) }
    }
  }

  /// The inode's number (fstat(2)).
  var inode: UInt64 {
    var information = stat()
    return unsafe fstat(number, &information) == 0 ? UInt64(information.st_ino) : 0
  }

  /// True where it is neither a folder nor a pipe nor a device (fstat(2)).
  var isOrdinary: Bool {
    get throws(Errno) {
      var information = stat()
      let number = number
      _ = try Errno.patiently { unsafe Int(fstat(number, &information)) }
      return information.st_mode & S_IFMT == S_IFREG
    }
  }

  /// True where the file is on a proc file system (statfs(2), `PROC_SUPER_MAGIC`).
  var isOnProcFS: Bool {
    get throws(Errno) { try fileSystem == Int(PROC_SUPER_MAGIC) }
  }

  /// True where the kernel itself takes what is written: a file of `/proc` or of a control group.
  var isKernels: Bool {
    get throws(Errno) {
      let fileSystem = try fileSystem
      return [Int(PROC_SUPER_MAGIC), Int(CGROUP_SUPER_MAGIC), Int(CGROUP2_SUPER_MAGIC)]
        .contains(fileSystem)
    }
  }

  /// The file system's magic number.
  private var fileSystem: Int {
    get throws(Errno) {
      var information = statfs()
      let number = number
      _ = try Errno.patiently { unsafe Int(fstatfs(number, &information)) }
      return Int(information.f_type)
    }
  }
}
