import CivilTime
import ProcFS
import Protecting

// Reloads, by which the guard keeps up with its file of rules.
extension GuardLoop {
  /// Has a reload's code and room touched once, and so locked: later there may be no memory for it.
  func rehearse() {
    guard let bytes = try? RuleBook.contents(of: rules.path, in: world) else { return }
    _ = try? RuleBook(parsing: bytes, path: rules.path, in: world, while: attention.goesOn)
  }

  /// A file that is of no use leaves the old rules in force.
  mutating func reload(asked: Bool) {
    manager.notify(.reloading)
    do throws(Errno) {
      try watch?.renew()
    } catch {
      herald.complain("\(rules.path): changes can't be noticed any more (inotify: \(error))")
    }
    let outcome = rules.reload(in: world, while: attention.goesOn)
    guard attention.goesOnNow() else { return }
    if outcome == .changed || asked && outcome == .same { herald.say("\(rules.summary) in force") }
    if outcome == .broken || asked && outcome == .stillBroken { complain() }
    if rules.isUnread { schedule.noteUnreadRules() }
    enforcer.book = rules.book
    settle()
    if outcome == .changed || asked { lookAtAll() }
    tellReady()
  }

  /// Messages on what is wrong with the file, and on the rules that stay in force.
  private func complain() {
    for line in rules.problems.prefix(20) { herald.complain(line) }
    if rules.problems.count > 20 { herald.complain("… and \(rules.problems.count - 20) more") }
    herald.complain("the old rules stay in force, as of \(Moment(rules.since).iso)")
  }

  /// Notes for the next start, and for others, which rules are in force.
  func settle() {
    do throws(ProcFSError) {
      try rules.remember(in: world)
    } catch {
      herald.remark("the rules can't be kept for a start with a broken file: \(error)")
    }
    do throws(ProcFSError) {
      try record.write(rules, in: world)
    } catch {
      herald.remark("'oomctl metrics' can't be told how the guard fares: \(error)")
    }
  }

  func tellReady() {
    if let errno = manager.notify(.ready, .status(rules.summary)) {
      herald.remark("NOTIFY_SOCKET: \(errno)")
    }
  }
}
