/// A mistake of the user's on the command line.
package enum UsageError: Error, Equatable {
  case unknownCommand(String, suggestion: String?)
  case unknownOption(String, suggestion: String?)
  case missingValue(option: String)
  case unexpectedValue(option: String, value: String)
  case invalidValue(parameter: String, value: String, expectation: String)
  case missingOption(String)
  case missingOperand(String)
  case unexpectedOperand(String)
  /// Of these only one may be given.
  case exclusive([String])
  /// Options that don't go together otherwise, in words.
  case contradiction(String)
  /// Anything else that a command finds, in words.
  case other(String)
  /// One of the others, met while the words of a command were read.
  indirect case of(command: String, UsageError)

  /// The command whose help is worth reading.
  package var command: String? {
    if case .of(let command, _) = self { command } else { nil }
  }
}

extension UsageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownCommand(let word, let suggestion):
      "unknown command \(word.quoted)\(Self.question(suggestion))"
    case .unknownOption(let word, let suggestion):
      "unknown option \(word.quoted)\(Self.question(suggestion))"
    case .missingValue(let option):
      "option \(option.quoted) needs a value"
    case .unexpectedValue(let option, let value):
      "option \(option.quoted) takes no value, but was given \(value.quoted)"
    case .invalidValue(let parameter, "", let expectation):
      "empty value for \(parameter.quoted): expected \(expectation)"
    case .invalidValue(let parameter, let value, let expectation):
      "invalid value \(value.quoted) for \(parameter.quoted): expected \(expectation)"
    case .missingOption(let name):
      "option \(name.quoted) is required"
    case .missingOperand(let name):
      "missing operand \(name.quoted)"
    case .unexpectedOperand(let word):
      "unexpected operand \(word.quoted)"
    case .exclusive(let names):
      "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") exclude each other"
    case .contradiction(let words), .other(let words):
      words.printable()
    case .of(_, let error):
      error.description
    }
  }

  private static func question(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean \($0.quoted)?" } ?? ""
  }
}
