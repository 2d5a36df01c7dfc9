import Arguments

/// A command that only prints a text of its own.
protocol TextCommand: ProgramCommand {
  func text(in environment: Environment) throws(Failure) -> String
  /// What its reader should know, for the error stream.
  func remarks(in environment: Environment) -> [Remark]
}

extension TextCommand {
  func run(by program: Program) throws(Failure) -> ExitStatus {
    program.say(remarks(in: program.environment), CommonOptions())
    return program.show(try text(in: program.environment))
  }

  func remarks(in environment: Environment) -> [Remark] { [] }
}
