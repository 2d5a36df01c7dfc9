/// The common parts of scripts for different shells.
enum Shell {
  /// A word that the shell takes as it stands.
  static func quoted(_ word: String) -> String {
    "'\(word.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : String($1) })'"
  }

  /// The beginning of the names of all functions in a script: the tool's name as an identifier.
  static func prefix(_ tool: ToolInfo) -> String {
    "_" + String(tool.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

extension String {
  /// As shells show descriptions, without the full stop at the end.
  var withoutStop: String { last == "." ? String(dropLast()) : self }
}
