/// What systemd does with a service once the kernel has killed one of its processes (systemd.service(5), `OOMPolicy=`
/// and `Restart=`).
package struct UnitEnd: Equatable, Sendable {
  /// What becomes of its other processes.
  package enum Policy: String, Sendable {
    /// They go on.
    case goesOn = "continue"
    /// systemd ends them.
    case stop
    /// The kernel kills them with the first one: `memory.oom.group`.
    case kill
  }

  /// As `OOMPolicy=` says, by default `stop`; `continue` for a service that gives its processes groups of its own
  /// (`Delegate=`).
  package let policy: Policy
  /// As `Restart=` says, by default `no`.
  package let restart: String

  /// From a service's files, where nothing in systemd's own configuration says otherwise.
  package init(of files: UnitFiles) {
    let delegates = files.last("Delegate", in: "Service").map { $0.value != "no" } ?? false
    policy =
      files.last("OOMPolicy", in: "Service").flatMap { Policy(rawValue: $0.value) }
      ?? (delegates ? .goesOn : .stop)
    restart = files.last("Restart", in: "Service")?.value ?? "no"
  }

  /// True where systemd starts the service again after such a kill: its result is `oom-kill`.
  package var isStartedAgain: Bool { ["always", "on-failure", "on-abnormal"].contains(restart) }

  /// A sentence without its subject: `ends the rest of it (OOMPolicy=stop), and doesn't start it again (Restart=no)`.
  package var phrase: String {
    let rest =
      switch policy {
      case .goesOn:
        "leaves the rest of it alone (OOMPolicy=continue) unless it was its main process"
      case .stop: "ends the rest of it (OOMPolicy=stop)"
      case .kill: "finds the rest of it killed, too (OOMPolicy=kill)"
      }
    return "\(rest), and \(isStartedAgain ? "starts it again" : "doesn't start it again")"
      + " (Restart=\(restart))"
  }
}
