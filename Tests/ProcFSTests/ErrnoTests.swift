import Glibc
import ProcFS
import Testing

@Suite("An error number")
struct ErrnoTests {
  @Test(
    "has the C library's words",
    arguments: [
      (Errno.notPermitted, EPERM, "Operation not permitted"),
      (.noSuchFile, ENOENT, "No such file or directory"),
      (.noSuchProcess, ESRCH, "No such process"),
      (.interrupted, EINTR, "Interrupted system call"),
      (.accessDenied, EACCES, "Permission denied"),
      (.invalidArgument, EINVAL, "Invalid argument"), (.notADirectory, ENOTDIR, "Not a directory"),
      (.brokenPipe, EPIPE, "Broken pipe"),
      (.notImplemented, ENOSYS, "Function not implemented"),
      (Errno(rawValue: 9999), 9999, "Unknown error 9999"),
    ])
  func words(errno: Errno, number: CInt, expected: String) {
    #expect(errno.rawValue == number && errno.description == expected)
  }

  @Test(
    "means that the process is gone, that looking is forbidden, or neither",
    arguments: [
      (Errno.noSuchFile, true, false), (.noSuchProcess, true, false), (.accessDenied, false, true),
      (.notPermitted, false, true), (.invalidArgument, false, false),
      (.notADirectory, false, false),
    ])
  func meanings(errno: Errno, isGone: Bool, isForbidden: Bool) {
    #expect(errno.meansGone == isGone && errno.meansForbidden == isForbidden)
  }
}

@Suite("An error of ProcFS")
struct ProcFSErrorTests {
  @Test(
    "says what and why",
    arguments: [
      (.system(.accessDenied), "/proc/17/exe: Permission denied"),
      (.malformed("a whole number"), "/proc/17/exe: expected a whole number"),
      (.shortWrite(written: 1, length: 4), "/proc/17/exe: only 1 of 4 bytes were written"),
    ] as [(ProcFSError.Reason, String)])
  func words(reason: ProcFSError.Reason, expected: String) {
    #expect(ProcFSError(path: "/proc/17/exe", reason: reason).description == expected)
  }

  @Test("has the kernel's number only if the kernel refused")
  func numbers() {
    #expect(ProcFSError(path: "x", reason: .system(.noSuchFile)).errno == .noSuchFile)
    #expect(ProcFSError(path: "x", reason: .malformed("y")).errno == nil)
    #expect(ProcFSError(path: "x", reason: .shortWrite(written: 0, length: 1)).errno == nil)
  }
}
