import Glibc

/// A new file that is written under a name of its own, beside the one whose place it will take.
///
/// Nobody can block the name, as it is drawn by lot each time. The file is locked as long as it is written
/// (flock(2)): that tells it from what a killed run left behind.
struct Draft: ~Copyable {
  let name: String
  let file: FileDescriptor

  /// The most names that are drawn before it gives up.
  private static let mostAttempts = 16

  /// Makes the file, at first for nobody but its owner.
  init(of name: String, as likeness: Likeness, in folder: borrowing Directory) throws(Errno) {
    for _ in 0..<Self.mostAttempts {
      let draft = Self.beginning(of: name) + "-" + Self.lot
      let file: FileDescriptor
      do throws(Errno) {
        file = try unsafe FileDescriptor(
          opening: draft, in: folder.descriptor.number,
          flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
          permissions: likeness.permissions & 0o700, isConfined: folder.isConfined)
      } catch {
        guard error == .exists else { throw error }
        continue
      }
      // Another run may have taken it for a leftover before it was locked.
      guard file.isLockable, file.hasName else {
        folder.unlink(draft)
        continue
      }
      self.name = draft
      self.file = file
      return
    }
    throw .exists
  }

  /// The common beginning of the names of a file's drafts.
  static func beginning(of name: String) -> String { name + ".oomctl-new" }

  private static var lot: String {
    let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    return String(repeating: "0", count: lotLength - digits.utf8.count) + digits
  }

  private static let lotLength = 8

  /// True where a name is that of a draft with the given beginning. Names from older versions end
  /// there.
  static func isName(_ name: Span<UInt8>, beginning: [UInt8]) -> Bool {
    guard name.count >= beginning.count else { return false }
    for index in beginning.indices where name[index] != beginning[index] { return false }
    if name.count == beginning.count { return true }
    return name.count == beginning.count + 1 + lotLength
      && name[beginning.count] == UInt8(ascii: "-")
  }
}

/// The owner and the permissions that a new file takes over from the one whose place it takes.
struct Likeness {
  /// Reading, writing and executing at most: set-user-ID and its like aren't taken over.
  let permissions: mode_t
  /// `nil` where there is no such file, or something else under its name.
  private let owner: (user: uid_t, group: gid_t)?

  /// Those of a file in an open folder that isn't a link; where there is none, the permissions given.
  init(of name: String, in folder: CInt, otherwise permissions: UInt32) throws(Errno) {
    var old = stat()
    let isThere = unsafe fstatat(folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0
    guard isThere || Errno.current == .noSuchFile else { throw .current }
    let isFile = isThere && old.st_mode & S_IFMT == S_IFREG
    self.permissions = (isFile ? old.st_mode : permissions) & 0o777
    owner = isFile ? (old.st_uid, old.st_gid) : nil
  }

  /// Gives them to a new file, whatever the process's mask is. At no moment anybody may do more with it than
  /// with the old one.
  func give(to file: borrowing FileDescriptor) throws(Errno) {
    var permissions = permissions
    if let owner, fchown(file.number, owner.user, owner.group) != 0 {
      // The owner stays where this user may not give files away; a group other than the old one may
      // do no more than others.
      _ = fchown(file.number, uid_t.max, owner.group)
      if file.group != owner.group {
        permissions &= ~0o070 | (permissions & 0o007) << 3
      }
    }
    guard fchmod(file.number, permissions) == 0 else { throw .current }
  }
}

extension Directory {
  /// Removes what runs that were killed may have left behind.
  func removeDrafts(of name: String) {
    let beginning = Array(Draft.beginning(of: name).utf8)
    var drafts: [String] = []
    try? forEachEntry { if Draft.isName($0, beginning: beginning) { drafts.append($0.text) } }
    for draft in drafts where isAbandoned(draft) { unlink(draft) }
  }

  /// True where nobody writes the draft any more; a symbolic link was planted, and counts too.
  private func isAbandoned(_ draft: String) -> Bool {
    do throws(ProcFSError) {
      let file = try open(draft, flags: FileDescriptor.forReading | O_NOFOLLOW)
      return file.isLockable
    } catch {
      return error.errno == .symbolicLink
    }
  }

  func unlink(_ name: String) { _ = unsafe unlinkat(descriptor.number, name, 0) }
}

extension FileDescriptor {
  /// True where nobody else has locked the file; from now on this process has. A file system
  /// without locks allows it to everybody.
  fileprivate var isLockable: Bool {
    flock(number, LOCK_EX | LOCK_NB) == 0 || Errno.current != .again
  }

  fileprivate var group: gid_t? {
    var information = stat()
    return unsafe fstat(number, &information) == 0 ? information.st_gid : nil
  }

  /// True where the file still has a name in some folder.
  fileprivate var hasName: Bool {
    var information = stat()
    return unsafe fstat(number, &information) != 0 || information.st_nlink > 0
  }
}
