import CLinux
import Glibc
package import ProcFS

/// A process of our own that takes settings back unless it is told in time that they may stay.
///
/// It is there before anything is written, in a session of its own, with its files open and its memory
/// locked: whatever the settings do to the machine, it needs nothing more.
package struct RevertProcess {
  /// Its number.
  package let id: ProcessID

  /// A text and the open file that it will be written to.
  package struct Step {
    fileprivate let file: CInt
    private let text: [UInt8]

    /// Opens the file, which stays open.
    package init(writing text: [UInt8], to path: String) throws(Errno) {
      file = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw .current }
      self.text = text
    }

    fileprivate func carryOut() {
      _ = unsafe text.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    }
  }

  /// The signal that lets the settings stay: SIGUSR1.
  package static let keeping = SIGUSR1
  /// The signal that takes them back at once: SIGUSR2; SIGTERM does so, too.
  package static let reverting = SIGUSR2

  /// The step at which a start failed.
  package enum Obstacle: Error {
    /// That system call of ours.
    case call(String, Errno)
    /// The process has ended before it was ready.
    case end
  }

  /// Starts it, and waits until it is ready.
  ///
  /// - Parameters:
  ///   - steps: What takes the settings back, in this order; the descriptors stay open in it.
  ///   - seconds: How long it waits to be told.
  package init(_ steps: [Step], after seconds: Int) throws(Obstacle) {
    var ends: InlineArray<2, Int32> = [-1, -1]
    var span = ends.mutableSpan
    let isPiped = unsafe span.withUnsafeMutableBufferPointer {
      unsafe pipe($0.baseAddress) == 0
    }
    guard isPiped else { throw .call("pipe", .current) }
    // Blocked before there are two, so that none comes too early.
    var former = sigset_t()
    unsafe Self.withSignals { unsafe _ = pthread_sigmask(SIG_BLOCK, $0, &former) }
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    let number = linux_fork()
    let errno = Errno.current
    if number == 0 {
      close(ends[0])
      Self.wait(steps, seconds, ready: ends[1])
    }
    close(ends[1])
    defer { close(ends[0]) }
    guard number > 0 else { throw .call("fork", errno) }
    var answer: UInt8 = 0
    guard unsafe read(ends[0], &answer, 1) == 1 else { throw .end }
    id = ProcessID(number)
  }

  /// Tells it to let the settings stay, or to take them back: one that was just started.
  package func tell(_ signal: CInt) { kill(id.rawValue, signal) }

  /// The life of that process.
  private static func wait(_ steps: [Step], _ seconds: Int, ready: Int32) -> Never {
    setsid()
    // A lock that it inherits would be held as long as it waits.
    for file in 3..<Self.mostFiles
    where file != ready && !steps.contains(where: { $0.file == file }) {
      close(file)
    }
    let null = unsafe open("/dev/null", O_RDWR)
    for stream in 0...2 { dup2(null, Int32(stream)) }
    // The OOM killer shouldn't take it. Where that can't be had its memory is small at least.
    let adjustment = unsafe open("/proc/self/oom_score_adj", O_WRONLY)
    _ = unsafe write(adjustment, "-1000", 5)
    _ = mlockall(MCL_CURRENT | MCL_FUTURE)
    var answer: UInt8 = 1
    _ = unsafe write(ready, &answer, 1)
    var timeout = timespec(tv_sec: seconds, tv_nsec: 0)
    let signal = unsafe withSignals { unsafe sigtimedwait($0, nil, &timeout) }
    if signal != keeping {
      for step in steps { step.carryOut() }
    }
    _exit(0)
  }

  /// More than this program ever has open.
  private static let mostFiles: Int32 = 256

  private static func withSignals<Result>(
    _ body: (UnsafePointer<sigset_t>) -> Result
  ) -> Result {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [keeping, reverting, SIGTERM] { unsafe sigaddset(&signals, signal) }
    return unsafe body(&signals)
  }
}
