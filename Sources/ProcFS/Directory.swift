import Glibc

/// An open folder. What lies in it is read and written relative to it, so that what was opened once
/// can't be exchanged for something else under the same name.
public struct Directory: ~Copyable, Sendable {
  /// The folder's path, for messages.
  public let path: String
  /// True where symbolic links are resolved inside the folder, as for the tree of another machine.
  public let isConfined: Bool
  package let descriptor: FileDescriptor

  /// Opens a folder by its path.
  public init(path: String, isConfined: Bool = false) throws(ProcFSError) {
    do {
      descriptor = try unsafe FileDescriptor(opening: path, flags: FileDescriptor.asFolder)
    } catch {
      throw ProcFSError(opening: path, error)
    }
    self.path = path
    self.isConfined = isConfined
  }

  /// A folder that isn't there: nothing in it is, either.
  init(missing path: String, isConfined: Bool) {
    self.init(FileDescriptor(owning: -1), path: path, isConfined: isConfined)
  }

  init(_ descriptor: consuming FileDescriptor, path: String, isConfined: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.isConfined = isConfined
  }

  /// Opens a folder inside this one.
  public func directory(_ name: String) throws(ProcFSError) -> Directory {
    Directory(
      try open(name, flags: FileDescriptor.asFolder), path: path(of: name), isConfined: isConfined)
  }

  /// The path of something in this folder, for messages.
  public func path(of name: String) -> String {
    if name == "." { return path }
    return path.hasSuffix("/") || name.hasPrefix("/") ? path + name : path + "/" + name
  }

  /// The names of what lies in the folder, but `.` and `..`, in the file system's order.
  public func entries() throws(ProcFSError) -> [String] {
    var names: [String] = []
    try forEachEntry { name in
      let isDot = name.count == 1 && name[0] == UInt8(ascii: ".")
      let isDotDot = name.count == 2 && name[0] == UInt8(ascii: ".") && name[1] == name[0]
      if !isDot && !isDotDot { names.append(name.text) }
    }
    return names
  }

  /// The target of a symbolic link.
  public func link(_ name: String) throws(ProcFSError) -> String {
    // readlinkat(2) would follow the links on the way out of the folder.
    if isConfined, let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) {
      let rest = name[name.utf8.index(after: slash)...]
      return try directory(String(name[..<slash])).link(String(rest))
    }
    do {
      return try descriptor.link(name)
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(ofAbsence(error)))
    }
  }

  /// A file of the folder for reading, which is never waited for.
  package func fileForReading(_ name: String) throws(ProcFSError) -> FileDescriptor {
    try open(name, flags: FileDescriptor.forReading)
  }

  /// With `O_CREAT` the file is made with those permissions.
  package func open(
    _ name: String, flags: CInt, permissions: UInt32 = 0o644
  ) throws(ProcFSError) -> FileDescriptor {
    do {
      return try unsafe FileDescriptor(
        opening: name, in: descriptor.number, flags: flags, permissions: permissions,
        isConfined: isConfined)
    } catch {
      throw ProcFSError(opening: path(of: name), ofAbsence(error))
    }
  }

  /// The error, but absence in a folder that isn't there.
  private func ofAbsence(_ error: Errno) -> Errno {
    descriptor.number < 0 && error == .badDescriptor ? .noSuchFile : error
  }
}

extension Directory {
  /// Walks over the names in the folder without storing them.
  func forEachEntry(_ body: (Span<UInt8>) -> Void) throws(ProcFSError) {
    do {
      try descriptor.forEachEntry(body)
    } catch {
      throw ProcFSError(path: path, reason: .system(ofAbsence(error)))
    }
  }
}

extension Directory {
  /// Opens a file by its whole path for reading, which is never waited for.
  package static func file(_ path: String) throws(ProcFSError) -> FileDescriptor {
    do {
      return try unsafe FileDescriptor(opening: path, flags: FileDescriptor.forReading)
    } catch {
      throw ProcFSError(opening: path, error)
    }
  }

  /// The target of the symbolic link at a whole path; `EINVAL` where that isn't one.
  package static func link(at path: String) throws(Errno) -> String {
    try FileDescriptor.link(path, in: AT_FDCWD)
  }
}
