/// A file of sysctl.d(5) that oomctl writes, or that somebody else keeps and oomctl adds to.
package enum SysctlFile {
  /// The path of the file: late enough for the files of packages, before those that people number
  /// 99.
  package static let path = "/etc/sysctl.d/90-oomctl.conf"

  private static let beginning = "# Written by oomctl"

  /// The file with the values in it, each in place of the last line that set its key, else at the end.
  ///
  /// Other lines of that key go: in systemd a later `-vm.swappiness` would take the value back. All other
  /// bytes stay as they are. A new file begins with a comment that says whose it is.
  ///
  /// - Parameters:
  ///   - values: Keys as `vm.swappiness`, each once, and what to write.
  ///   - removed: Keys whose lines go.
  ///   - version: oomctl's own.
  package static func setting(
    _ values: [(key: String, value: String)], removing removed: [String] = [], in bytes: [UInt8],
    version: String
  ) -> [UInt8] {
    var lines = bytes.isEmpty ? heading(version: version)[...].lines : bytes[...].lines
    for key in removed {
      let name = Array(key.utf8)[...].withSlashes.simplified
      lines.removeAll { isAbout(name, $0) }
    }
    for (key, value) in values {
      let name = Array(key.utf8)[...].withSlashes.simplified
      let own = lines.indices.filter { isAbout(name, lines[$0]) }
      let assignment = Array("\(key.asComment) = \(value.asComment)".utf8)
      if let place = own.last {
        lines[place] = assignment + lines[place].lineEnd
        for other in own.dropLast().reversed() { lines.remove(at: other) }
      } else {
        let end = lines.last?.lineEnd ?? []
        if end.isEmpty, let last = lines.popLast() { lines.append(last + newline) }
        lines.append(assignment + (end.isEmpty ? newline : end))
      }
    }
    return Array(lines.joined())
  }

  /// True for a file that oomctl began, by its first line.
  package static func isOwn(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "\(beginning) ".utf8) }

  private static let newline: ArraySlice<UInt8> = [UInt8(ascii: "\n")]

  private static func heading(version: String) -> [UInt8] {
    Array(
      """
      \(beginning) \(version.asComment) (oomctl tune --persist).
      # systemd-sysctl reads it at boot, `sysctl --system` whenever it is called.
      # To remove a setting, delete its line: the running value stays until then.

      """.utf8)
  }

  /// True where both readers see one line about the key, and about nothing else.
  private static func isAbout(_ name: [UInt8], _ line: ArraySlice<UInt8>) -> Bool {
    SysctlReader.allCases.allSatisfy { reader in
      let entries = SysctlEntry.entries(in: Array(line), by: reader)
      return entries.count == 1 && entries[0].name.simplified == name
    }
  }
}

extension ArraySlice<UInt8> {
  /// The end of the line, as it is written there.
  fileprivate var lineEnd: Self {
    let rest = reversed().prefix { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return suffix(rest.count)
  }
}
