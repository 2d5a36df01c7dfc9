/// The way in which a run ended; the manual's section is made from it too.
package enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 2
  case refused = 3
  case runFailed = 125
  case notExecutable = 126
  case notFound = 127

  package var meaning: String {
    switch self {
    case .done: "Everything asked for was done."
    case .failed:
      """
      Something asked for could not be done or read, or matched nothing; with --check, there was a finding.
      """
    case .usage: "The command line is wrong; nothing was done."
    case .refused: "A safety check refused; --force overrides it."
    case .runFailed: "run: the program wasn't started, as the adjustment couldn't be set."
    case .notExecutable: "run: the program was found but can't be run."
    case .notFound: "run: there is no such program. Else the status is the program's own."
    }
  }
}
