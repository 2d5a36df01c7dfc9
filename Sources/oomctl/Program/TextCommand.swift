import Arguments

/// A command that only prints a text of its own.
protocol TextCommand: Command {
  func text(in environment: Environment) throws(Failure) -> String
}

/// Pages of help for this terminal.
enum HelpText {
  static func page(of command: (any Command.Type)?, environment: Environment) -> String {
    let page = HelpPage(Tool.oomctl.info, width: min(environment.terminalWidth ?? 80, 100))
    guard let command else { return page.overview }
    return page.page(of: CommandInfo(command))
  }
}
