package import Posix
public import ProcFS

// Making groups, and what is written into them (Documentation/admin-guide/cgroup-v2.rst).

extension CgroupHierarchy {
  /// The condition on which limited groups can be made below a group.
  public enum Accommodation: Hashable, Sendable {
    /// At once.
    case ready
    /// Once the memory controller is enabled for those below it, `+memory` in `cgroup.subtree_control`.
    case afterEnabling
  }

  /// The condition on which this process may make limited groups below a group; `nil` where it may
  /// not. Nothing is tried.
  ///
  /// With version 2 a group that has processes of its own can't enable controllers for those below
  /// it, except for the root.
  public func accommodation(in path: String) throws(ProcFSError) -> Accommodation? {
    guard let group = try ifPresent(try open(path)), group.hindrance(toWriting: ".") == nil else {
      return nil
    }
    if version == .one { return .ready }
    guard try Self.names(in: "cgroup.controllers", of: group).contains("memory"),
      group.hindrance(toWriting: "cgroup.procs") == nil
    else { return nil }
    if try Self.names(in: "cgroup.subtree_control", of: group).contains("memory") { return .ready }
    let isRoot = try ifPresent(try group.contents(of: "cgroup.events")) == nil
    let processes = try ifPresent(try group.contents(of: "cgroup.procs", isLong: true))
    let isEmpty = processes?.isEmpty ?? false
    guard isRoot || isEmpty, group.hindrance(toWriting: "cgroup.subtree_control") == nil else {
      return nil
    }
    return .afterEnabling
  }

  /// Names of the groups right below a group.
  public func groups(below path: String) throws(ProcFSError) -> [String] {
    try open(path).folders()
  }

  /// Makes a group below another one, unless there is one already.
  public func makeGroup(_ name: String, below path: String) throws(ProcFSError) {
    try open(path).makeDirectory(name)
  }

  /// Removes a group; false where it still has processes or groups.
  public func removeGroup(_ name: String, below path: String) throws(ProcFSError) -> Bool {
    let parent = try open(path)
    parent.removeIfEmpty(name)
    return try ifPresent(try parent.directory(name)) == nil
  }

  /// Writes into a file of a group.
  public func write(_ text: String, to file: String, of path: String) throws(ProcFSError) {
    try open(path).write(text, to: file)
  }

  /// Holds a group for as long as the lock lives, against others that do the same; `EAGAIN` when
  /// somebody else has it that long.
  package func lock(
    _ path: String, timeout milliseconds: Int
  ) throws(ProcFSError) -> FileLock {
    try FileLock("cgroup.procs", in: open(path), timeout: milliseconds)
  }

  /// The words in a file such as `cgroup.controllers`.
  private static func names(
    in file: String, of group: borrowing Directory
  ) throws(ProcFSError) -> [Substring] {
    let line: String? = try group.readIfPresent(file)
    return line?.split(separator: " ") ?? []
  }
}

extension Directory {
  /// Names of the folders in it.
  func folders() throws(ProcFSError) -> [String] {
    var names: [String] = []
    for name in try entries() where try hasFolder(name) { names.append(name) }
    return names
  }

  /// True where a name in it is that of a folder.
  fileprivate func hasFolder(_ name: String) throws(ProcFSError) -> Bool {
    do throws(ProcFSError) {
      _ = try ownDirectory(name)
      return true
    } catch {
      guard error.meaning == .absent || error.errno == .notADirectory else { throw error }
      return false
    }
  }
}
