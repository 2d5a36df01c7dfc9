import Glibc

extension Environment {
  /// The program that a shell would start for a name, with all links followed; `nil` where there is none.
  func program(for name: String) -> String? {
    for folder in (variables["PATH"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
    {
      // An empty one is the present folder.
      let path = "\(folder.isEmpty ? "." : folder)/\(name)"
      var status = stat()
      guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        unsafe access(path, X_OK) == 0, let real = unsafe realpath(path, nil)
      else { continue }
      defer { unsafe free(real) }
      return unsafe String(cString: real)
    }
    return nil
  }
}
