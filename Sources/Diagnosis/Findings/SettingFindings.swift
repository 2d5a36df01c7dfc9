import Changes
import Configuration
import Core
import Settings

extension SettingRow {
  /// A configured value that doesn't hold, or can't.
  var finding: Finding? {
    guard let value else { return nil }
    if let problem, let configured {
      return Finding(
        id: "setting_refused", severity: .warning,
        text: "\(setting.key) stays \(value): \(configured.path):\(configured.line) sets "
          + "\(configured.value): \(problem)", source: configured.path,
        remedy: "Correct it there.")
    }
    guard let choice, let nextValue else { return nil }
    let reason = place ?? "no file sets it, and that is the kernel's default"
    let nextOne = configured == nil ? "the default" : "the file's value"
    return Finding(
      id: "setting_temporary", severity: .warning,
      text: "\(setting.key) is \(value), and the next boot makes it \(nextValue): \(reason)",
      source: configured?.path ?? path, remedy: choice.remedy(for: nextOne))
  }
}

extension SettingRow.Choice {
  fileprivate func remedy(for nextOne: String) -> String {
    let taking = refusal.map { "To take \(nextOne) now is refused: \($0.sentence)" }
    guard let obstacle else {
      return taking.map { "\($0) \(keeping) keeps the present one." }
        ?? "\(yielding) takes \(nextOne), \(keeping) keeps the present one."
    }
    return (taking ?? "\(yielding) takes \(nextOne).") + " To keep the present one: "
      + obstacle.sentence
  }
}
