import Arguments
import Configuration
import ProcFS

/// Whether the guard is at work, and what its rules are worth.
struct GuardState: Sendable {
  var isRunning: Bool
  /// `nil` where there is no file of rules.
  var hasGoodRules: Bool?
  /// How many; `nil` where there is no file, or something is wrong in it.
  var ruleCount: Int?

  init(among subjects: [Subject], in world: borrowing World) {
    let guards = subjects.compactMap(\.record.guardCommand)
    isRunning = !guards.isEmpty
    let path = guards.first?.path ?? Persistence.rulesPath
    guard (try? world.contents(of: path, longest: GuardRules.largestFile)) != nil else { return }
    ruleCount = (try? RuleBook(at: path, in: world))?.rules.count
    hasGoodRules = ruleCount != nil
  }
}

extension Record {
  /// What it was told, if it is the guard at work. Anybody may call a process so: only root's counts.
  fileprivate var guardCommand: Guard? {
    guard status?.effectiveUserID == 0, names.contains(Tool.oomctl.name),
      let words = commandLine?.words.dropFirst(),
      case .command(let index, let rest) = try? Tool.oomctl.choose(Array(words)),
      Oomctl.commands[index] == Guard.self
    else { return nil }
    var command = Guard()
    do throws(UsageError) {
      return try command.take(rest) == nil && !command.isShort ? command : nil
    } catch {
      return nil
    }
  }
}
