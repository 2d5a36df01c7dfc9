import Arguments

/// A command that only prints a text of its own.
package protocol TextCommand: ProgramCommand {
  func text(in environment: Environment) throws(Failure) -> String
  /// Remarks for its reader, which go to the error stream.
  func remarks(in environment: Environment) -> [Remark]
}

extension TextCommand {
  package func run(by program: Program) throws(Failure) -> ExitStatus {
    program.say(remarks(in: program.environment), CommonOptions())
    return program.show(try text(in: program.environment))
  }

  package func remarks(in environment: Environment) -> [Remark] { [] }
}
