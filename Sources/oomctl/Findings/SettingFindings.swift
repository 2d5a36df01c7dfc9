import Configuration

extension SettingRow {
  /// What is configured but doesn't hold, or can't.
  var finding: Finding? {
    guard let configured, let value else { return nil }
    if let problem {
      return Finding(
        id: "setting_refused", severity: .warning,
        text: "\(setting.key) stays \(value): \(configured.path):\(configured.line) sets "
          + "\(configured.value): \(problem)", source: configured.path,
        remedy: "Correct it there.")
    }
    guard isTemporary, let bootValue else { return nil }
    return Finding(
      id: "setting_temporary", severity: .warning,
      text: "\(setting.key) is \(value), and the next boot makes it \(bootValue): "
        + "\(configured.path):\(configured.line)", source: configured.path,
      remedy: "oomctl tune \(word(bootValue)) takes the file's value, "
        + "oomctl tune \(word(value)) --persist keeps the present one.")
  }

  private func word(_ value: String) -> String {
    let word = "\(setting.key)=\(value)"
    return value.utf8.contains(UInt8(ascii: " ")) ? "'\(word)'" : word
  }
}
