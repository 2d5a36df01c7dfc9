import Configuration
import ProcFS
import Rendering

extension Persistence {
  /// The changes of files that make an adjustment last: one for each unit, and one for all rules.
  static func changes(
    for kinds: [Persistence], to adjustment: Int, isForced: Bool, in world: borrowing World
  ) -> [Change] {
    var changes = kinds.compactMap(\.unit).map {
      dropIn($0, adjustment, isForced: isForced, in: world)
    }
    let selectors = kinds.compactMap(\.selector)
    if !selectors.isEmpty { changes.append(rules(selectors, adjustment, in: world)) }
    return changes
  }

  private static func dropIn(
    _ unit: String, _ adjustment: Int, isForced: Bool, in world: borrowing World
  ) -> Change {
    let path = DropIn.path(unit: unit)
    let text = DropIn(unit: unit, adjustment: adjustment)
      .text(version: Version.current, command: "oomctl protect --persist")
    return Change.ofFile(path, target: unit, in: world) { (old) throws(Failure) in
      if let old, !DropIn.isOwn(old), !isForced {
        throw Failure(
          "\(path): wasn't written by oomctl",
          advice: "Look at it; --force replaces it.", status: .refused)
      }
      return text
    }
  }

  private static func rules(
    _ selectors: [String], _ adjustment: Int, in world: borrowing World
  ) -> Change {
    Change.ofFile(
      rulesPath, target: selectors.joined(separator: ", "), in: world
    ) { (old) throws(Failure) in
      var bytes = old ?? []
      for selector in selectors {
        do throws(ConfigurationError) {
          bytes = try GuardRules.adding(
            selector, adjustment: adjustment, comment: "unprotect removes this", to: bytes)
        } catch {
          throw Failure(
            "\(rulesPath): no rule can say '\(selector)': \(error.problem)", status: .refused)
        }
      }
      try refuseBroken(bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A file that is wrong elsewhere isn't read at all.
  private static func refuseBroken(_ bytes: [UInt8]) throws(Failure) {
    let (_, problems) = GuardRules.parse(bytes)
    if let problem = problems.first {
      throw Failure(
        "\(rulesPath):\(problem)", advice: "Mend the file first: 'oomctl guard --check-rules'.",
        status: .refused)
    }
  }
}

extension Change {
  /// What a file is to become, given what it is.
  static func ofFile(
    _ path: String, target: String, in world: borrowing World,
    _ contents: ([UInt8]?) throws(Failure) -> String?
  ) -> Change {
    var change = Change(target: target, file: path, old: .absent, new: .absent, deed: .none)
    let bytes: [UInt8]?
    do throws(ProcFSError) {
      bytes = try world.ownContents(of: path)
    } catch {
      return change.refused(Failure(error, writing: path))
    }
    let old = bytes.map { String(decoding: $0, as: UTF8.self) }
    do throws(Failure) {
      let new = try contents(bytes)
      change = Change(
        target: target, file: path, old: Value(old), new: Value(new),
        deed: .file(FileWrite(path: path, old: old, new: new)))
      if old == new { change.result = .unchanged }
      return change
    } catch {
      return change.refused(error)
    }
  }

  private func refused(_ failure: Failure) -> Change {
    refused(failure.message, advice: failure.advice)
  }
}
