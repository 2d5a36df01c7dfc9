import Arguments
import ProcFS

/// Processes in one word: `PID`, `PID:INODE`, `NAME`, or a kind and a value as `unit:ssh`.
struct Selector: ArgumentValue {
  let options: SelectionOptions
  /// As it was typed.
  let text: String

  static let placeholder = "SELECTOR"
  static let expectation =
    "a process number, a name, or name:, match:, exe:, user:, cgroup:, unit: or parent: and a value"
  static let completion = Completion.processes

  init?(argument: String) {
    let colon = argument.utf8.firstIndex(of: UInt8(ascii: ":"))
    let kind = colon.map { argument[..<$0] } ?? ""
    let value = colon.map { String(argument[argument.utf8.index(after: $0)...]) } ?? ""
    guard let options = Self.options(kind, value) ?? Self.bare(argument), !options.isEmpty
    else {
      return nil
    }
    self.options = options
    text = argument
  }

  private static func bare(_ word: String) -> SelectionOptions? {
    guard let operand = ProcessWord(argument: word) else { return nil }
    var options = SelectionOptions()
    options.operands = [operand]
    return options
  }

  /// Empty where the value isn't one of that kind; `nil` where there is no such kind.
  private static func options(_ kind: Substring, _ value: String) -> SelectionOptions? {
    var options = SelectionOptions()
    switch kind {
    case "name": options.names = [PlainText(argument: value)].compactMap { $0 }
    case "match": options.patterns = [CommandPattern(argument: value)].compactMap { $0 }
    case "exe": options.programs = [PlainText(argument: value)].compactMap { $0 }
    case "user": options.users = [UserName(argument: value)].compactMap { $0 }
    case "cgroup": options.cgroups = [CgroupPath(argument: value)].compactMap { $0 }
    case "unit": options.units = [UnitName(argument: value)].compactMap { $0 }
    case "parent": options.parents = [ProcessNumber(argument: value)].compactMap { $0 }
    default: return nil
    }
    return options
  }
}
