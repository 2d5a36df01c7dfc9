import Glibc
import ProcFS

/// systemd as far as it must be told that its files have changed.
enum Systemd {
  /// Lets it read its files anew where some of those were changed and it runs here.
  static func reload(after changes: [Change], in world: borrowing World) -> [Remark] {
    let isConcerned = changes.contains { change in
      guard change.result == .done, case .file(let write) = change.deed else { return false }
      return write.path.hasPrefix("/etc/systemd/system/")
    }
    guard isConcerned, isRunning(in: world) else { return [] }
    guard let status = run(["/usr/bin/systemctl", "daemon-reload"]) else {
      return [.error("/usr/bin/systemctl can't be run", advice: advice)]
    }
    return status == 0
      ? [] : [.error("systemctl daemon-reload ended with status \(status)", advice: advice)]
  }

  private static let advice =
    "The files are written; systemd reads them at the next 'systemctl daemon-reload'."

  /// sd_booted(3).
  private static func isRunning(in world: borrowing World) -> Bool {
    world.isThisMachine && (try? world.directory(at: "/run/systemd/system")) != nil
  }

  /// A program's exit status, 128 and more where a signal ended it; `nil` where it can't be started. What
  /// it prints goes to the error stream: the output is ours.
  private static func run(_ words: [String]) -> Int32? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, 2, 1)
    // A pipe that breaks is to end it as ever.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    guard unsafe posix_spawn(&id, words[0], &actions, &attributes, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
