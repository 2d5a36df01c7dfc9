/// One condition of a rule on the processes that it is for.
package struct RuleSelector: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// A number, a number and its inode, or a name, with nothing before it.
    case bare
    case name, match, exe, user, cgroup, unit, parent
  }

  package let kind: Kind
  /// The text after the colon, never empty. It may hold blanks.
  package let text: String
  /// The column at which it begins in its line, in characters from 1.
  package let column: Int

  package init(kind: Kind, text: String, column: Int) {
    self.kind = kind
    self.text = text
    self.column = column
  }
}

extension RuleSelector {
  /// The first word of an expression that looks like another selector, as `user:root`: an expression takes
  /// the whole rest of its line.
  package var swallowedSelector: String? {
    guard kind == .match else { return nil }
    let words = Array(text.utf8).split(whereSeparator: \.isBlank).dropFirst()
    return words.first { Kind(beginning: $0) != nil }?.text
  }

  /// As it is written in a file.
  package var spelling: String { kind.prefix + text }
}

extension RuleSelector.Kind {
  /// The prefix before the text.
  var prefix: String { self == .bare ? "" : "\(rawValue):" }

  /// The kind whose prefix comes first.
  init?(beginning bytes: ArraySlice<UInt8>) {
    guard let kind = Self.named.first(where: { bytes.starts(with: $0.prefix.utf8) }) else {
      return nil
    }
    self = kind
  }

  /// For an error: "name:, match: … or parent:".
  static let choice: String = {
    let prefixes = named.map(\.prefix)
    return prefixes.dropLast().joined(separator: ", ") + " or " + prefixes.suffix(1).joined()
  }()

  private static let named = allCases.filter { $0 != .bare }
}
