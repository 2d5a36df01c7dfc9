import Arguments

/// What is made from the program's description of itself.
struct Generate: TextCommand {
  static let name = "generate"
  static let summary = "Print the manual page, completions for a shell, or the guard's unit."
  static let group: String? = "Other"
  static let examples = [
    Example("oomctl generate manual | man -l -", "Read the manual without installing it."),
    Example("source <(oomctl generate completions bash)", "Complete in this shell."),
  ]
  static let parameters: [Parameter<Self>] = [
    .operand(
      "what", sets: \.what,
      help: "The manual page in mdoc, a script of completions, or a unit file of systemd's."),
    .operand("shell", sets: \.shell, help: "The shell to complete for."),
  ]

  enum Product: String, CaseIterable, ArgumentValue { case manual, completions, unit }
  enum ShellName: String, CaseIterable, ArgumentValue { case bash, zsh, fish }

  var what = Product.manual
  var shell: ShellName?

  mutating func validate() throws(UsageError) {
    switch (what, shell) {
    case (.completions, nil): throw .missingOperand("SHELL")
    case (.manual, .some(let shell)), (.unit, .some(let shell)):
      throw .unexpectedOperand(shell.rawValue)
    default: break
    }
  }

  func text(in environment: Environment) throws(Failure) -> String {
    let tool = Tool.oomctl.info
    return switch (what, shell) {
    case (.completions, .bash): BashCompletion(tool).text
    case (.completions, .zsh): ZshCompletion(tool).text
    case (.completions, .fish): FishCompletion(tool).text
    case (.unit, _): ServiceUnit.text(running: environment.program())
    default: ManualPage(tool, date: Version.date).text
    }
  }
}
