package import Posix

// Programs that work for this one.
extension Environment {
  /// The first of ``helpers(called:)``, with all links followed.
  package func helper(_ name: String) -> String? {
    helpers(called: name).first { _ in true }?.realPath
  }

  /// Programs of that name that may work for this one, in the order in which they are preferred.
  ///
  /// Root's lie in the system's folders, wherever the path leads. Others may have their own: the path's
  /// folders come first then. Never is one of them the present folder, or reached from there.
  package func helpers(called name: String) -> some Sequence<FoundProgram> {
    let folders = actsAsRoot() ? [] : pathFolders.filter { $0.hasPrefix("/") }
    return (folders + systemFolders).lazy.compactMap { FoundProgram("\($0)/\(name)") }
  }

  /// The environment of such a program; `nil` leaves it as it is. Variables may have it load, start
  /// or write other things, as `PAGER`, `LESS` or `XZ_OPT` do: a program that works for root gets
  /// only those for its language and its terminal.
  package var helperVariables: [String]? {
    guard actsAsRoot() else { return nil }
    return ["PATH=" + Self.systemFolders.joined(separator: ":")]
      + Self.harmlessVariables.compactMap { name in
        guard let value = variables[name] else { return nil }
        // They name files of the C library's and the terminal's (sudo(8) looks for the same).
        return value.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
          ? nil : "\(name)=\(value)"
      }
  }

  private static let harmlessVariables = [
    "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TERM", "COLORTERM", "NO_COLOR", "COLUMNS",
    "LINES",
  ]

  /// The folders of the system's own programs.
  package static let systemFolders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]
}

// Programs that the user starts.
extension Environment {
  /// The program that a shell would start for a name, with all links followed; `nil` where there is
  /// none.
  package func shellProgram(_ name: String) -> String? {
    // To a shell an empty folder is the present one.
    pathFolders.lazy.compactMap { FoundProgram("\($0.isEmpty ? "." : $0)/\(name)") }.first?.realPath
  }

  /// The paths at which a program named by the user may be, in the order of trial: as env(1) has
  /// it, except that the present folder is meant only where it is written as such.
  package func places(of name: String) -> [String] {
    guard !name.utf8.contains(UInt8(ascii: "/")) else { return [name] }
    let folders = variables["PATH"] == nil ? systemFolders : pathFolders.filter { !$0.isEmpty }
    return name.isEmpty ? [] : folders.map { "\($0)/\(name)" }
  }

  private var pathFolders: [String] {
    (variables["PATH"] ?? "").split(
      separator: ":", omittingEmptySubsequences: variables["PATH"] == nil
    )
    .map(String.init)
  }
}
