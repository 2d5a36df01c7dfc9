import Glibc

/// What makes a file that file, under whichever name: its device and its inode (inode(7)).
public struct FileIdentity: Hashable, Sendable {
  /// The device that it lies on.
  public let device: UInt64
  /// Its number there.
  public let inode: UInt64

  init(_ information: stat) {
    device = UInt64(information.st_dev)
    inode = UInt64(information.st_ino)
  }

  /// Of what a path leads to, with all links followed (stat(2)); `nil` where that can't be told.
  public init?(of path: String) {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return nil }
    self.init(information)
  }

  /// Whether whoever runs the file acts as its owner (`S_ISUID`); false where it can't be told.
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
  /// The same of the reader's own.
  public var mountNamespace: String {
    get throws(ProcFSError) { try directory.link("self/ns/mnt") }
  }
}
