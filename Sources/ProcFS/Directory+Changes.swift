import Glibc

// Changes to ordinary files: a process killed in the middle of one leaves the old file or the new
// one, never half of it.

extension Directory {
  /// The reason why this user can't write something in the folder, as far as that can be told
  /// without trying (faccessat(2)); `nil` when nothing is in the way.
  public func hindrance(toWriting name: String) -> Errno? {
    unsafe faccessat(descriptor.number, name, W_OK, AT_EACCESS) == 0 ? nil : .current
  }

  /// Opens a folder inside this one that isn't reached through a symbolic link; `ELOOP` or `ENOTDIR`
  /// if it is one.
  public func ownDirectory(_ name: String) throws(ProcFSError) -> Directory {
    Directory(
      try open(name, flags: FileDescriptor.asFolder | O_NOFOLLOW), path: path(of: name),
      isConfined: isConfined)
  }

  /// Makes a folder in this one, unless there is one already (mkdirat(2)).
  public func makeDirectory(_ name: String) throws(ProcFSError) {
    let folder = descriptor.number
    do throws(Errno) {
      _ = try Errno.patiently { unsafe Int(mkdirat(folder, name, 0o755)) }
    } catch {
      guard error != .exists else { return }
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
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
      throw ProcFSError(reading: path(of: name), error)
    }
  }

  /// Puts a new file in the place of an old one, if there is one, at once and as a whole: it is
  /// written under another name, brought to the disk, and then renamed (rename(2)). Owner and
  /// permissions stay as they were, except set-user-ID and its like; a new file gets those that are
  /// given. While it is written nobody may do more with it than afterwards.
  ///
  /// An error means that the old file is there as it was. Once the new one is in its place nothing
  /// is thrown any more.
  ///
  /// - Returns: The error that kept the new file's name from being brought to the disk, if any: the
  ///   file is in its place, but might not survive a loss of power.
  @discardableResult
  public func replace(
    _ name: String, with bytes: [UInt8], permissions: UInt32 = 0o644
  ) throws(ProcFSError) -> Errno? {
    removeDrafts(of: name)
    do throws(Errno) {
      let likeness = try Likeness(of: name, in: descriptor.number, otherwise: permissions)
      try publish(Draft(of: name, as: likeness, in: self), as: name, likeness, bytes)
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
    return synchronize()
  }

  /// Completes a draft, and gives it its place; or removes it.
  private func publish(
    _ draft: borrowing Draft, as name: String, _ likeness: Likeness, _ bytes: [UInt8]
  ) throws(Errno) {
    do throws(Errno) {
      try likeness.give(to: draft.file)
      try draft.file.writeAll(bytes)
      try draft.file.synchronize()
      let result = unsafe renameat(descriptor.number, draft.name, descriptor.number, name)
      let errno = Errno.current
      // A server may have done it, and the answer got lost.
      guard result == 0 || isSame(name, as: draft.file) else { throw errno }
    } catch {
      unlink(draft.name)
      throw error
    }
  }

  /// True where a name in this folder is that of an open file.
  func isSame(_ name: String, as file: borrowing FileDescriptor) -> Bool {
    var named = stat()
    var open = stat()
    return unsafe fstatat(descriptor.number, name, &named, AT_SYMLINK_NOFOLLOW) == 0
      && fstat(file.number, &open) == 0
      && named.st_dev == open.st_dev && named.st_ino == open.st_ino
  }

  /// Removes a file. An error means that it is still there.
  ///
  /// - Returns: The error that kept the removal from being brought to the disk, if any: the file is
  ///   gone, but might be back after a loss of power.
  @discardableResult
  public func remove(_ name: String) throws(ProcFSError) -> Errno? {
    removeDrafts(of: name)
    guard unsafe unlinkat(descriptor.number, name, 0) == 0 else { throw failure(name) }
    return synchronize()
  }

  /// Removes a folder, unless something is in it.
  public func removeIfEmpty(_ name: String) {
    _ = unsafe unlinkat(descriptor.number, name, AT_REMOVEDIR)
  }

  /// Adds bytes to the end of a file, all or none; with `isDurable` they are on the disk when it returns.
  /// A new file can be read by its owner alone.
  public func append(
    _ bytes: [UInt8], to name: String, isDurable: Bool = false
  ) throws(ProcFSError) {
    // A copied tree may hold a pipe that nobody reads, on which nobody should wait.
    let file = try open(
      name, flags: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, permissions: 0o600)
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

  /// Makes the entries of this folder survive a loss of power, or returns the error that prevents
  /// it. A file system that can't do that, such as one in memory, needn't.
  private func synchronize() -> Errno? {
    let errno: Errno
    do throws(Errno) {
      let number = descriptor.number
      _ = try Errno.patiently { Int(fsync(number)) }
      return nil
    } catch {
      errno = error
    }
    return [.invalidArgument, .notSupported, .notImplemented].contains(errno) ? nil : errno
  }

  private func failure(_ name: String) -> ProcFSError {
    ProcFSError(path: path(of: name), reason: .system(.current))
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
      // Nothing at all, without a reason, would go on for ever.
      guard count > 0 else { throw Errno(rawValue: EIO) }
      rest = rest.extracting(droppingFirst: count)
    }
  }

  fileprivate func synchronize() throws(Errno) {
    // Pipes and some file systems have nothing to bring anywhere.
    let number = number
    do throws(Errno) {
      _ = try Errno.patiently { Int(fsync(number)) }
    } catch .invalidArgument {
      return
    }
  }
}
