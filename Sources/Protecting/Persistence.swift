import Configuration
import Core
import ProcFS
import Processes

/// The file that keeps a process's adjustment beyond its life: a drop-in for a service of
/// systemd's, a rule for the guard for all else.
enum Persistence: Hashable {
  case dropIn(unit: String)
  /// All that stands before the `=` of the rule.
  case rule(selectors: String)
  /// It can't be had, or mustn't.
  case refused(Refusal)

  /// The reason, and advice.
  struct Refusal: Hashable {
    let target: String
    /// The file that would have been written.
    var file = GuardRules.path
    let reason: String
    let advice: String?
    /// True where something couldn't be learned, and no check speaks against it.
    var isFailure = false
  }

  var unit: String? { if case .dropIn(let unit) = self { unit } else { nil } }
}

extension Persistence {
  /// The way in which it lasts for each of these processes, and for no process that other users can
  /// choose.
  static func kinds(
    for targets: [ScoredProcess], among processes: [ScoredProcess], isForced: Bool,
    in world: borrowing World
  ) -> [Persistence] {
    let users = Users(in: world)
    var kinds: [Persistence] = []
    for target in targets {
      let kind = kind(of: target, among: processes, users, isForced: isForced, in: world)
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }

  private static func kind(
    of target: ScoredProcess, among processes: [ScoredProcess], _ users: Users, isForced: Bool,
    in world: borrowing World
  ) -> Persistence {
    if SecureShell.contains(target.record), !isForced {
      let unit = target.record.unit.flatMap { $0.user == nil ? $0.system : nil }
      return .refused(
        Refusal(
          target: target.label, file: unit.map { DropIn.path(unit: $0) } ?? GuardRules.path,
          reason: "OOMScoreAdjust= in sshd's unit would be the value of every login too",
          advice: "Leave out --persist: sshd protects its listener by itself at each start."))
    }
    // A unit that couldn't be read is no lack of one.
    if target.record.unknown.contains(.cgroups) {
      return .refused(
        Refusal(
          target: target.label, reason: "its control groups can't be read, so its unit isn't known",
          advice: "Try again.", isFailure: true))
    }
    if let unit = target.ownService(among: processes) { return .dropIn(unit: unit) }
    // A weaker rule would be made without.
    if !target.record.unknown.isDisjoint(with: [.executable, .executableFile, .commandLine]) {
      return .refused(
        Refusal(
          target: target.label, reason: "its program can't be read", advice: "Try again as root.",
          isFailure: true))
    }
    do throws(RuleProblem) {
      let rule = try PersistentRule(
        for: target, isMain: target.isMain(among: processes), users, in: world)
      return .rule(selectors: rule.text)
    } catch {
      return .refused(
        Refusal(target: target.label, reason: error.reason, advice: error.advice))
    }
  }

  /// The processes that the selectors of a rule mean here; `nil` when they can't be in a rule.
  static func selection(
    of selectors: String, _ users: Users, in world: borrowing World
  ) -> ProcessSelection? {
    let (rules, problems) = GuardRules.parse(Array("\(selectors) = 0\n".utf8))
    guard problems.isEmpty, rules.rules.count == 1, let rule = rules.rules.first,
      rule.selectors.map({ "\($0.kind.rawValue):\($0.text)" }).joined(separator: " ") == selectors
    else { return nil }
    do throws(ConfigurationError) {
      return try rule.selection(users, in: world)
    } catch {
      return nil
    }
  }
}

extension ScoredProcess {
  /// The service that it is the main process of. A user's own manager may not lower adjustments, a
  /// transient unit never starts again, and what only runs in another's unit, as a job of cron or a
  /// program in a login, mustn't change that unit.
  func ownService(among processes: [ScoredProcess]) -> String? {
    guard let unit = record.unit, unit.user == nil, let name = unit.system,
      DropIn.isSafeUnitName(name), !name.hasPrefix("run-"), !SecureShell.isUnit(name),
      isMain(among: processes)
    else { return nil }
    return name
  }

  /// True where no process in its unit started it.
  func isMain(among processes: [ScoredProcess]) -> Bool {
    let parent = processes.first { $0.id == record.parent }
    guard let unit = record.unit, unit.system != nil else { return false }
    return parent?.record.unit != unit
  }
}
