import Glibc

// Changes to ordinary files: whoever is killed in the middle of one leaves the old file or the new one,
// never half of it.

extension Directory {
  /// Opens a folder inside this one that isn't reached through a symbolic link; `ELOOP` or `ENOTDIR`
  /// if it is one.
  public func ownDirectory(_ name: String) throws(ProcFSError) -> Directory {
    Directory(
      try open(name, flags: FileDescriptor.asFolder | O_NOFOLLOW), path: path(of: name),
      isConfined: isConfined)
  }

  /// Makes a folder in this one, unless there is one already (mkdirat(2)).
  public func makeDirectory(_ name: String) throws(ProcFSError) {
    guard unsafe mkdirat(descriptor.number, name, 0o755) != 0, Errno.current != .exists else {
      return
    }
    throw failure(name)
  }

  /// All bytes of a file that isn't a symbolic link; `nil` when there is no such file.
  public func ownContents(of name: String) throws(ProcFSError) -> [UInt8]? {
    let file: FileDescriptor
    do {
      file = try open(name, flags: FileDescriptor.forReading | O_NOFOLLOW)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
      return nil
    }
    do {
      return try file.withContents { $0.array }
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
  }

  /// Puts a new file in the place of an old one, if there is one, at once and as a whole: it is written
  /// under another name, brought to the disk, and then renamed (rename(2)). What is in the way under
  /// that other name is the rest of a run that was killed.
  public func replace(_ name: String, with bytes: [UInt8]) throws(ProcFSError) {
    let draft = name + ".oomctl-new"
    _ = unsafe unlinkat(descriptor.number, draft, 0)
    do throws(ProcFSError) {
      let file = try open(draft, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      do {
        try file.writeAll(bytes)
        try file.synchronize()
      } catch {
        throw ProcFSError(path: path(of: name), reason: .system(error))
      }
      guard unsafe renameat(descriptor.number, draft, descriptor.number, name) == 0 else {
        throw failure(name)
      }
    } catch {
      _ = unsafe unlinkat(descriptor.number, draft, 0)
      throw error
    }
    synchronize()
  }

  /// Removes a file.
  public func remove(_ name: String) throws(ProcFSError) {
    guard unsafe unlinkat(descriptor.number, name, 0) == 0 else { throw failure(name) }
    synchronize()
  }

  /// Removes a folder, unless something is in it.
  public func removeIfEmpty(_ name: String) {
    _ = unsafe unlinkat(descriptor.number, name, AT_REMOVEDIR)
  }

  /// Adds bytes to the end of a file, all or none; with `isDurable` they are on the disk when it returns.
  public func append(
    _ bytes: [UInt8], to name: String, isDurable: Bool = false
  ) throws(ProcFSError) {
    let file = try open(name, flags: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW)
    let size = file.size
    do {
      try file.writeAll(bytes)
      if isDurable { try file.synchronize() }
    } catch {
      // A disk may have taken the first part only.
      if let size { _ = ftruncate(file.number, size) }
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
  }

  /// The entries of this folder outlive a loss of power. What can't do that, such as a file system in
  /// memory, needn't.
  private func synchronize() { _ = fsync(descriptor.number) }

  private func failure(_ name: String) -> ProcFSError {
    ProcFSError(path: path(of: name), reason: .system(.current))
  }
}

/// A file that one process at a time holds; to let go of it is to close it (flock(2)).
public struct FileLock: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Takes the lock, and waits as long as that for another one to let go of it; then `EAGAIN`.
  public init(
    _ name: String, in directory: borrowing Directory, patience milliseconds: Int
  ) throws(ProcFSError) {
    let file = try directory.open(name, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
    var waited = 0
    while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
      let errno = Errno.current
      guard errno == .again || errno == .interrupted, waited < milliseconds else {
        throw ProcFSError(path: directory.path(of: name), reason: .system(errno))
      }
      usleep(20_000)
      waited += 20
    }
    self.file = file
  }
}

extension FileDescriptor {
  fileprivate var size: Int? {
    var information = stat()
    return unsafe fstat(number, &information) == 0 ? Int(information.st_size) : nil
  }

  fileprivate func writeAll(_ bytes: [UInt8]) throws(Errno) {
    var rest = bytes.span
    while rest.count > 0 {
      let count = try write(rest)
      rest = rest.extracting(droppingFirst: count)
    }
  }

  fileprivate func synchronize() throws(Errno) {
    // Pipes and some file systems have nothing to bring anywhere.
    guard fsync(number) != 0, Errno.current != .invalidArgument else { return }
    throw .current
  }
}
