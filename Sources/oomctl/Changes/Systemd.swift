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
    world.isThisMachine && world.known(try world.directory(at: "/run/systemd/system")) != nil
  }

  /// A program's exit status, 128 and more where a signal ended it; `nil` where it can't be started. What
  /// it prints goes to the error stream: the output is ours.
  private static func run(_ words: [String]) -> Int32? {
    let errors = Console.Stream.errors.rawValue
    return (try? ChildProcess(words[0], words, output: errors, errors: errors))?.wait()
  }
}
