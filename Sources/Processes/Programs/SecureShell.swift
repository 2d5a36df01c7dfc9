package import Core
import ProcFS

/// The kinds of processes of OpenSSH's server. The listener protects itself at its start, and
/// passes the value that it was started with on to every login (openssh,
/// openbsd-compat/port-linux.c `oom_adjust_setup`).
package enum SecureShell {
  /// True if a process belongs to the server at all.
  package static func contains(_ record: ProcessSnapshot) -> Bool {
    names.contains(record.name ?? "") || record.names.contains { names.contains($0) }
      || isSession(record)
  }

  /// True if a systemd unit is the server's.
  package static func isUnit(_ name: String) -> Bool {
    ["ssh.service", "sshd.service"].contains(name) || name.hasPrefix("ssh@")
      || name.hasPrefix("sshd@")
  }

  /// The names of its programs.
  package static let names = ["sshd", "sshd-session", "sshd-auth"]

  /// True if it serves a connection: such processes write their state over their command line.
  package static func isSession(_ record: ProcessSnapshot) -> Bool {
    if ["sshd-session", "sshd-auth"].contains(record.name ?? "") { return true }
    let title = record.commandLine?.first ?? ""
    if title.hasPrefix("sshd-session: ") || title.hasPrefix("sshd-auth: ") { return true }
    return title.hasPrefix("sshd: ") && !isTitledListener(record)
  }

  private static func isTitledListener(_ record: ProcessSnapshot) -> Bool {
    // By bytes: the standard library's search would look at characters.
    (record.commandLine?.text ?? "").utf8.split(separator: UInt8(ascii: " "))
      .contains { $0.elementsEqual("[listener]".utf8) }
  }

  /// Processes that wait for connections: those with a listening socket, else those whose title
  /// says so, else those whose title says nothing else, as in releases before 8.2. A session may
  /// listen too, for a port that it forwards.
  ///
  /// A listener belongs to root and the system: anyone may give a program that name and have it
  /// listen, and a container may have a server of its own.
  package static func listeners(among subjects: [ScoredProcess], in world: borrowing World)
    -> [ScoredProcess]
  {
    let others = subjects.filter {
      contains($0.record) && !isSession($0.record) && isSystems($0.record)
    }
    var holders: [ScoredProcess] = []
    for subject in others {
      // Only root may look into root's.
      if world.known(try world.proc.process(subject.id).isListening) ?? false {
        holders.append(subject)
      }
    }
    if !holders.isEmpty { return holders }
    let titled = others.filter { isTitledListener($0.record) }
    return titled.isEmpty ? others : titled
  }

  private static func isSystems(_ record: ProcessSnapshot) -> Bool {
    guard let status = record.status else { return false }
    let users = [status.realUserID, status.effectiveUserID, status.savedUserID ?? 0]
    return users.allSatisfy { $0 == 0 } && status.namespaceDepth ?? 1 == 1
  }

  /// The reason why there is no listener.
  package static func absence(of subjects: [ScoredProcess]) -> Failure {
    let isActivated = subjects.contains { subject in
      let unit = subject.record.unit?.system ?? ""
      return unit.hasPrefix("sshd@") || unit.hasPrefix("ssh@")
    }
    let failure =
      isActivated
      ? Failure(
        "sshd has no listener here: systemd listens, and starts an sshd for each connection",
        advice: "Nothing needs protection: systemd is process 1, and sessions are left alone.")
      : Failure(
        "no sshd that listens was found, only sessions of it, which are left alone",
        advice: "Look with 'oomctl list sshd -o pid,command,unit' who serves the logins.")
    return failure.asAbsence
  }
}
