import Glibc

/// A program in a folder of the search path.
struct FoundProgram {
  /// As it is found.
  let path: String
  /// With all links followed.
  let realPath: String
  /// The file itself, whatever it is called: `device:inode`.
  let identity: String

  /// `nil` where there is nothing that can be run.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      unsafe access(path, X_OK) == 0, let real = unsafe realpath(path, nil)
    else { return nil }
    defer { unsafe free(real) }
    self.path = path
    realPath = unsafe String(cString: real)
    identity = "\(status.st_dev):\(status.st_ino)"
  }
}

extension Environment {
  /// The program that a shell would start for a name, with all links followed; `nil` where there is none.
  func program(for name: String) -> String? { programs(for: name).first { _ in true }?.realPath }

  /// All programs of that name in the folders of the path, in their order.
  func programs(for name: String, besides others: [String] = []) -> some Sequence<FoundProgram> {
    let folders = (variables["PATH"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
    return (folders.map(String.init) + others).lazy.compactMap { folder in
      // An empty one is the present folder.
      FoundProgram("\(folder.isEmpty ? "." : folder)/\(name)")
    }
  }
}
