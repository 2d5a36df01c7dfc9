import Changes
import Configuration
import Core
import ProcFS
import Processes
import Rendering
import Units

/// Drop-ins and rules that oomctl wrote and that are to go.
struct Removals {
  private(set) var changes: [Change] = []
  /// Units whose drop-ins go, and what the rules mean that go.
  private var units: [String] = []
  private var meanings: [ProcessSelection] = []
}

extension Persistence {
  /// The drop-ins and rules that keep certain processes protected, and those with the given names,
  /// even if nothing of that name runs any more.
  static func removals(
    of selection: SelectionOptions, and subjects: [ScoredProcess],
    among processes: [ScoredProcess],
    in world: borrowing World
  ) -> Removals {
    let words = selection.words
    let named = words.map { $0.hasSuffix(".service") ? $0 : $0 + ".service" }
    let own = subjects.compactMap { $0.ownService(among: processes) }
    let units = Set(selection.units.map(\.name) + named + own).sorted()
    var removals = Removals()
    removals.addDropIns(of: units, in: world)
    removals.addRules(in: world) { selector, meaning in
      if let meaning, subjects.contains(where: { meaning.means($0.record) }) { return true }
      return selection.units.contains { selector.holds(selector: "unit:\($0.name)") }
        || selection.programs.contains { selector.holds(selector: "exe:\($0.text)") }
        || words.contains { selector.isRule(for: $0) }
    }
    return removals
  }
}

extension Removals {
  fileprivate mutating func addDropIns(of names: [String], in world: borrowing World) {
    for unit in names where DropIn.isSafeUnitName(unit) {
      let path = DropIn.path(unit: unit)
      var isOurs = true
      let change = Change.ofFile(path, target: unit, in: world) { old in
        isOurs = old.map(DropIn.isOwn) ?? false
        return isOurs ? nil : old.map { String(decoding: $0, as: UTF8.self) }
      }
      // One that can't be read, or is a link, is told: it may be what is asked for.
      guard isOurs else { continue }
      changes.append(change)
      if change.result == .planned { units.append(unit) }
    }
  }

  /// All rules are in one file: it is changed once.
  fileprivate mutating func addRules(
    in world: borrowing World, _ isMeant: (_ selector: String, _ meaning: ProcessSelection?) -> Bool
  ) {
    let users = Users(in: world)
    var selectors: [String] = []
    var wasRead = false
    var change = Change.ofFile(GuardRules.path, target: "rules", in: world) { old in
      wasRead = true
      let bytes = old ?? []
      for selector in GuardRules.ownSelectors(in: bytes) {
        let meaning = Persistence.selection(of: selector, users, in: world)
        guard isMeant(selector, meaning) else { continue }
        selectors.append(selector)
        if let meaning { meanings.append(meaning) }
      }
      let rest = selectors.reduce(bytes) { GuardRules.removing(selector: $1, from: $0) ?? $0 }
      return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
    guard !wasRead || !selectors.isEmpty else { return }
    if wasRead { change.target = selectors.joined(separator: ", ") }
    changes.append(change)
  }

  /// The new value of a process whose value came from a removed file or rule: the one in its unit's
  /// other files, else 0. `nil` where its value is none of ours.
  func value(
    for subject: ScoredProcess, among processes: [ScoredProcess], in world: borrowing World
  ) -> Int? {
    guard Protect.mayHaveSet(subject.record.adjustment) else { return nil }
    if let unit = subject.ownService(among: processes), units.contains(unit) {
      return UnitFiles(of: unit, in: world).others?.adjustment ?? 0
    }
    return meanings.contains { $0.means(subject.record) } ? 0 : nil
  }
}

extension SelectionOptions {
  /// All names that were given.
  fileprivate var words: [String] {
    names.map(\.text)
      + operands.compactMap { if case .name(let name) = $0 { name } else { nil } }
  }
}

extension String {
  /// True where a rule with this selector is for a unit or program of that name.
  fileprivate func isRule(for name: String) -> Bool {
    if self == "name:\(name)" { return true }
    let words = split(separator: " ").map { String($0) }
    if words.contains("unit:\(name).service") || hasSuffix(" name:\(name)") { return true }
    if words.contains(where: { $0.hasPrefix("exe:") && $0.hasSuffix("/\(name)") }) { return true }
    // As an older oomctl wrote them.
    guard hasPrefix("match:^") else { return false }
    let program = dropFirst("match:^".utf8.count).prefix { $0 != " " && $0 != "$" }
    return program.filter { $0 != "\\" }.split(separator: "/").last.map(String.init) == name
  }

  /// True where a rule's selectors hold a certain one.
  fileprivate func holds(selector: String) -> Bool {
    self == selector || split(separator: " ").contains { $0 == selector }
  }
}
