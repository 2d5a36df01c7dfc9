import Arguments
import Configuration
package import Core
package import ProcFS
package import Processes
import Protecting

/// The state of the guard and of its rules. Unknown values are `nil`.
package struct GuardState: Sendable {
  /// `nil` where it may be among processes that can't be seen.
  package private(set) var isRunning: Bool?
  /// `nil` also where there is no file of rules.
  package private(set) var hasGoodRules: Bool?
  /// The number of rules; `nil` also where there is no file, or something is wrong in it.
  package private(set) var ruleCount: Int?
  /// The file of rules; `nil` where there is none, or it can't be told which.
  package private(set) var rulesPath: String?
  /// The first thing that is wrong with that file as it is now.
  package private(set) var problem: String?
  /// Files that couldn't be read.
  package private(set) var problems: [ProcFSError] = []

  /// A guard itself says how it fares, in a file that only root can have written. One that has none, as an
  /// older one, is found among the processes, and its file is judged as it is now.
  ///
  /// - Parameters:
  ///   - subjects: The processes that can be seen, with their command lines.
  ///   - isComplete: Whether those are all.
  package init(among subjects: [ScoredProcess], isComplete: Bool, in world: borrowing World) {
    do throws(ProcFSError) {
      if let file = try GuardStateFile.found(in: world), file.isOfLivingGuard(in: world) {
        isRunning = true
        ruleCount = file.ruleCount
        hasGoodRules = file.problemCount == 0
        rulesPath = file.path
        problem = Self.problem(with: file.path, in: world)
        return
      }
    } catch {
      // Hidden from an ordinary user, it says nothing.
      if error.errno?.meansForbidden != true { problems.append(error) }
    }
    for subject in subjects {
      guard let command = subject.record.guardCommand else { continue }
      isRunning = true
      let path = Self.rulesPath(of: subject.id, command, in: world)
      if let path, problems.isEmpty { judge(path, in: world) }
      return
    }
    // An unseen guard may run, by whichever file.
    guard isComplete, problems.isEmpty else { return }
    isRunning = false
    judge(GuardRules.path, in: world)
  }

  /// A path that was given as seen from where the guard was started; `nil` where that can't be told.
  private static func rulesPath(
    of id: ProcessID, _ command: Guard, in world: borrowing World
  ) -> String? {
    guard !command.path.hasPrefix("/") else { return command.path }
    return (try? world.proc.directory.link("\(id)/cwd")).map { "\($0)/\(command.path)" }
  }

  /// The first mistake in a file that a guard has read; `nil` also where it is all right by now.
  private static func problem(with path: String, in world: borrowing World) -> String? {
    do throws(RuleProblems) {
      _ = try RuleBook(at: path, in: world)
      return nil
    } catch {
      return error.lines.first
    }
  }

  private mutating func judge(_ path: String, in world: borrowing World) {
    let bytes: [UInt8]
    do throws(ProcFSError) {
      bytes = try world.contents(of: path, longest: GuardRules.largestFile)
    } catch {
      switch error.errno {
      case .noSuchFile, .notADirectory: break
      case .accessDenied, .notPermitted: world.gaps.note(error)
      // Longer than a file of rules may be.
      case .fileTooLarge:
        hasGoodRules = false
        (rulesPath, problem) = (path, "\(error)")
      default: problems.append(error)
      }
      return
    }
    rulesPath = path
    do throws(RuleProblems) {
      ruleCount = try RuleBook(parsing: bytes, path: path, in: world).rules.count
    } catch {
      problem = error.lines.first
    }
    hasGoodRules = ruleCount != nil
  }
}

extension GuardStateFile {
  /// True where the process that wrote it still runs, as root, and is this program.
  fileprivate func isOfLivingGuard(in world: borrowing World) -> Bool {
    var reader = ProcessReader()
    let needs: ProcessSnapshot.Fields = [.stat, .status, .commandLine, .executable]
    guard let record = reader.record(of: process.id, needs: needs, in: world.proc) else {
      return false
    }
    return record.identity == process && record.stat?.isDead == false && record.isRootsOomctl
  }
}

extension ProcessSnapshot {
  /// True where it is this program, started by root. Any user may give a process that name.
  fileprivate var isRootsOomctl: Bool {
    status?.effectiveUserID == 0 && names.contains(Version.program)
  }

  /// The guard command that it runs, if it is the guard at work.
  fileprivate var guardCommand: Guard? {
    guard isRootsOomctl, var rest = commandLine?.words.dropFirst(),
      let place = rest.firstIndex(of: Guard.name)
    else { return nil }
    // It takes no operands: what comes before it can only be options of all commands.
    rest.remove(at: place)
    var command = Guard()
    do throws(UsageError) {
      return try command.take(Array(rest)) == nil && !command.isShort ? command : nil
    } catch {
      return nil
    }
  }
}
