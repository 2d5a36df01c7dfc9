/// The parts of systemd's unit files.
package enum UnitText {
  /// The folders that programs started by our units don't see (PrivateTmp=, ProtectHome= of
  /// systemd.exec(5)).
  package static let hiddenFolders = ["/tmp/", "/var/tmp/", "/home/", "/root/", "/run/user/"]

  /// A word of a command line as systemd.service(5) has it.
  package static func quoted(_ word: String) -> String {
    var text = ""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "%", "$": text += "\(scalar)\(scalar)"
      case "\"", "\\": text += "\\\(scalar)"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text == word && !word.contains { $0 == " " || $0 == "'" || $0 == ";" }
      ? word : "\"\(text)\""
  }
}
