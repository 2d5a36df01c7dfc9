/// The command that the words call, and the words that are left for it.
package enum Choice: Sendable, Equatable {
  /// By its place in the tool's list.
  case command(Int, words: [String])
  case overview(words: [String])
  /// A question that every tool answers.
  case question(Question)
}

/// The questions that every tool and command answers instead of running.
package enum Question: Sendable, Equatable {
  case help
  case version
}

extension Tool {
  /// - Parameter words: The command line without the program's own name.
  ///
  /// The command is the first operand. Options before it are those of the overview, and are then
  /// taken by the command as if they followed its name.
  package func choose(_ words: [String]) throws(UsageError) -> Choice {
    // Questions that every tool answers are answered before the descriptions of all options are put
    // together; and where the command comes first, as it mostly does, the overview needn't be
    // looked at.
    if words.count == 1, let question = Question(words[0]) { return .question(question) }
    let isLeading = words.first?.utf8.first == UInt8(ascii: "-")
    var lexer = Lexer(words, table: isLeading ? overview.table : [])
    while let token = try lexer.next() {
      switch token {
      case .option: continue
      case .help: return .question(.help)
      case .version: return .question(.version)
      case .operand(let word):
        guard let index = commands.firstIndex(where: { $0.name == word }) else {
          throw .unknownCommand(word, suggestion: word.closest(among: commands.map { $0.name }))
        }
        let others = words[..<(lexer.position - 1)] + words[lexer.position...]
        return .command(index, words: Array(others))
      }
    }
    return .overview(words: words)
  }
}

extension Question {
  fileprivate init?(_ word: String) {
    switch word {
    case ParameterInfo.help.spelling, "-h": self = .help
    case ParameterInfo.version.spelling, "-V": self = .version
    default: return nil
    }
  }
}

extension Command {
  /// Told by index, since walking through an array of a generic type starts slowly.
  fileprivate static var table: [ParameterInfo] {
    let parameters = Self.parameters
    return parameters.indices.map { parameters[$0].outline }
  }

  /// Takes the words after the command's name, or returns the question that they ask instead.
  package mutating func take(_ words: [String]) throws(UsageError) -> Question? {
    // Most commands are called bare: then there is nothing to describe.
    if words.isEmpty, Self.standsAlone { return nil }
    let parameters = Self.parameters
    let table = Self.table
    var lexer = Lexer(words, table: table)
    var due = table.indices.filter { !table[$0].isOption }[...]
    var isRepeating = false
    while let token = try lexer.next() {
      switch token {
      case .option(let index, let value): try parameters[index].assign(&self, value)
      case .help: return .help
      case .version: return .version
      case .operand(let word):
        guard let index = due.first else { throw .unexpectedOperand(word) }
        try parameters[index].assign(&self, word)
        if table[index].form == .rest { lexer.endOptions() }
        isRepeating = table[index].multiplicity == .repeated
        if !isRepeating { due.removeFirst() }
      }
    }
    if let missing = due.dropFirst(isRepeating ? 1 : 0).first(where: { table[$0].isRequired }) {
      throw .missingOperand(table[missing].spelling)
    }
    try validate()
    return nil
  }
}

/// The request of a command line, with the command as a value.
package enum Invocation: Sendable {
  case run(any Command)
  /// A command's page, or with `nil` the tool's.
  case help(command: (any Command.Type)?)
  case version
}

extension Tool {
  /// Chooses the command and lets it take its words.
  package func parse(_ words: [String]) throws(UsageError) -> Invocation {
    switch try choose(words) {
    case .question(.help): return .help(command: nil)
    case .question(.version): return .version
    case .overview(let words): return try overview.invocation(words)
    case .command(let index, let words):
      let command = commands[index]
      do throws(UsageError) {
        return try command.invocation(words)
      } catch {
        throw .of(command: command.name, error)
      }
    }
  }
}

extension Command {
  fileprivate static func invocation(_ words: [String]) throws(UsageError) -> Invocation {
    var command = Self()
    switch try command.take(words) {
    case .help: return .help(command: Self.self)
    case .version: return .version
    case nil: return .run(command)
    }
  }
}
