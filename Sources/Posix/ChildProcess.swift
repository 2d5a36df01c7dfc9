import CLinux
import Glibc
package import ProcFS

/// A program that this one started, without a shell.
///
/// It never outlives this value, nor this program, whatever ends that.
package final class ChildProcess {
  let id: pid_t
  private var ending: Int32?
  private var isGone = false

  /// Starts it.
  ///
  /// - Parameters:
  ///   - path: Its executable.
  ///   - words: What it is told, beginning with what it was called by.
  ///   - variables: Its environment; ours without one.
  ///   - input: The descriptor that it reads from; nothing is there to read without one.
  ///   - output: The descriptor that it writes to.
  ///   - errors: The descriptor that it complains to; nobody hears it without one.
  ///   - kept: Further descriptors that it has under the same numbers, all above 2.
  package init(
    _ path: String, _ words: [String], variables: [String]? = nil, input: CInt? = nil,
    output: CInt, errors: CInt? = nil, keeping kept: [CInt] = []
  ) throws(Errno) {
    // All that the child uses lies ready, as it may call next to nothing (signal-safety(7)).
    let nothing = FileDescriptor(owning: unsafe open("/dev/null", O_RDWR | O_CLOEXEC))
    guard nothing.number >= 0 else { throw .current }
    let program = Strings([path])
    let arguments = Strings(words)
    let environment = variables.map { Strings($0) }
    let numbers = Numbers(kept)
    let report = try Pipe()
    let start = unsafe Start(
      path: program.pointers[0], arguments: arguments.pointers,
      environment: environment?.pointers ?? environ, parent: getpid(),
      input: input ?? nothing.number, output: output, errors: errors ?? nothing.number,
      kept: numbers.buffer, report: report.writer.number)
    // The status of ended children can't be asked for where SIGCHLD is ignored.
    signal(SIGCHLD, SIG_DFL)
    // No handler of ours runs in the child.
    var all = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &former)
    let id = linux_fork()
    if id == 0 { unsafe start.become() }
    let errno = Errno.current
    unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
    guard id > 0 else { throw errno }
    self.id = id
    if let failure = Self.failure(report.keepReader()) {
      end()
      throw failure
    }
  }

  deinit { end() }

  /// The error of a child that can't become the program; the pipe is closed when it does.
  private static func failure(_ report: consuming FileDescriptor) -> Errno? {
    var number = InlineArray<4, UInt8>(repeating: 0)
    var span = number.mutableSpan
    guard let count = try? report.read(into: &span), count == 4 else { return nil }
    return Errno(rawValue: unsafe number.span.bytes.unsafeLoad(as: CInt.self))
  }

  /// Waits for its end, so long at most: its exit status, or 128 and the signal that ended it; `nil` where
  /// it goes on.
  package func wait(atMost milliseconds: Int) -> Int32? {
    let deadline = MonotonicClock.microseconds + Int64(milliseconds) * 1000
    var pause: Int64 = 1000
    while !isGone {
      var status = CInt()
      let result = unsafe waitpid(id, &status, WNOHANG)
      if result == id {
        isGone = true
        let signal = status & 0x7F
        ending = signal == 0 ? status >> 8 & 0xFF : 128 + signal
      } else if result < 0, errno != EINTR {
        isGone = true
      } else {
        let left = deadline - MonotonicClock.microseconds
        guard left > 0 else { break }
        usleep(UInt32(min(pause, left)))
        pause = min(2 * pause, Self.longestPause)
      }
    }
    return ending
  }

  /// In microseconds.
  private static let longestPause: Int64 = 50_000

  /// Ends it, unless it has ended. One that the kernel doesn't let go yet, in the middle of reading from a
  /// disk, isn't waited for.
  package func end() {
    guard !isGone else { return }
    kill(id, SIGKILL)
    _ = wait(atMost: 1000)
  }
}

/// The steps of a child between fork(2) and the program that it becomes: none takes memory or a
/// lock.
@unsafe private struct Start {
  let path: UnsafeMutablePointer<CChar>?
  let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  let environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  let parent: pid_t
  let input: CInt
  let output: CInt
  let errors: CInt
  let kept: UnsafeBufferPointer<CInt>
  let report: CInt

  func become() -> Never {
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL), 0, 0, 0)
    // It may have died before we said so.
    guard unsafe getppid() == parent else { _exit(127) }
    let report = unsafe Self.raised(report)
    // Each at a number that none of those is copied to.
    let input = unsafe Self.raised(input)
    let output = unsafe Self.raised(output)
    let errors = unsafe Self.raised(errors)
    dup2(input, 0)
    dup2(output, 1)
    dup2(errors, 2)
    for index in unsafe kept.indices { _ = unsafe fcntl(kept[index], F_SETFD, 0) }
    // Signals that this program ignores have their usual effect again, and those that it reads like
    // a file are delivered.
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_DFL)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
    if let path = unsafe path { unsafe execve(path, arguments, environment) }
    var number = errno
    _ = unsafe write(report, &number, MemoryLayout<CInt>.size)
    _exit(127)
  }

  private static func raised(_ file: CInt) -> CInt {
    file > 2 ? file : fcntl(file, F_DUPFD_CLOEXEC, 3)
  }
}

/// A line from one program to another (pipe2(2)).
package struct Pipe: ~Copyable {
  private let reader: FileDescriptor
  package let writer: FileDescriptor

  package init() throws(Errno) {
    var ends: InlineArray<2, CInt> = [-1, -1]
    var span = ends.mutableSpan
    let result = unsafe span.withUnsafeMutableBufferPointer {
      unsafe linux_pipe2($0.baseAddress, O_CLOEXEC)
    }
    guard result == 0 else { throw .current }
    reader = FileDescriptor(owning: ends[0])
    writer = FileDescriptor(owning: ends[1])
  }

  /// Closes the writer's end here, which is to be in another program by now.
  package consuming func keepReader() -> FileDescriptor { reader }
}
