import Glibc

// Changes to ordinary files: whoever is killed in the middle of one leaves the old file or the new one,
// never half of it.

extension Directory {
  /// Why this user can't write something in the folder, as far as that can be told without trying
  /// (faccessat(2)); `nil` when nothing is in the way.
  public func hindrance(toWriting name: String) -> Errno? {
    unsafe faccessat(descriptor.number, name, W_OK, AT_EACCESS) == 0 ? nil : .current
  }

  /// Throws where something in the folder belongs to somebody else than the caller or root, or can be
  /// written by others (fstatat(2)). What isn't there is nobody's.
  public func refuseForeign(_ name: String) throws(ProcFSError) {
    var information = stat()
    guard unsafe fstatat(descriptor.number, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      if Errno.current.meaning == .absent { return }
      throw failure(name)
    }
    let isOurs = information.st_uid == 0 || information.st_uid == geteuid()
    guard isOurs, information.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw ProcFSError(
        path: path(of: name),
        reason: .malformed("a file of your own or of root's that nobody else can write"))
    }
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
  /// under another name, brought to the disk, and then renamed (rename(2)). Owner and permissions stay
  /// as they were; a new file gets those that are given.
  public func replace(
    _ name: String, with bytes: [UInt8], permissions: UInt32 = 0o644
  ) throws(ProcFSError) {
    removeDraft(of: name)
    do throws(ProcFSError) {
      let file = try open(draft(of: name), flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      do {
        try file.writeAll(bytes)
        try file.resemble(name, in: descriptor.number, otherwise: permissions)
        try file.synchronize()
      } catch {
        throw ProcFSError(path: path(of: name), reason: .system(error))
      }
      let result = unsafe renameat(
        descriptor.number, draft(of: name), descriptor.number, name)
      guard result == 0 else { throw failure(name) }
    } catch {
      removeDraft(of: name)
      throw error
    }
    synchronize()
  }

  /// Removes a file.
  public func remove(_ name: String) throws(ProcFSError) {
    removeDraft(of: name)
    guard unsafe unlinkat(descriptor.number, name, 0) == 0 else { throw failure(name) }
    synchronize()
  }

  /// What a run that was killed may have left behind.
  private func removeDraft(of name: String) {
    _ = unsafe unlinkat(descriptor.number, draft(of: name), 0)
  }

  private func draft(of name: String) -> String { name + ".oomctl-new" }

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

  /// The entries of this folder outlive a loss of power. What can't do that, such as a file system in
  /// memory, needn't.
  private func synchronize() { _ = fsync(descriptor.number) }

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
      rest = rest.extracting(droppingFirst: count)
    }
  }

  /// Takes over owner and permissions of a file that isn't a link; where there is none, these permissions,
  /// whatever the process's mask is.
  fileprivate func resemble(
    _ name: String, in folder: CInt, otherwise permissions: UInt32
  ) throws(Errno) {
    var old = stat()
    let isThere = unsafe fstatat(folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0
    if isThere, old.st_mode & S_IFMT == S_IFREG {
      // Who may not give files away keeps them: then at least nobody may do more with it than before.
      _ = fchown(number, old.st_uid, old.st_gid)
      guard fchmod(number, old.st_mode & 0o7777) == 0 else { throw .current }
    } else {
      guard fchmod(number, permissions) == 0 else { throw .current }
    }
  }

  fileprivate func synchronize() throws(Errno) {
    // Pipes and some file systems have nothing to bring anywhere.
    guard fsync(number) != 0, Errno.current != .invalidArgument else { return }
    throw .current
  }
}
