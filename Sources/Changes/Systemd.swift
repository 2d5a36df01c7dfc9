import Core
import Posix

/// systemd as far as it must be told that its files have changed.
enum Systemd {
  /// Lets it read its files anew where some of those were changed and it runs here.
  static func reload(after changes: [Change], in world: borrowing World) -> [Remark] {
    let isConcerned = changes.contains { change in
      guard change.result == .done, case .file(let write) = change.action else { return false }
      return write.path.hasPrefix("/etc/systemd/system/")
    }
    guard isConcerned, isRunning(in: world) else { return [] }
    return daemonReload(in: world.environment)
  }

  /// Its output goes to the error stream: the standard output is ours.
  static func daemonReload(in environment: Environment) -> [Remark] {
    guard let path = environment.helper("systemctl") else {
      return [.error("systemctl: isn't installed", advice: advice)]
    }
    let errors = Console.Stream.errors.rawValue
    let client: ChildProcess
    do {
      client = try ChildProcess(
        path, ["systemctl", "daemon-reload"], variables: environment.helperVariables,
        output: errors, errors: errors)
    } catch {
      return [.error("\(path): \(error)", advice: advice)]
    }
    guard let status = client.wait(atMost: environment.systemdTimeout) else {
      client.end()
      return [
        .error(
          "systemctl daemon-reload: didn't end within \(environment.systemdTimeout / 1000) s, and was stopped",
          advice: advice)
      ]
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
}
