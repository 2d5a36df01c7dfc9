import Glibc

/// A process of the test's own, which is gone at the latest when the test is.
public final class Child {
  /// Its number, which nobody else gets before it is reaped.
  public let id: Int32
  private var isReaped = false

  /// Starts a program that sleeps, and waits until it does; the first of the words is its path.
  public init(_ words: [String] = ["/bin/sleep", "1000"]) throws {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    let failure = unsafe posix_spawn(&id, words[0], nil, nil, &arguments, environ)
    guard failure == 0 else {
      throw DataError(words[0], unsafe String(cString: strerror(failure)))
    }
    self.id = id
    // The call returns when the program is yet being loaded: sizes and even the name still change.
    let name = words[0].split(separator: "/").last ?? ""
    for _ in 0..<20_000 {
      if try text(at: "/proc/\(id)/stat").hasPrefix("\(id) (\(name)) S ") { return }
      usleep(500)
    }
    throw DataError(words[0], "doesn't sleep")
  }

  deinit {
    kill()
    reap()
  }

  /// Ends it, and waits until it is a zombie.
  public func kill() {
    guard !isReaped else { return }
    Glibc.kill(id, SIGKILL)
    var information = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) < 0,
      errno == EINTR
    {}
  }

  /// Takes the zombie away.
  public func reap() {
    guard !isReaped else { return }
    while waitpid(id, nil, 0) < 0, errno == EINTR {}
    isReaped = true
  }
}
