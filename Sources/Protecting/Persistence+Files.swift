import Changes
import Configuration
import Core
import ProcFS
import Rendering

extension Persistence {
  /// The changes of files that make an adjustment last: one for each unit, one for all rules, and a row of
  /// its own for each that is refused.
  ///
  /// - Parameter isKept: Whether what certain selectors mean has a lower value already by the rules.
  static func changes(
    for kinds: [Persistence], to adjustment: Int, isForced: Bool,
    keeping isKept: (String) -> Bool, in world: borrowing World
  ) -> [Change] {
    var changes: [Change] = []
    var rules: [String] = []
    for kind in kinds {
      switch kind {
      case .dropIn(let unit):
        changes.append(dropIn(unit, adjustment, isForced: isForced, in: world))
      case .rule(let selectors): rules.append(selectors)
      case .refused(let refusal): changes.append(refusal.change)
      }
    }
    if !rules.isEmpty {
      changes.append(self.rules(rules, adjustment, keeping: isKept, in: world))
    }
    return changes
  }

  private static func dropIn(
    _ unit: String, _ adjustment: Int, isForced: Bool, in world: borrowing World
  ) -> Change {
    let path = DropIn.path(unit: unit)
    let text = DropIn(unit: unit, adjustment: adjustment)
      .text(version: Version.current, command: "oomctl protect --persist")
    return Change.ofFile(path, target: unit, in: world) { (old) throws(Failure) in
      if let old, !DropIn.isOwn(old), !isForced {
        throw Failure(
          "\(path): wasn't written by oomctl",
          advice: "Look at it; --force replaces it.", status: .refused)
      }
      // A value that is lower already stays so, in the file as in the process.
      if let old, DropIn.isOwn(old), let present = DropIn.adjustment(in: old), present < adjustment
      {
        return String(decoding: old, as: UTF8.self)
      }
      return text
    }
  }

  private static func rules(
    _ selectors: [String], _ adjustment: Int, keeping isKept: (String) -> Bool,
    in world: borrowing World
  ) -> Change {
    Change.ofFile(
      GuardRules.path, target: selectors.joined(separator: ", "), in: world
    ) { (old) throws(Failure) in
      var bytes = old ?? []
      for selector in selectors {
        let present = GuardRules.ownAdjustment(of: selector, in: bytes) ?? adjustment
        if present < adjustment || isKept(selector) { continue }
        do throws(ConfigurationError) {
          bytes = try GuardRules.adding(
            selector, adjustment: adjustment, comment: "unprotect removes this", to: bytes)
        } catch {
          throw Failure(
            "\(GuardRules.path): no rule can say '\(selector)': \(error.problem)", status: .refused)
        }
      }
      try refuseBroken(bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A file that is wrong elsewhere isn't read at all.
  private static func refuseBroken(_ bytes: [UInt8]) throws(Failure) {
    let (_, problems) = GuardRules.parse(bytes)
    if let problem = problems.first {
      throw Failure(
        "\(GuardRules.path):\(problem)",
        advice: "Mend the file first: 'oomctl guard --check-rules'.",
        status: .refused)
    }
  }
}

extension Persistence.Refusal {
  /// A row that says so.
  var change: Change {
    let row = Change(
      target: target, file: file, old: .absent, new: .absent, action: .none)
    let message = "\(target): \(reason)"
    return isFailure
      ? row.failed(Failure(message, advice: advice)) : row.refused(message, advice: advice)
  }
}
