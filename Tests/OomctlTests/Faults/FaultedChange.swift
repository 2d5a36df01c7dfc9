import TestSupport

/// All files of a tree, by their paths.
typealias TreeContents = [String: [UInt8]]

/// What a change makes of a tree without a fault, to which one with a fault is held.
struct FaultedChange {
  let faultless: FaultInjector.Outcome
  let keepsNoJournal: Bool
  private let before: TreeContents
  private let done: TreeContents
  private let undone: TreeContents

  /// `undone` is what is left when all is taken back that the journal has.
  init(
    _ faultless: FaultInjector.Outcome, from before: TreeContents, to done: TreeContents,
    undone: TreeContents, keepsNoJournal: Bool
  ) {
    self.faultless = faultless
    self.keepsNoJournal = keepsNoJournal
    self.before = before.keptFiles
    self.done = done.keptFiles
    self.undone = undone.keptFiles
  }

  /// It is done, or told to have failed, and nothing else lies about.
  func complaint(
    about outcome: FaultInjector.Outcome, _ fault: Fault, _ found: TreeContents
  ) -> String? {
    let told = "status \(outcome.status), '\(outcome.firstError)'"
    // Where names of users can't be read, numbers stand for them.
    let isNumbered = fault.object.hasSuffix("/etc/passwd")
    let found = found.keptFiles
    let missing = Self.difference(found, done)
    if let missing {
      if fault.mustBeRetried { return "isn't tried again: \(told); \(missing)" }
      if outcome.status == 0 && !(isNumbered && fault.meansHidden) {
        return "status 0, but \(missing)"
      }
    } else if fault.mustBeRetried && outcome.status != faultless.status {
      return "isn't tried again: \(told)"
    }
    if outcome.status != 0 && outcome.errors.isEmpty
      && !String(decoding: outcome.output, as: UTF8.self).contains("fail")
    {
      return "no word why; \(told)"
    }
    for (name, bytes) in found where !isNumbered {
      let wanted = [before[name], done[name]]
      guard !wanted.contains(bytes) else { continue }
      if wanted.contains(where: { $0 != nil }) {
        return "\(name) is neither old nor new; \(told)"
      }
      if !fault.call.hasPrefix("unlink") { return "\(name) is left behind; \(told)" }
    }
    return nil
  }

  /// What 'undo --all' then left otherwise than it would be had the change been made without a fault.
  func loss(in found: TreeContents, after outcome: FaultInjector.Outcome) -> String? {
    let found = found.keptFiles
    guard let loss = Self.difference(found, undone) else { return nil }
    // It has been said, as where the disk is full. What was changed before must be undone nevertheless.
    if outcome.errors.contains("can't be undone"), found[loss.name] == done[loss.name],
      before[loss.name] == undone[loss.name]
    {
      return nil
    }
    // Nothing was done, so there is nothing of it to be undone.
    if keepsNoJournal && found[loss.name] == before[loss.name] { return nil }
    return "undo --all doesn't mend it: \(loss)"
  }

  /// A file that isn't as it should be.
  struct Difference: CustomStringConvertible {
    let name: String
    let found: [UInt8]?
    let wanted: [UInt8]?

    var description: String { "\(name) is \(words(found)), not \(words(wanted))" }

    private func words(_ bytes: [UInt8]?) -> String {
      guard let bytes else { return "gone" }
      let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(
        separator: "/")
      return "'\(text.prefix(60))'"
    }
  }

  private static func difference(_ found: TreeContents, _ wanted: TreeContents) -> Difference? {
    guard found != wanted else { return nil }
    return Set(found.keys).union(wanted.keys).sorted().first { found[$0] != wanted[$0] }
      .map { Difference(name: $0, found: found[$0], wanted: wanted[$0]) }
  }
}

extension TreeContents {
  /// Without the journal, and without folders in which nothing lies. Of the kernel's files only the values
  /// count: it ends them with a newline, and a write leaves none in a captured tree.
  var keptFiles: TreeContents {
    let kept = filter { !$0.key.hasPrefix("var/lib/oomctl") && !$0.value.isEmpty }
    return kept.mapValues { $0.last == 10 ? Array($0.dropLast()) : $0 }
  }
}
