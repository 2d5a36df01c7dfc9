import CLinux
import Glibc
import ProcFS

/// A program that this one started, without a shell (posix_spawn(3)).
///
/// It never outlives this value: one that nobody waited for is ended.
final class ChildProcess {
  let id: pid_t
  private var isReaped = false

  /// Starts it.
  ///
  /// - Parameters:
  ///   - path: Its executable.
  ///   - words: What it is told, beginning with what it was called by.
  ///   - input: The descriptor that it reads from; nothing is there to read without one.
  ///   - output: The descriptor that it writes to.
  ///   - errors: The descriptor that it complains to; nobody hears it without one.
  init(
    _ path: String, _ words: [String], input: CInt? = nil, output: CInt, errors: CInt? = nil
  ) throws(Errno) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    if let errors {
      unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    // A pipe that breaks is to end it as ever, and signals that we read like a file are to reach it.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    let error = unsafe posix_spawn(&id, path, &actions, &attributes, &arguments, environ)
    guard error == 0 else { throw Errno(rawValue: error) }
    self.id = id
  }

  deinit {
    guard !isReaped else { return }
    kill(id, SIGKILL)
    _ = wait()
  }

  /// Waits for its end: its exit status, or 128 and the signal that ended it. Asked once.
  func wait() -> Int32? {
    isReaped = true
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}

/// A line from one program to another (pipe2(2)).
struct Pipe: ~Copyable {
  private let reader: FileDescriptor
  let writer: FileDescriptor

  init() throws(Errno) {
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
  consuming func keepReader() -> FileDescriptor { reader }
}
