extension Tool {
  /// The faults of the definitions themselves; for a test that expects none.
  package func definitionProblems() -> [String] {
    let info = self.info
    let names = info.pages.map(\.name)
    var problems = repeated(names).map { "the command '\($0)' stands twice" }
    problems += unfinished(info.summary, "the summary of '\(name)'")
    problems += info.discussion.flatMap { unfinished($0, "the discussion of '\(name)'") }
    if !info.overview.operands.isEmpty {
      problems.append("'\(overview.name)' takes operands, which would hide the commands")
    }
    for command in commands where command.standsAlone && CommandInfo(command).needsOperand {
      problems.append("\(command.name): can't stand alone, for it requires an operand")
    }
    for command in info.pages {
      let found = command.problems + leadingProblems(of: command) + exampleProblems(of: command)
      problems += found.map { "\(command.name): \($0)" }
    }
    return problems
  }

  /// Before a command's name an option is read as the overview's, so both must agree on a value.
  private func leadingProblems(of command: CommandInfo) -> [String] {
    let leading = CommandInfo(overview).options
    return command.options.filter { option in
      leading.contains {
        $0.form != option.form && $0.spellings.contains(where: option.spellings.contains)
      }
    }.map { "\($0.spelling) takes a value here or in '\(overview.name)', but not in both" }
  }

  /// An example that needs no shell must be understood, and be one of its command.
  private func exampleProblems(of command: CommandInfo) -> [String] {
    command.examples.compactMap { example in
      let words = example.line.split(separator: " ").map(String.init)
      guard words.first == name, !example.line.contains(where: { "|&;<>$`'\"\\*?#~".contains($0) })
      else { return nil }
      do throws(UsageError) {
        if case .run(let parsed) = try parse(Array(words.dropFirst())) {
          return type(of: parsed).name == command.name ? nil : "not its example: \(example.line)"
        }
        return "its example doesn't run: \(example.line)"
      } catch {
        return "its example is refused: \(example.line): \(error)"
      }
    }
  }
}

extension CommandInfo {
  fileprivate var needsOperand: Bool { operands.contains(where: \.isRequired) }

  fileprivate var problems: [String] {
    var problems = unfinished(summary, "the summary")
    problems += discussion.flatMap { unfinished($0, "the discussion") }
    problems += examples.flatMap { unfinished($0.effect, "the example '\($0.line)'") }
    problems += parameters.flatMap { unfinished($0.help, "the help of '\($0.spelling)'") }
    let spellings = (options + [.help, .version]).flatMap(\.spellings) + operands.map(\.spelling)
    problems += repeated(spellings).map { "'\($0)' stands twice" }
    if operands.dropLast().contains(where: { $0.multiplicity == .repeated }) {
      problems.append("an operand follows one that repeats")
    }
    let optional = operands.drop(while: \.isRequired)
    problems += optional.filter(\.isRequired).map { "'\($0.spelling)' follows an optional operand" }
    return problems
  }
}

private func unfinished(_ text: String, _ what: String) -> [String] {
  text.last == "." && text.count > 1 ? [] : ["\(what) doesn't end with a full stop"]
}

private func repeated(_ words: [String]) -> [String] {
  words.indices.filter { words[..<$0].contains(words[$0]) }.map { words[$0] }
}
