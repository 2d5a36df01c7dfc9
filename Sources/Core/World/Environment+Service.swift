extension Environment {
  /// A folder that systemd made for the service (systemd.exec(5), "RuntimeDirectory="); the first of several.
  package func serviceFolder(_ variable: String) -> String? {
    guard let folder = variables[variable]?.split(separator: ":").first, folder.hasPrefix("/")
    else { return nil }
    return String(folder)
  }
}
