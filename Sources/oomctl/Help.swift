import Arguments
import Core

/// The pages of help, as a command.
struct Help: TextCommand {
  static let name = "help"
  static let summary = "Show help for a command, or for the whole program."
  static let group: String? = "Other"
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [.operand("command", sets: \.command, help: "The command to tell about.")]
    + PagerOptions.parameters.within(\.pager)

  var command: CommandName?
  var pager = PagerOptions()

  func text(in environment: Environment) throws(Failure) -> String {
    HelpText.page(of: command?.type, environment: environment)
  }
}

/// The name of one of the program's commands.
struct CommandName: ArgumentValue {
  let type: any Command.Type

  static let placeholder = "COMMAND"
  static var expectation: String {
    "a command: " + Tool.oomctl.commands.map { $0.name }.joined(separator: ", ")
  }
  static let completion = Completion.commands

  init?(argument: String) {
    guard let type = Tool.oomctl.commands.first(where: { $0.name == argument }) else { return nil }
    self.type = type
  }
}
