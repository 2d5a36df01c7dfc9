import Changes
import Configuration
package import Core
import KillPrediction
package import ProcFS
package import Processes

/// Rules made ready to be held against processes.
package struct RuleBook {
  /// One of them, and the line that it stands on.
  package struct Rule {
    package let selection: ProcessSelection
    package let adjustment: Int
    package let line: Int
  }

  package let path: String
  package let rules: [Rule]
  /// Files that tell whether a rule fits.
  package let needs: ProcessSnapshot.Fields
  /// True where a process can come to fit without a message from the kernel: it may change its
  /// command line, cgroup or parent.
  package let needsRescan: Bool

  /// The users by which a process's owner is found.
  let users: Users

  /// The rule of a process: the last that fits, so that an added line holds. `nil` also where it
  /// was interrupted.
  ///
  /// A rule acts unseen, and a user chooses what her processes are called: it lowers only those of
  /// root, of the system, or of a user that it names. For anybody else it doesn't fit.
  package func rule(
    for record: ProcessSnapshot, on machine: Machine, while goesOn: () -> Bool = { true }
  ) -> Rule? {
    for rule in rules.reversed() {
      guard goesOn() else { return nil }
      if rule.selection.means(record), mayHold(rule, of: record, on: machine) { return rule }
    }
    return nil
  }

  /// Ordinary users that a lowering rule names: each can start a process that it means, and have it
  /// lowered.
  package func claimants(of rule: Rule) -> [String] {
    guard rule.adjustment < 0 else { return [] }
    return rule.selection.spokenUsers.filter { !users.isSystem($0) }.sorted().map(users.name(of:))
  }

  /// True where a rule that means a process may also hold for it.
  package func mayHold(_ rule: Rule, of record: ProcessSnapshot, on machine: Machine) -> Bool {
    guard AdjustmentRequest(amount: .absolute(rule.adjustment)).lowers(record, on: machine) else {
      return true
    }
    let owner = users.owner(of: record.status)
    return owner.isSystem || owner.isAmong(rule.selection.spokenUsers)
  }
}

/// The reasons why a rules file is of no use, a line each.
package struct RuleProblems: Error, Equatable {
  package let lines: [String]
  /// The error that prevented it from being read at all.
  package var errno: Errno?

  package init(lines: [String], errno: Errno? = nil) {
    self.lines = lines
    self.errno = errno
  }
}

extension RuleBook {
  /// Reads a file; what is wrong in it is told whole, and then it is of no use.
  package init(at path: String, in world: borrowing World) throws(RuleProblems) {
    try self.init(parsing: Self.contents(of: path, in: world), path: path, in: world)
  }

  /// All bytes of a file of rules.
  package static func contents(
    of path: String, in world: borrowing World
  ) throws(RuleProblems) -> [UInt8] {
    do {
      return try world.contents(of: path, longest: GuardRules.largestFile)
    } catch {
      throw RuleProblems(lines: ["\(error)"], errno: error.errno)
    }
  }

  /// The book from a file's bytes. Where it is interrupted the book isn't whole.
  package init(
    parsing bytes: [UInt8], path: String, in world: borrowing World,
    while goesOn: () -> Bool = { true }
  ) throws(RuleProblems) {
    let parsed = GuardRules.parse(bytes, while: goesOn)
    var problems = parsed.problems
    let users = Users(in: world)
    if let problem = users.problem {
      // The owners that a rule may lower can't be told without them.
      throw RuleProblems(lines: ["\(problem)"], errno: problem.errno)
    }
    var rules: [Rule] = []
    for rule in parsed.rules.rules {
      guard goesOn() else { break }
      do throws(ConfigurationError) {
        let selection = try rule.selection(users, in: world)
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
      path: path, rules: rules, needs: rules.reduce(.status) { $0.union($1.selection.needs) },
      needsRescan: parsed.rules.rules.contains {
        $0.selectors.contains(where: \.changesSilently)
      }, users: users)
  }
}

extension GuardRule {
  /// The processes that its selectors mean here.
  func selection(
    _ users: Users, in world: borrowing World
  ) throws(ConfigurationError) -> ProcessSelection {
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
      return try ProcessSelection(options, users: users, in: world)
    } catch {
      // Only users are looked up.
      let culprit = selectors.first { $0.kind == .user && users.id(of: $0.text) == nil }
      throw ConfigurationError(
        line: line, column: culprit?.column ?? 1, problem: error.message)
    }
  }
}

extension RuleSelector {
  /// The reason why it is of no use, where that needs saying.
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
