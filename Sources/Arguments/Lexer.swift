/// Words to tokens: the grammar of options, without their meaning.
///
/// Words are taken apart by their code units, so that no combining character can hide a dash.
struct Lexer {
  enum Token: Equatable {
    /// The option at an index of the table, with its value, which is empty for a flag.
    case option(Int, value: String)
    case operand(String)
    case help
    case version
  }

  private let words: [String]
  private let table: [ParameterInfo]
  /// The number of words that are used up.
  private(set) var position = 0
  /// The rest of a word such as `-abc`.
  private var cluster: Substring = ""
  private var optionsEnded = false

  /// - Parameter table: The parameters that may occur; operands only tell whether a number can be one.
  init(_ words: [String], table: [ParameterInfo]) {
    self.words = words
    self.table = table
  }

  /// Takes all further words as operands, as after `--`.
  mutating func endOptions() {
    optionsEnded = true
  }

  /// The next token, or `nil` at the end.
  mutating func next() throws(UsageError) -> Token? {
    if let letter = cluster.popFirst() { return try short(letter) }
    guard position < words.count else { return nil }
    let word = words[position]
    position += 1
    if optionsEnded || !word.utf8.starts(with: "-".utf8) || word == "-" || isNumber(word) {
      return .operand(word)
    }
    if word == "--" {
      endOptions()
      return try next()
    }
    if word.utf8.starts(with: "--".utf8) { return try long(word) }
    cluster = Substring(word.unicodeScalars.dropFirst())
    return try next()
  }

  /// An operand may be a negative number where no option is named by its first digit.
  private func isNumber(_ word: String) -> Bool {
    let digits = word.dropFirst()
    return digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && table.contains { $0.form == .operand }
      && !table.contains { $0.short == digits.first }
  }

  private mutating func long(_ word: String) throws(UsageError) -> Token {
    let bytes = word.utf8
    let equals = bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
    let name = word[word.unicodeScalars.index(word.startIndex, offsetBy: 2)..<equals]
    let value = equals == bytes.endIndex ? nil : String(word[bytes.index(after: equals)...])
    guard let (option, token) = find(where: { $0.isNamed(name) }) else {
      throw .unknownOption(
        name.isEmpty ? word : "--\(name)", suggestion: suggestion(for: String(name)))
    }
    return try finish(token, option, spelling: "--\(name)", attached: value)
  }

  private mutating func short(_ letter: Character) throws(UsageError) -> Token {
    guard let (option, token) = find(where: { $0.short == letter }) else {
      let name = words[position - 1].dropFirst()
      guard find(where: { $0.isNamed(name) }) == nil else {
        throw .unknownOption("-\(name)", suggestion: "--\(name)")
      }
      throw .unknownOption("-\(letter)", suggestion: nil)
    }
    var value: String?
    if option.form == .option && !cluster.isEmpty {
      value = String(cluster)
      cluster = ""
    }
    return try finish(token, option, spelling: "-\(letter)", attached: value)
  }

  /// Gives an option its value: what is attached, else the next word whatever it looks like.
  private mutating func finish(
    _ token: Token, _ option: ParameterInfo, spelling: String, attached: String?
  ) throws(UsageError) -> Token {
    guard case .option(let index, _) = token, option.form == .option else {
      if let attached { throw .unexpectedValue(option: spelling, value: attached) }
      return token
    }
    if let attached { return .option(index, value: attached) }
    guard position < words.count else { throw .missingValue(option: spelling) }
    position += 1
    return .option(index, value: words[position - 1])
  }

  private func find(where matches: (ParameterInfo) -> Bool) -> (ParameterInfo, Token)? {
    if let index = table.firstIndex(where: { $0.isOption && matches($0) }) {
      return (table[index], .option(index, value: ""))
    }
    if matches(.help) { return (.help, .help) }
    if matches(.version) { return (.version, .version) }
    return nil
  }

  private func suggestion(for name: String) -> String? {
    let names = (table.filter(\.isOption) + [.help, .version]).flatMap { [$0.name] + $0.aliases }
    return name.closest(among: names).map { "--\($0)" }
  }
}

extension ParameterInfo {
  /// True where `name` is one of its long names.
  fileprivate func isNamed(_ name: Substring) -> Bool {
    name == self.name || aliases.contains { name == $0 }
  }
}
