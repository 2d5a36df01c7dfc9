import Glibc

extension Directory {
  /// All bytes of a file that only one user can have written; `nil` when there is no such file.
  ///
  /// The file is an ordinary one and no symbolic link, it and this folder belong to that user (or root),
  /// and nobody else may write either. Without a user, as in a captured tree, only the kind counts.
  package func trustedContents(
    of name: String, owner: UInt32?, longest: Int
  ) throws(ProcFSError) -> [UInt8]? {
    let file: FileDescriptor
    do throws(ProcFSError) {
      file = try open(name, flags: FileDescriptor.forReading | O_NOFOLLOW)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
      return nil
    }
    let isTrusted = file.isTrusted(as: S_IFREG, owner: owner)
    guard isTrusted, descriptor.isTrusted(as: S_IFDIR, owner: owner) else {
      throw ProcFSError(
        path: path(of: name), reason: .malformed("a file that nobody else can write"))
    }
    do {
      return try file.withContents(longest: longest) { $0.array }
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
  }

  /// Throws where something in the folder belongs to somebody else than the caller or root, or can be
  /// written by others (fstatat(2)). What isn't there is nobody's.
  public func refuseForeign(_ name: String) throws(ProcFSError) {
    var information = stat()
    guard unsafe fstatat(descriptor.number, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      let errno = Errno.current
      if errno.meaning == .absent { return }
      throw ProcFSError(path: path(of: name), reason: .system(errno))
    }
    guard information.isWritten(onlyBy: geteuid()) else {
      throw ProcFSError(
        path: path(of: name),
        reason: .malformed("a file of your own or of root's that nobody else can write"))
    }
  }
}

extension FileDescriptor {
  fileprivate func isTrusted(as kind: mode_t, owner: UInt32?) -> Bool {
    var information = stat()
    guard unsafe fstat(number, &information) == 0, information.st_mode & S_IFMT == kind else {
      return false
    }
    guard let owner else { return true }
    return information.isWritten(onlyBy: owner)
  }
}

extension stat {
  /// True where the file belongs to that user or root, and nobody else may write it.
  fileprivate func isWritten(onlyBy owner: UInt32) -> Bool {
    (st_uid == owner || st_uid == 0) && st_mode & (S_IWGRP | S_IWOTH) == 0
  }
}
