/// The manual's language, mdoc(7): how words are kept from being taken for markup.
enum Mdoc {
  /// Running text, each sentence on a line of its own.
  static func text(_ paragraph: String) -> [String] {
    var lines: [String] = []
    var line: [String] = []
    for word in paragraph.split(separator: " ") {
      if let last = line.last, endsSentence(last), word.first?.isUppercase == true {
        lines.append(line.joined(separator: " "))
        line = []
      }
      line.append(escaped(word))
    }
    lines.append(line.joined(separator: " "))
    return lines.map { guarded($0) }
  }

  /// A line that is to look as it is typed.
  static func literal(_ line: String) -> String {
    guarded(line.reduce(into: "") { $0 += $1 == "-" ? "\\-" : escaped($1) })
  }

  /// Words that follow a macro on its line, none of which is to be taken for a macro.
  static func arguments(_ words: String) -> String {
    words.split(separator: " ").map { word in
      let text = literal(String(word))
      let looksLikeMacro =
        word.count <= 3 && word.count > 1
        && (word.first == "%" || word.dropFirst().allSatisfy(\.isLowercase))
      let isDelimiter = word.count == 1 && !word.allSatisfy { $0.isLetter || $0.isNumber }
      return looksLikeMacro || isDelimiter ? "\\&\(text)" : text
    }.joined(separator: " ")
  }

  /// Keeps a line from beginning as a request does.
  private static func guarded(_ line: String) -> String {
    line.first == "." ? "\\&\(line)" : line
  }

  private static func endsSentence(_ word: String) -> Bool {
    let end = word.last == ")" ? word.dropLast().last : word.last
    return end == "." || end == "?" || end == "!"
  }

  /// A hyphen between letters may stay one, but what is typed needs the minus sign of ASCII.
  private static func escaped(_ word: Substring) -> String {
    let letters = Array(word)
    let isTyped = letters.prefix(2).contains("-")
    return letters.indices.reduce(into: "") { text, index in
      let joinsLetters =
        index > 0 && letters[index - 1].isLetter
        && index + 1 < letters.count && letters[index + 1].isLetter
      text += letters[index] == "-" && (isTyped || !joinsLetters) ? "\\-" : escaped(letters[index])
    }
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "\\": "\\e"
    case "'": "\\(aq"
    case "`": "\\(ga"
    case "\"": "\\(dq"
    case "^": "\\(ha"
    case "~": "\\(ti"
    default: String(character)
    }
  }
}
