import Arguments
import Testing

/// What the sample tool makes of a command line whose words stand between blanks.
func parse(_ line: String) throws(UsageError) -> Invocation {
  try sample.parse(line.split(separator: " ").map(String.init))
}

/// The command that these words make.
func command<C: Command>(_ words: [String], as type: C.Type = C.self) throws -> C {
  guard case .run(let command) = try sample.parse(words) else {
    throw UsageError.other("asks for a page, not for a command")
  }
  return try #require(command as? C)
}

func command<C: Command>(_ line: String, as type: C.Type = C.self) throws -> C {
  try command(line.split(separator: " ").map(String.init), as: type)
}

/// What is wrong with these words, in words.
func complaint(_ words: [String]) -> String {
  do throws(UsageError) {
    _ = try sample.parse(words)
    return "nothing"
  } catch {
    return error.description
  }
}

func complaint(_ line: String) -> String {
  complaint(line.split(separator: " ").map(String.init))
}
