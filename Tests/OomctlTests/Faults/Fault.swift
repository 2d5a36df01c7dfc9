/// An error that a call to the kernel comes back with, the n-th time that a process makes it.
struct Fault: CustomStringConvertible {
  let call: String
  let error: String
  /// From 1.
  let occurrence: Int
  /// What the call is about, as strace shows it in a run without faults.
  var object = ""

  var description: String { "\(call) #\(occurrence) (\(object)): \(error)" }

  /// What it says of a file: that we may not have it. All else says that something is wrong.
  var meansHidden: Bool { error == "EACCES" }

  /// Whether it happens before the program itself looks at anything.
  var isAtStart: Bool {
    object.contains("/maps") || object.contains("/proc/self/exe") || object.contains("swift")
      || object.contains("/sys/devices/system/cpu")
  }

  /// Whether the call has to be made again: it may be interrupted, and was.
  var mustBeRetried: Bool { error == "EINTR" && Self.interruptible.contains(call) && !isAtStart }

  private static let interruptible: Set = [
    "open", "openat", "openat2", "read", "pread64", "write", "pwrite64", "flock", "fsync",
    "fdatasync",
  ]
}

extension Fault {
  static let opening = ["open", "openat", "openat2"]
  static let reading = [
    "read", "pread64", "getdents64", "readlink", "readlinkat", "stat", "lstat", "fstat",
    "newfstatat", "statx", "fstatfs",
  ]
  static let writing = [
    "write", "pwrite64", "rename", "renameat", "renameat2", "fsync", "fdatasync", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "fchmod", "ftruncate", "flock",
  ]

  /// Those that are tried, where a call is made so often. Each open and read gets each kind of them: it is
  /// hidden, it is interrupted, something is wrong. Other calls, and those of a sample, get one in turn.
  static func errors(at occurrence: Int, of call: String) -> [String] {
    let wrong = ["ENFILE", "EIO", "ENOMEM"]
    let other = wrong[(occurrence + call.utf8.count) % wrong.count]
    if FaultScope.hasAllErrors { return wrong + ["EINTR", "EACCES"] }
    let isMain = opening.contains(call) || main.contains(call)
    if FaultScope.isWhole && isMain { return [other, "EINTR", "EACCES"] }
    return [[other, "EINTR", "EACCES", other][occurrence % 4]]
  }

  private static let main = ["read", "getdents64", "write", "fsync", "readlinkat"]
}
