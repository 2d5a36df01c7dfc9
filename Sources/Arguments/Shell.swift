/// The common parts of scripts for different shells.
package enum Shell {
  /// A word that the shell takes as it stands.
  package static func quoted(_ word: String) -> String {
    "'\(word.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : String($1) })'"
  }

  /// A word as people type it: quoted where it has to be.
  package static func word(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "/"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ":"),
          UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: "+"):
          true
        default: byte >= 0x80
        }
      }
    return isPlain ? word : quoted(word)
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
