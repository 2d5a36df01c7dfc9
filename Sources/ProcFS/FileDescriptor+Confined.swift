import Glibc

extension FileDescriptor {
  /// Opens a path below a folder that nothing in it leads out of, for kernels without openat2(2) (before
  /// 5.6, or where a container forbids it): step by step, and links by hand, as `RESOLVE_IN_ROOT` has it.
  static func openStepByStep(
    _ path: String, below root: CInt, flags: CInt, permissions: mode_t = 0o644
  ) throws(Errno) -> FileDescriptor {
    var walk = Walk(root: root)
    defer { walk.close() }
    var rest = path.split(separator: "/").map(String.init)
    var linkCount = 0
    while !rest.isEmpty {
      let component = rest.removeFirst()
      switch component {
      case ".": continue
      case "..": walk.leave()
      default:
        let isFinal = rest.isEmpty && flags & O_NOFOLLOW != 0
        if !isFinal, let target = try? walk.link(component) {
          linkCount += 1
          guard linkCount <= 40 else { throw Errno(rawValue: ELOOP) }
          if target.hasPrefix("/") { walk.leaveAll() }
          rest = target.split(separator: "/").map(String.init) + rest
        } else if rest.isEmpty {
          return try walk.open(component, flags: flags, permissions)
        } else {
          try walk.enter(component)
        }
      }
    }
    return try walk.open(".", flags: flags, permissions)
  }

  /// The folders entered on the way, the innermost last.
  private struct Walk {
    let root: CInt
    var folders: [CInt] = []

    var current: CInt { folders.last ?? root }

    func link(_ name: String) throws(Errno) -> String {
      try FileDescriptor.link(name, in: current)
    }

    func open(
      _ name: String, flags: CInt, _ permissions: mode_t
    ) throws(Errno) -> FileDescriptor {
      let number = unsafe openat(current, name, flags | O_NOFOLLOW | O_CLOEXEC, permissions)
      guard number >= 0 else { throw .current }
      return FileDescriptor(owning: number)
    }

    mutating func enter(_ name: String) throws(Errno) {
      let number = unsafe openat(
        current, name, FileDescriptor.asFolder | O_NOFOLLOW | O_CLOEXEC)
      guard number >= 0 else { throw .current }
      folders.append(number)
    }

    /// The root is its own parent.
    mutating func leave() {
      if let folder = folders.popLast() { Glibc.close(folder) }
    }

    mutating func leaveAll() {
      while !folders.isEmpty { leave() }
    }

    mutating func close() { leaveAll() }
  }
}
