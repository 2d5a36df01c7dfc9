extension ParameterInfo {
  package var isOption: Bool { form == .flag || form == .option }

  /// As errors and usage lines name it: `--count`, or `PID`.
  package var spelling: String {
    isOption ? "--\(name)" : name.uppercased()
  }

  /// All ways to type an option, the short one first.
  var spellings: [String] {
    (short.map { ["-\($0)"] } ?? []) + ([name] + aliases).map { "--\($0)" }
  }

  /// The placeholder of the value: `N`, or `COLUMN,...`.
  var value: String? {
    guard form == .option else { return nil }
    return multiplicity == .list ? "\(placeholder),..." : placeholder
  }

  /// An operand in a usage line: `PID`, `[PID]...`.
  var usage: String {
    let word = isRequired ? spelling : "[\(spelling)]"
    switch form {
    case .rest: return "\(word) [ARGUMENT]..."
    case .flag, .option, .operand: return multiplicity == .repeated ? "\(word)..." : word
    }
  }

  /// The help with what the description says besides: choices, repetition, further names.
  var explanation: String {
    var sentences = [help]
    if case .choices(let choices) = completion, placeholder != choices.joined(separator: "|") {
      let which = multiplicity == .list ? "Any of" : "One of"
      sentences.append("\(which) \(choices.joined(separator: ", ")).")
    }
    if isOption && multiplicity == .repeated { sentences.append("May be repeated.") }
    if !aliases.isEmpty {
      sentences.append("Also \(aliases.map { "--\($0)" }.joined(separator: ", ")).")
    }
    return sentences.joined(separator: " ")
  }
}

extension CommandInfo {
  /// The words after the command's name in its usage line.
  var usage: [String] {
    let isEndable = operands.contains { $0.form == .rest }
    return ["[OPTION]..."] + (isEndable ? ["[--]"] : []) + operands.map(\.usage)
  }
}

extension [ParameterInfo] {
  /// Operands, options without a group, then each group in the order of its first option.
  var groups: [(title: String, parameters: [ParameterInfo])] {
    let titles = ["Operands", "Options"] + compactMap(\.group)
    return titles.indices.compactMap { index in
      let title = titles[index]
      let members = filter { $0.title == title }
      return titles[..<index].contains(title) || members.isEmpty ? nil : (title, members)
    }
  }
}

extension ParameterInfo {
  fileprivate var title: String { isOption ? group ?? "Options" : "Operands" }
}

extension ToolInfo {
  /// The overview and the commands.
  var pages: [CommandInfo] { [overview] + commands }

  /// Each different option, with the names of those that take it just so.
  var uses: [(option: ParameterInfo, commands: [String])] {
    var uses: [(option: ParameterInfo, commands: [String])] = []
    for command in pages {
      for option in command.options {
        if let index = uses.firstIndex(where: { $0.option == option }) {
          uses[index].commands.append(command.name)
        } else {
          uses.append((option, [command.name]))
        }
      }
    }
    return uses
  }
}
