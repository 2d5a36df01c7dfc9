import Configuration
import Core
import ProcFS
import Processes
import Protecting

extension RuleCheck {
  /// Holds every rule against every process; `rules` are the book's, as they stand in the file.
  init(
    of book: RuleBook, from rules: [GuardRule], on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    var rows = rules.map {
      Row(
        line: $0.line, rule: $0.selectors.map(\.spelling).joined(separator: " "),
        adjustment: $0.adjustment)
    }
    var reader = ProcessReader()
    let needs = book.needs.union([.stat, .status, .adjustment, .commandLine])
    _ = try reader.records(needs: needs, in: world.proc) { record in
      guard RuleEnforcer.mayAdjust(record) else { return }
      let matching = book.rules.indices.filter { book.rules[$0].selection.means(record) }
      let held = matching.filter { book.mayHold(book.rules[$0], of: record, on: machine) }
      for index in matching {
        rows[index].matches.append(
          Match(
            id: record.id, label: "\(record.name ?? "?")[\(record.id)]",
            isDecided: index == held.last, isSession: SecureShell.isSession(record),
            isOthers: !held.contains(index), adjustment: record.adjustment))
      }
    }
    for index in rows.indices { rows[index].claimants = book.claimants(of: book.rules[index]) }
    var remarks = reader.remarks
    for (rule, row) in zip(rules, rows) {
      remarks += [row.shellRemark(rule, in: book.path), rule.matchRemark(in: book.path)]
        .compactMap { $0 }
    }
    let hiddenCount = reader.hiddenCount + reader.hiddenProgramCount
    if hiddenCount > 0 {
      remarks.append(
        .note("\(Completeness.phrase(hiddenCount)) hidden"))
    }
    self.init(
      path: book.path, rows: rows, remarks: remarks,
      isComplete: hiddenCount + reader.problemCount == 0)
  }
}

extension RuleCheck.Row {
  /// A program that is started from a login inherits its session's value: a warning where that is
  /// lowered.
  fileprivate func shellRemark(_ rule: GuardRule, in path: String) -> Remark? {
    let sessions = matches.filter(\.isSession)
    let lowered = sessions.filter {
      $0.isDecided && (adjustment < 0 || adjustment < $0.adjustment ?? 0)
    }
    let subject: String
    if !lowered.isEmpty {
      let labels = lowered.prefix(3).map(\.label).joined(separator: ", ")
      subject = "lowers sessions of sshd too (\(labels)\(lowered.count > 3 ? ", …" : ""))"
    } else if sessions.isEmpty, adjustment < 0, rule.isForSecureShell {
      subject = "lowers sessions of sshd too, once there are any"
    } else {
      return nil
    }
    var remark = Remark.note(
      "\(path):\(line): \(subject): whatever is started from a login inherits \(adjustment)")
    remark.advice = "'oomctl protect sshd' protects only the process that listens."
    return remark
  }
}

extension GuardRule {
  /// An expression may hold any text, also what its writer took for the next selector.
  fileprivate func matchRemark(in path: String) -> Remark? {
    guard let word = selectors.lazy.compactMap(\.swallowedSelector).first else { return nil }
    var remark = Remark.note(
      "\(path):\(line): '\(word)' is part of the expression: match: takes the rest of the line")
    remark.advice = "Put match: last, after all other selectors."
    return remark
  }

  /// True where it is about the server as a whole, as far as its words say.
  fileprivate var isForSecureShell: Bool {
    selectors.contains(where: \.isForSecureShell)
      && selectors.allSatisfy { $0.isForSecureShell || $0.kind == .user }
  }
}

extension RuleSelector {
  fileprivate var isForSecureShell: Bool {
    let base = text.lastPathComponent
    return switch kind {
    case .bare, .name, .exe: SecureShell.names.contains(base)
    case .unit: SecureShell.isUnit(text.hasSuffix(".service") ? text : text + ".service")
    case .cgroup: SecureShell.isUnit(base)
    case .match, .user, .parent: false
    }
  }
}
