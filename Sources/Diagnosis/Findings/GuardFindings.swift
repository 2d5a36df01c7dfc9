import Configuration
import Core
import GuardService
import ProcFS
import Processes
import Protecting

/// Problems in the guard's rules: while their file can't be used it does nothing new.
struct GuardFindings {
  private let isRunning: Bool?
  private let path: String
  /// The first thing that is wrong with the file as it is now; `nil` where a guard says that something is,
  /// and nothing is found.
  private let problem: String?
  private let isBroken: Bool

  /// - Parameters:
  ///   - subjects: The processes that can be seen, with their command lines.
  ///   - isComplete: Whether those are all.
  init(among subjects: [ScoredProcess], isComplete: Bool, in world: borrowing World) {
    let state = GuardState(among: subjects, isComplete: isComplete, in: world)
    for problem in state.problems { world.gaps.note(problem) }
    isRunning = state.isRunning
    path = state.rulesPath ?? GuardRules.path
    // A guard may run unseen: then the usual file is looked at.
    let isUnknown = state.rulesPath == nil && state.isRunning != true
    problem = isUnknown ? Self.mistake(in: path, world) : state.problem
    isBroken = isUnknown ? problem != nil : state.hasGoodRules == false
  }

  /// The first mistake in a file; that it isn't there, or can't be read, is no mistake in it.
  private static func mistake(in path: String, _ world: borrowing World) -> String? {
    do throws(RuleProblems) {
      _ = try RuleBook(at: path, in: world)
      return nil
    } catch {
      return error.errno == nil || error.errno == .fileTooLarge ? error.lines.first : nil
    }
  }

  var all: [Finding] {
    guard isBroken else { return [] }
    let check =
      "oomctl guard --check-rules" + (path == GuardRules.path ? "" : " --rules \(path)")
    return [
      Finding(
        id: "guard_rules_broken", severity: .warning, text: "\(reason): \(consequence)",
        source: problem == nil ? GuardStateFile.path : path,
        remedy: "Correct the file; '\(check)' shows what is wrong.")
    ]
  }

  private var reason: String { problem ?? "\(path) was broken when the guard last read it" }

  private var consequence: String {
    switch isRunning {
    case true?: "the guard keeps the last good rules, if it has any"
    case false?: "no guard runs, and one that starts has the last good rules at most"
    case nil: "a guard has the last good rules at most"
    }
  }
}
