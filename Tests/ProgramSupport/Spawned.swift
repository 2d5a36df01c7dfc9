package import Glibc
import TestSupport

/// A program started by a test.
package struct Spawned {
  package let id: pid_t
  private let hasOwnGroup: Bool

  /// Where its output goes.
  package enum Sink {
    case file(String)
    /// A pipe that nobody reads from any more.
    case closedPipe
  }

  /// Starts the program at `path`; `name` is what it is told that it was called by.
  package init(
    _ path: String, _ words: [String] = [], name: String? = nil, output: Sink = .file("/dev/null"),
    errors: String = "/dev/null", hasOwnGroup: Bool = false
  ) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var pipe: [CInt] = [-1, -1]
    switch output {
    case .file(let path):
      unsafe posix_spawn_file_actions_addopen(&actions, 1, path, Self.forWriting, 0o644)
    case .closedPipe:
      guard unsafe Glibc.pipe(&pipe) == 0 else { throw DataError("pipe", "can't be made") }
      close(pipe[0])
      unsafe posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
      unsafe posix_spawn_file_actions_addclose(&actions, pipe[1])
    }
    defer { if pipe[1] >= 0 { close(pipe[1]) } }
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, Self.forWriting, 0o644)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Threads of tests block signals, which would be inherited.
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe posix_spawnattr_setsigmask(&attributes, &mask)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | (hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)))

    var arguments = unsafe ([name ?? path] + words).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    let error = unsafe posix_spawn(&id, path, &actions, &attributes, &arguments, environ)
    guard error == 0 else { throw DataError(path, "can't be started") }
    self.id = id
    self.hasOwnGroup = hasOwnGroup
  }

  private static let forWriting = O_WRONLY | O_CREAT | O_TRUNC

  /// Waits for its end: its exit status, or 128 and the signal that ended it.
  @discardableResult
  package func wait() -> Int {
    var status: CInt = 0
    while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Int(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
  }

  /// Ends it, and with it those in its group if it has one of its own.
  package func stop() {
    kill(hasOwnGroup ? -id : id, SIGKILL)
    wait()
  }
}
