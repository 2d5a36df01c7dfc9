/// What a command line asks for.
package enum Invocation: Sendable {
  case run(any Command)
  /// A command's page, or with `nil` the tool's.
  case help(command: (any Command.Type)?)
  case version
}

extension Tool {
  /// - Parameter words: The command line without the program's own name.
  ///
  /// The command is the first operand. Options before it are those of the overview, and are then
  /// taken by the command as if they followed its name.
  package func parse(_ words: [String]) throws(UsageError) -> Invocation {
    // What every tool answers is answered before the descriptions of all options are put together.
    if words.count == 1, let answer = Self.answer(to: words[0]) { return answer }
    // Where the command comes first, as it mostly does, the overview needn't be looked at.
    let isLeading = words.first?.utf8.first == UInt8(ascii: "-")
    var lexer = Lexer(words, table: isLeading ? overview.table : [])
    while let token = try lexer.next() {
      switch token {
      case .option: continue
      case .help: return .help(command: nil)
      case .version: return .version
      case .operand(let word):
        guard let command = commands.first(where: { $0.name == word }) else {
          throw .unknownCommand(word, suggestion: word.closest(among: commands.map { $0.name }))
        }
        let others = words[..<(lexer.position - 1)] + words[lexer.position...]
        do throws(UsageError) {
          return try command.parse(Array(others))
        } catch {
          throw .of(command: command.name, error)
        }
      }
    }
    return try overview.parse(words)
  }
}

extension Tool {
  private static func answer(to word: String) -> Invocation? {
    switch word {
    case ParameterInfo.help.spelling, "-h": .help(command: nil)
    case ParameterInfo.version.spelling, "-V": .version
    default: nil
    }
  }
}

extension Command {
  /// Told by index, since walking through an array of a generic type starts slowly.
  fileprivate static var table: [ParameterInfo] {
    let parameters = Self.parameters
    return parameters.indices.map { parameters[$0].outline }
  }

  fileprivate static func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var command = Self()
    let parameters = Self.parameters
    let table = self.table
    var lexer = Lexer(words, table: table)
    var due = table.indices.filter { !table[$0].isOption }[...]
    var isRepeating = false
    while let token = try lexer.next() {
      switch token {
      case .option(let index, let value): try parameters[index].assign(&command, value)
      case .help: return .help(command: Self.self)
      case .version: return .version
      case .operand(let word):
        guard let index = due.first else { throw .unexpectedOperand(word) }
        try parameters[index].assign(&command, word)
        if table[index].form == .rest { lexer.endOptions() }
        isRepeating = table[index].multiplicity == .repeated
        if !isRepeating { due.removeFirst() }
      }
    }
    if let missing = due.dropFirst(isRepeating ? 1 : 0).first(where: { table[$0].isRequired }) {
      throw .missingOperand(table[missing].spelling)
    }
    try command.validate()
    return .run(command)
  }
}
