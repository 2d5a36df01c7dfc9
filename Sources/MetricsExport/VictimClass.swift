import Diagnosis
import ProcFS
import Processes

/// The class of a victim by the harm that its death does, for an alert while the kernel still has a
/// choice.
enum VictimClass: String, CaseIterable, Sendable {
  /// It waits for logins: without it nobody gets in.
  case login
  case database
  /// It runs all containers.
  case containerRuntime = "container_runtime"
  /// A part of the system that others need.
  case system
  /// Somebody has put it last in line, and still it is next.
  case protected
  case ordinary

  private static let runtimes: Set = ["dockerd", "containerd", "kubelet", "crio", "podman", "lxd"]
  private static let services: Set = [
    "systemd", "systemd-journal", "systemd-journald", "systemd-udevd", "systemd-logind",
    "systemd-network", "systemd-networkd", "systemd-resolve", "systemd-resolved", "dbus-daemon",
    "dbus-broker", "dbus-broker-lau", "NetworkManager", "polkitd", "libvirtd", "init", "rsyslogd",
    "auditd", "cron", "crond", "chronyd", "multipathd", "iscsid", "corosync", "pacemakerd",
  ]

  init(of subject: ScoredProcess, listeners: [ScoredProcess], on machine: Machine) {
    let names = subject.record.names
    if listeners.contains(where: { $0.id == subject.id }) {
      self = .login
    } else if ServerKind(of: subject.record) == .database {
      self = .database
    } else if names.contains(where: Self.runtimes.contains) {
      self = .containerRuntime
    } else if names.contains(where: Self.services.contains), !subject.isOfUser {
      self = .system
    } else if AdjustmentLevel(subject.record, on: machine)?.isDeep == true {
      self = .protected
    } else {
      self = .ordinary
    }
  }
}

extension ScoredProcess {
  /// True where a user's own manager or session runs it, as the D-Bus of a desktop.
  fileprivate var isOfUser: Bool {
    let unit = record.unit?.system ?? ""
    return unit.hasPrefix("user@") || unit.hasPrefix("session-")
  }
}
