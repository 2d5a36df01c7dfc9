import Arguments
import ProcFS
import Processes

/// Processes in one word: `PID`, `PID:INODE`, `NAME`, or a kind and a value as `unit:ssh`.
package struct Selector: ArgumentValue {
  let options: SelectionOptions
  /// The selector as it was typed.
  let text: String

  static let placeholder = "SELECTOR"
  static let expectation =
    "a process number, a name, or name:, match:, exe:, user:, cgroup:, unit: or parent: and a value"
  static let completion = Completion.processes

  static func expectation(insteadOf argument: String) -> String {
    let isPattern = argument.utf8.starts(with: "match:".utf8)
    return isPattern
      ? CommandPattern.expectation(insteadOf: String(argument.dropFirst("match:".count)))
      : expectation
  }

  init?(argument: String) {
    let colon = argument.utf8.firstIndex(of: UInt8(ascii: ":"))
    let kind = colon.map { String(argument[..<$0]) } ?? ""
    let value = colon.map { String(argument[argument.utf8.index(after: $0)...]) } ?? ""
    var options = SelectionOptions()
    guard options.add(kind: kind, value) ?? options.add(word: argument) else { return nil }
    self.options = options
    text = argument
  }
}

extension SelectionOptions {
  /// Adds a bare word; false when it is neither a number nor a name.
  package mutating func add(word: String) -> Bool { operands.add(word) }

  /// Adds a value of a kind; false when it isn't one of that kind, `nil` when there is no such kind.
  package mutating func add(kind: String, _ value: String) -> Bool? {
    switch kind {
    case "name": names.add(value)
    case "match": patterns.add(value)
    case "exe": programs.add(value)
    case "user": users.add(value)
    case "cgroup": cgroups.add(value)
    case "unit": units.add(value)
    case "parent": parents.add(value)
    default: nil
    }
  }
}

extension Array where Element: ArgumentValue {
  /// Adds the word; false when it isn't such a value.
  fileprivate mutating func add(_ word: String) -> Bool {
    guard let value = Element(argument: word) else { return false }
    append(value)
    return true
  }
}
