import Glibc

/// The device and the inode that identify a file, under whichever name (inode(7)).
public struct FileIdentity: Hashable, Sendable {
  /// The device that the file is on.
  public let device: UInt64
  /// Its number there.
  public let inode: UInt64

  /// From both numbers.
  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  init(_ information: stat) {
    self.init(device: UInt64(information.st_dev), inode: UInt64(information.st_ino))
  }

  /// Of what a path leads to, with all links followed (stat(2)); `nil` where that can't be told.
  public init?(of path: String) {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return nil }
    self.init(information)
  }

  /// True where a program in this file acts as the file's owner (`S_ISUID`); false where that isn't
  /// known.
  public static func isSetUserID(_ path: String) -> Bool {
    var information = stat()
    return unsafe stat(path, &information) == 0 && information.st_mode & S_ISUID != 0
  }
}

extension Process {
  /// The file of its program, whatever the process's own mounts call it: `exe` leads to the file itself. Only
  /// its owner and root may look.
  public var executableFile: FileIdentity {
    get throws(ProcFSError) {
      var information = Glibc.stat()
      let folder = directory.descriptor.number
      do throws(Errno) {
        _ = try Errno.patiently { unsafe Int(fstatat(folder, "exe", &information, 0)) }
      } catch {
        throw ProcFSError(path: directory.path(of: "exe"), reason: .system(error))
      }
      return FileIdentity(information)
    }
  }

  /// A name of the namespace that its paths belong to, as `mnt:[4026531841]`.
  public var mountNamespace: String {
    get throws(ProcFSError) { try directory.link("ns/mnt") }
  }
}

extension ProcFS {
  /// A name of the reader's own mount namespace.
  public var mountNamespace: String {
    get throws(ProcFSError) { try directory.link("self/ns/mnt") }
  }
}
