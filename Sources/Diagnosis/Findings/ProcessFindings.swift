import Badness
import Changes
import Core
import ProcFS
package import Processes
import Protecting

/// Problems in the adjustments of processes. Each is reported once, where it matters most.
struct ProcessFindings {
  let machine: Machine
  /// All but the program itself.
  let subjects: [ScoredProcess]
  /// OpenSSH's servers that wait for connections.
  let listeners: [ScoredProcess]
  /// The folder `proc`.
  let folder: String

  func all(in world: borrowing World) -> [Finding] {
    unprotectedShells(in: world) + immuneServers(in: world) + logins(in: world) + users(in: world)
      + masters(in: world)
  }

  private func level(of subject: ScoredProcess) -> AdjustmentLevel? {
    AdjustmentLevel(subject.record, on: machine)
  }

  private func deep(where isMeant: (ScoredProcess) -> Bool) -> [ScoredProcess] {
    subjects.filter { isMeant($0) && level(of: $0)?.isDeep == true }
  }

  private func source(_ subject: ScoredProcess, _ level: AdjustmentLevel) -> String {
    "\(folder)/\(subject.id)/\(level.file)"
  }
}

extension ProcessFindings {
  private func unprotectedShells(in world: borrowing World) -> [Finding] {
    listeners.compactMap { listener in
      guard let level = level(of: listener), !level.isDeep else { return nil }
      return Finding(
        id: "sshd_unprotected", severity: .warning,
        text: "\(listener.label), which waits for logins, has \(level.text): the kernel may kill "
          + "it, and with it the way in", source: source(listener, level),
        remedy: protection(of: listener, in: world))
    }
  }

  /// A name that means several listeners would be refused.
  private func protection(of listener: ScoredProcess, in world: borrowing World) -> String {
    let whom = listeners.count == 1 ? "sshd" : "\(listener.id)"
    return listener.remedy(
      "oomctl protect \(whom)", to: Protect.lastInLine, on: machine, in: world)
  }

  /// Servers that grow by what they are asked for; of several of a family the first.
  private func immuneServers(in world: borrowing World) -> [Finding] {
    let immune = subjects.filter { subject in
      ServerKind(of: subject.record) != nil && level(of: subject)?.isComplete == true
    }
    return MainProcesses.roots(of: immune).compactMap { server in
      guard let kind = ServerKind(of: server.record), let level = level(of: server) else {
        return nil
      }
      return Finding(
        id: "server_immune", severity: .warning,
        text:
          "\(server.label), \(kind.words), has \(level.text): if it leaks, the kernel kills all "
          + "others in its place", source: source(server, level),
        remedy: "\(kind.advice(server.id)), and find the leak; \(Protect.lastInLine) is enough: "
          + server.remedy(to: Protect.lastInLine, on: machine, in: world))
    }
  }
}

extension ProcessFindings {
  /// Servers of many processes whose first one would die before those that it has started for its clients: with it
  /// all of them end.
  private func masters(in world: borrowing World) -> [Finding] {
    let servers = subjects.filter { $0.record.isKnown(as: .postgres) }
    return MainProcesses.roots(of: servers).compactMap { master in
      let workers = servers.filter { $0.record.parent == master.id }
      guard let level = level(of: master), let weight = standing(of: master),
        let heaviest = workers.compactMap({ standing(of: $0) }).max(), weight > heaviest
      else { return nil }
      return Finding(
        id: "server_before_workers", severity: .warning,
        text:
          "\(master.label) has \(level.text), and ranks before all \(workers.count) of the processes "
          + "that it has started: the kernel takes the whole server instead of one connection",
        source: source(master, level),
        remedy: "\(protection(ofServer: master, in: world)); its unit sets PG_OOM_ADJUST_FILE and "
          + "PG_OOM_ADJUST_VALUE=0, so that they don't inherit it.")
    }
  }

  private func protection(ofServer master: ScoredProcess, in world: borrowing World) -> String {
    master.remedy(
      "oomctl protect \(master.id)", to: Protect.lastInLine, on: machine, in: world)
  }

  /// Bytes of memory and of what the adjustment adds; `nil` where either isn't known.
  private func standing(of subject: ScoredProcess) -> Int? {
    guard let footprint = subject.footprint, let adjustment = subject.record.adjustment,
      let capacity = machine.capacity, let rule = machine.rule,
      let worth = rule.adjustmentWorth(adjustment, in: capacity)
    else { return nil }
    return footprint + worth.bytes(pageSize: capacity.pageSize)
  }

  /// Processes that were started from a login inherit, and so do all that are started from there.
  private func logins(in world: borrowing World) -> [Finding] {
    let low = deep { isOfLogin($0) && !isSpokenOf($0) }
    return family(
      low, id: "session_sheltered", severity: .warning,
      text: { level, verb in
        "of a login session \(verb) \(level.text), and whatever is started there inherits it"
      },
      advice:
        "new logins inherit what sshd itself was started with: look at OOMScoreAdjust= of its unit.",
      in: world)
  }

  private func isOfLogin(_ subject: ScoredProcess) -> Bool {
    if SecureShell.isSession(subject.record) { return true }
    guard let unit = subject.record.unit?.system, !SecureShell.contains(subject.record) else {
      return false
    }
    return unit.hasPrefix("session-") && unit.hasSuffix(".scope")
      && Origin(of: subject.record) == nil
  }

  private func isSpokenOf(_ subject: ScoredProcess) -> Bool {
    listeners.contains { $0.id == subject.id }
      || ServerKind(of: subject.record) != nil && level(of: subject)?.isComplete == true
  }

  /// Findings on people's processes: a warning, or information where an administrator chose the
  /// value for a service of theirs.
  private func users(in world: borrowing World) -> [Finding] {
    let accounts = Users(in: world)
    let low = deep { subject in
      subject.record.status?.effectiveUserID.map(accounts.isPerson) ?? false
        && Origin(of: subject.record) == nil && !isOfLogin(subject) && !isSpokenOf(subject)
    }
    // Other values than the lowest are what `oomctl protect` sets, for a service on purpose.
    let chosen = low.filter { subject in
      level(of: subject)?.isComplete == false && subject.record.unit?.user == nil
        && subject.record.unit?.system?.hasSuffix(".service") == true
        && subject.record.unit?.system?.hasPrefix("user@") == false
    }
    let ids = Set(chosen.map(\.id))
    return users(low.filter { !ids.contains($0.id) }, .warning, in: world)
      + users(chosen, .info, in: world)
  }

  private func users(
    _ low: [ScoredProcess], _ severity: Finding.Severity, in world: borrowing World
  ) -> [Finding] {
    family(
      low, id: "user_process_sheltered", severity: severity,
      text: { level, verb in
        "of an ordinary user \(verb) \(level.text): the kernel kills the system's own services first"
      }, advice: nil, in: world)
  }

  /// One finding on processes that probably inherited from each other.
  private func family(
    _ low: [ScoredProcess], id: String, severity: Finding.Severity,
    text: (_ of: AdjustmentLevel, _ verb: String) -> String, advice: String?,
    in world: borrowing World
  ) -> [Finding] {
    let roots = MainProcesses.roots(of: low)
    guard let first = roots.first, let level = level(of: first) else { return [] }
    let rest = low.count - 1
    let others = rest == 0 ? "" : " (and \(rest) more \(rest == 1 ? "has" : "have") as little)"
    let numbers = roots.prefix(5).map { "\($0.id)" }.joined(separator: " ")
    let command = first.remedy(
      "oomctl adjust -n 0 --tree \(numbers)", to: 0, on: machine, in: world)
    return [
      Finding(
        id: id, severity: severity, text: "\(first.label) \(text(level, "has"))\(others)",
        source: source(first, level),
        remedy: advice.map { "\(command); \($0)" } ?? command)
    ]
  }
}

/// Servers whose memory grows with what they are asked for.
package enum ServerKind: Equatable {
  case java
  case database

  package init?(of record: ProcessSnapshot) {
    if record.isKnown(as: .java) {
      self = .java
    } else if record.isKnown(as: .database) {
      self = .database
    } else {
      return nil
    }
  }

  var words: String {
    switch self {
    case .java: "a Java program"
    case .database: "a database"
    }
  }

  /// Advice on what to look at while it still runs.
  func advice(_ id: ProcessID) -> String {
    switch self {
    case .java:
      "Take a thread dump (jcmd \(id) Thread.print) and a heap dump (jcmd \(id) GC.heap_dump FILE) first"
    case .database: "Take a heap dump or the server's own statistics of its memory first"
    }
  }
}
