import Configuration
import ProcFS

/// What keeps a process's adjustment beyond its life: a drop-in for a service of systemd's, a rule for
/// the guard for all else.
enum Persistence: Hashable {
  case dropIn(unit: String)
  case rule(selector: String)

  static let rulesPath = "/etc/oomctl/rules.conf"

  var unit: String? { if case .dropIn(let unit) = self { unit } else { nil } }

  var selector: String? { if case .rule(let selector) = self { selector } else { nil } }
}

extension Persistence {
  /// How it lasts for these processes, and for no others.
  static func kinds(
    for targets: [Subject], among population: [Subject], isForced: Bool,
    in world: borrowing World
  ) throws(Failure) -> [Persistence] {
    var kinds: [Persistence] = []
    for target in targets {
      let kind: Persistence
      if let unit = target.ownService(among: population) {
        kind = .dropIn(unit: unit)
      } else {
        kind = .rule(
          selector: try rule(
            for: target, among: targets, population, isForced: isForced, in: world))
      }
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }

  /// The first that means none but those that are to be protected.
  private static func rule(
    for target: Subject, among targets: [Subject], _ population: [Subject], isForced: Bool,
    in world: borrowing World
  ) throws(Failure) -> String {
    let meant = Set(targets.map(\.id))
    let users = Users(in: world)
    for candidate in target.record.ruleSelectors {
      guard let selection = selection(of: candidate, users, in: world),
        selection.means(target.record)
      else { continue }
      let others = population.filter { selection.means($0.record) && !meant.contains($0.id) }
      if others.isEmpty || isForced { return candidate }
    }
    throw Failure(
      "\(target.label): no rule means it alone; others have its program, name and command line",
      advice: "--force makes one for all of them.", status: .refused)
  }

  /// What a selector of a rule means here; `nil` when it can't stand in a rule.
  static func selection(
    of selector: String, _ users: Users, in world: borrowing World
  ) -> Selection? {
    let (rules, problems) = GuardRules.parse(Array("\(selector) = 0\n".utf8))
    guard problems.isEmpty, rules.rules.count == 1, let rule = rules.rules.first,
      rule.selectors.count == 1,
      rule.selectors.contains(where: { "\($0.kind.rawValue):\($0.text)" == selector })
    else { return nil }
    return try? rule.selection(users, [], in: world)
  }
}

extension Subject {
  /// The service that it is the main process of. A user's own manager may not lower adjustments, a
  /// transient unit never starts again, and what only runs in another's unit, as a job of cron or a
  /// program in a login, mustn't change that unit.
  func ownService(among population: [Subject]) -> String? {
    guard let unit = record.unit, unit.user == nil, let name = unit.system,
      DropIn.isSafeUnitName(name), !name.hasPrefix("user@"), !name.hasPrefix("run-"),
      !SecureShell.isUnit(name)
    else { return nil }
    let parent = population.first { $0.id == record.parent }
    return parent?.record.unit?.system == name ? nil : name
  }
}

extension Record {
  /// Selectors by which a rule could mean it, the plainest first.
  fileprivate var ruleSelectors: [String] {
    var selectors: [String] = []
    if let program, !isInterpreter { selectors.append("exe:\(program)") }
    if let name, !isInterpreter { selectors.append("name:\(name)") }
    // What was cut is the start of others' command lines, too.
    if let commandLine, !commandLine.isEmpty, !commandLine.isCut {
      selectors.append("match:^\(commandLine.text.asExpression)$")
    }
    return selectors
  }

  /// Whether its program runs others' programs, so that many a process is of it.
  private var isInterpreter: Bool {
    guard let file = program?.split(separator: "/").last else { return false }
    let name = file.prefix { !$0.isNumber && $0 != "." && $0 != "-" }
    return [
      "sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "busybox", "python", "perl", "ruby",
      "node",
      "nodejs", "java", "php", "lua", "tclsh", "guile", "mono", "dotnet", "beam",
    ].contains(String(name))
  }
}

extension String {
  /// An extended regular expression that means just this text.
  fileprivate var asExpression: String {
    var text = ""
    for scalar in unicodeScalars {
      if ".[]()*+?{}|^$\\".unicodeScalars.contains(scalar) { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
