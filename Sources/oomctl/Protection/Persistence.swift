import Configuration
import ProcFS
import Rendering

/// What keeps a process's adjustment beyond its life: a drop-in for a service of systemd's, a rule for
/// the guard for all else.
enum Persistence: Hashable {
  case dropIn(unit: String)
  case rule(selector: String)

  static let rulesPath = "/etc/oomctl/rules.conf"

  /// A user's own manager may not lower adjustments, so its units get a rule as well.
  init(of record: Record) {
    if let unit = record.unit, unit.user == nil, let name = unit.system,
      DropIn.isSafeUnitName(name), !name.hasPrefix("user@")
    {
      self = .dropIn(unit: name)
    } else if let unit = record.unit?.user, unit.hasSuffix(".service") {
      self = .rule(selector: "unit:\(unit.split(separator: "/").last ?? "")")
    } else {
      self = .rule(selector: Self.selector(of: record))
    }
  }

  /// By its program, unless that runs others, as interpreters do: then by its name.
  private static func selector(of record: Record) -> String {
    let name = record.name ?? ""
    guard let program = record.program, program.hasSuffix("/" + name) else { return "name:\(name)" }
    return "exe:\(program)"
  }
}

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

  var unit: String? { if case .dropIn(let unit) = self { unit } else { nil } }

  var selector: String? { if case .rule(let selector) = self { selector } else { nil } }

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
      try refuseMisunderstood(selectors, in: bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A process may call itself what reads as something else in a rule.
  private static func refuseMisunderstood(
    _ selectors: [String], in bytes: [UInt8]
  ) throws(Failure) {
    let (rules, problems) = GuardRules.parse(bytes)
    if let problem = problems.first {
      throw Failure(
        "\(rulesPath):\(problem)", advice: "Mend the file first: 'oomctl guard --check-rules'.",
        status: .refused)
    }
    for selector in selectors {
      let isThere = rules.rules.contains { rule in
        rule.selectors.count == 1
          && rule.selectors.contains { "\($0.kind.rawValue):\($0.text)" == selector }
      }
      guard !isThere else { continue }
      throw Failure("\(rulesPath): no rule can say '\(selector)'", status: .refused)
    }
  }

  /// The changes that remove what oomctl wrote, and what they concern; none where there is nothing of it.
  static func removals(
    of kinds: [Persistence], in world: borrowing World
  ) -> (changes: [Change], kinds: [Persistence]) {
    var changes: [Change] = []
    var removed: [Persistence] = []
    for unit in kinds.compactMap(\.unit) where DropIn.isSafeUnitName(unit) {
      let path = DropIn.path(unit: unit)
      guard let old = (try? world.ownContents(of: path)) ?? nil, DropIn.isOwn(old) else { continue }
      changes.append(Change.ofFile(path, target: unit, in: world) { _ in nil })
      removed.append(.dropIn(unit: unit))
    }
    guard let old = (try? world.ownContents(of: rulesPath)) ?? nil else {
      return (changes, removed)
    }
    var rest = old
    var found: [String] = []
    for selector in kinds.compactMap(\.selector) {
      guard let less = GuardRules.removing(selector: selector, from: rest) else { continue }
      rest = less
      found.append(selector)
    }
    guard !found.isEmpty else { return (changes, removed) }
    let new = rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    let target = found.joined(separator: ", ")
    changes.append(Change.ofFile(rulesPath, target: target, in: world) { _ in new })
    return (changes, removed + found.map { .rule(selector: $0) })
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
