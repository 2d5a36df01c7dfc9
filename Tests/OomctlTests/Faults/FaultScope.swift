import Glibc
import ProgramSupport
import TestSupport

/// How much is tried: a sample by default, and all that there is where `OOMCTL_FAULTS` names a folder for
/// the accounts, as Tests/FaultInjection/run does.
enum FaultScope {
  private static let accounts = environment("OOMCTL_FAULTS")

  static let isWhole = accounts != nil

  /// Each error by itself, not only each kind of them.
  static let hasAllErrors = environment("OOMCTL_FAULTS_ERRORS") == "all"

  /// The program that is tried.
  static let executable = environment("OOMCTL_EXECUTABLE") ?? Executable.path

  /// Which of a call's occurrences are tried, if faultlessly it is made so often.
  static func step(of count: Int) -> Int { isWhole ? 1 : max(1, count / 2) }

  /// Leaves an account of what one command went through.
  static func record(_ name: String, tried: Int, _ complaints: [String]) throws {
    guard let accounts else { return }
    let file = String(name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
    let text = ["tried \(tried)"] + complaints.map { "complaint \(name): \($0)" }
    try write(Array(text.map { "\($0)\n" }.joined().utf8), to: "\(accounts)/\(file)")
  }
}
