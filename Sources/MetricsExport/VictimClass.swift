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

  init(of subject: ScoredProcess, listeners: [ScoredProcess], on machine: Machine) {
    let record = subject.record
    if listeners.contains(where: { $0.id == subject.id }) {
      self = .login
    } else if record.isKnown(as: .database) {
      self = .database
    } else if record.isKnown(as: .containerRuntime) {
      self = .containerRuntime
    } else if record.isKnown(as: .system), !subject.isOfUser {
      self = .system
    } else if AdjustmentLevel(record, on: machine)?.isDeep == true {
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
