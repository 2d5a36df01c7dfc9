import CivilTime
import Core
import ProcFS
import Protecting

/// The rules that the guard keeps, and what has become of their file since.
struct RulesInForce {
  /// The path that they are read from.
  let path: String
  private(set) var book: RuleBook
  /// The time since when they are in force, in seconds since 1970.
  private(set) var since: Int
  /// The mistakes in the file as it is now; empty where it is the one in force.
  private(set) var problems: [String] = []
  /// True where the obstacle may pass by itself: an error in reading, not in what is written.
  private(set) var isUnread = false
  /// The file as it was when they were read.
  private var text: [UInt8]
  private let lastGood: LastGoodRules

  /// The result of reading the file anew.
  enum Outcome: Equatable {
    /// Its new content is in force now.
    case changed
    /// It says what it said before.
    case same
    /// It is of no use, for a new reason.
    case broken
    /// For the same reason as before.
    case stillBroken
  }

  /// Reads the file; where it is of no use, what was good last takes its place. That there is no file is
  /// no accident: then there are no rules.
  init(
    at path: String, in world: borrowing World, while goesOn: () -> Bool
  ) throws(RuleProblems) {
    self.path = path
    lastGood = LastGoodRules(of: path, in: world)
    let problem: RuleProblems
    do throws(RuleProblems) {
      text = try RuleBook.contents(of: path, in: world)
      book = try RuleBook(parsing: text, path: path, in: world, while: goesOn)
      since = world.environment.now()
      return
    } catch {
      problem = error
    }
    if let errno = problem.errno, errno.meansGone || errno == .notADirectory { throw problem }
    switch lastGood.find(in: world) {
    case .nothing: throw problem
    case .unusable(let reason):
      throw RuleProblems(lines: problem.lines + [reason], errno: problem.errno)
    case .copy(let copy):
      text = copy.text
      since = copy.since
      book = try RuleBook(parsing: text, path: lastGood.path, in: world, while: goesOn)
    }
    problems = problem.lines
    isUnread = problem.errno != nil
  }

  /// Reads the file anew. One that is of no use leaves the old rules in force; so does none.
  mutating func reload(in world: borrowing World, while goesOn: () -> Bool) -> Outcome {
    do throws(RuleProblems) {
      let found = try RuleBook.contents(of: path, in: world)
      let book = try RuleBook(parsing: found, path: path, in: world, while: goesOn)
      let isSame = found == text && problems.isEmpty
      problems = []
      isUnread = false
      self.book = book
      if found != text { since = world.environment.now() }
      text = found
      return isSame ? .same : .changed
    } catch {
      isUnread = error.errno.map { !$0.meansGone } ?? false
      defer { problems = error.lines }
      return error.lines == problems ? .stillBroken : .broken
    }
  }

  /// Remembers the rules for a start at which the file is of no use.
  func remember(in world: borrowing World) throws(ProcFSError) {
    guard problems.isEmpty else { return }
    try lastGood.save(.init(text: text, since: since), in: world)
  }
}

extension RulesInForce {
  /// A sentence on their number, and on their file.
  var summary: String {
    let count = book.rules.count
    let rules = "\(count) \(count == 1 ? "rule" : "rules") from \(path)"
    return problems.isEmpty
      ? rules : "\(rules) as it was at \(Moment(since).iso); the file can't be used now"
  }
}
