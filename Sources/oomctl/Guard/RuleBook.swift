import Configuration
import ProcFS

/// Rules made ready to be held against processes.
struct RuleBook {
  /// One of them, and the line that it stands on.
  struct Rule {
    let selection: Selection
    let adjustment: Int
    let line: Int
  }

  let path: String
  let rules: [Rule]
  /// Files that tell whether a rule fits.
  let needs: Record.Needs
  /// Whether a process can come to fit without that the kernel tells: it may change its command line,
  /// cgroup or parent.
  let asksForLooking: Bool

  /// The rule of a process: the last that fits, so that what is added to the file holds.
  func rule(for record: Record) -> Rule? { rules.last { $0.selection.means(record) } }
}

/// Why a rules file is of no use, a line each.
struct RuleProblems: Error {
  let lines: [String]
}

extension RuleBook {
  /// Reads a file; what is wrong in it is told whole, and then it is of no use.
  init(at path: String, in world: borrowing World) throws(RuleProblems) {
    let parsed: (rules: GuardRules, problems: [ConfigurationError])
    do {
      parsed = GuardRules.parse(
        try world.contents(of: path, longest: GuardRules.largestFile))
    } catch {
      throw RuleProblems(lines: ["\(error)"])
    }
    var problems = parsed.problems
    let users = Users(in: world)
    // Whoever started the guard may be guarded too, as cron is; only itself it leaves alone.
    let own = world.environment.ownID().map { [ProcessID($0)] } ?? []
    var rules: [Rule] = []
    for rule in parsed.rules.rules {
      do throws(ConfigurationError) {
        let selection = try rule.selection(users, own, in: world)
        rules.append(Rule(selection: selection, adjustment: rule.adjustment, line: rule.line))
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else {
      let sorted = problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      throw RuleProblems(lines: sorted.map { "\(path):\($0)" })
    }
    self.init(
      path: path, rules: rules, needs: rules.reduce([]) { $0.union($1.selection.needs) },
      asksForLooking: parsed.rules.rules.contains {
        $0.selectors.contains(where: \.changesSilently)
      })
  }
}

extension GuardRule {
  /// What its selectors mean here.
  func selection(
    _ users: Users, _ own: [ProcessID], in world: borrowing World
  ) throws(ConfigurationError) -> Selection {
    var options = SelectionOptions()
    for selector in selectors {
      let isGood =
        selector.kind == .bare
        ? options.add(word: selector.text)
        : options.add(kind: selector.kind.rawValue, selector.text) ?? false
      guard isGood else {
        throw ConfigurationError(
          line: line, column: selector.column,
          problem: "'\(selector.text)' is no \(selector.kind.expectation)\(selector.reason)")
      }
    }
    do throws(Failure) {
      return try Selection(options, users: users, own: own, in: world)
    } catch {
      // Only users are looked up.
      let culprit = selectors.first { $0.kind == .user && users.id(of: $0.text) == nil }
      throw ConfigurationError(
        line: line, column: culprit?.column ?? 1, problem: error.message)
    }
  }
}

extension RuleSelector {
  /// Why it is of no use, where that needs saying.
  fileprivate var reason: String {
    kind == .match ? CommandPattern.problem(of: text).map { ": \($0)" } ?? "" : ""
  }

  fileprivate var changesSilently: Bool { [.match, .cgroup, .unit, .parent].contains(kind) }
}

extension RuleSelector.Kind {
  fileprivate var expectation: String {
    switch self {
    case .bare: "process number, and no name"
    case .name, .exe: "name"
    case .match: "extended regular expression"
    case .user: "user"
    case .cgroup: "path of a cgroup"
    case .unit: "unit"
    case .parent: "process number"
    }
  }
}
