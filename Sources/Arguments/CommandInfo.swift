/// A parameter as data: all that help, manual and completions know of it.
package struct ParameterInfo: Sendable, Equatable {
  package enum Form: Sendable {
    /// An option without a value.
    case flag
    /// An option with a value.
    case option
    /// A word with a meaning by its place.
    case operand
    /// A word with all that follow it, whatever they look like.
    case rest
  }

  package enum Multiplicity: Sendable {
    /// The last one holds where it is repeated.
    case once
    /// Each time adds a value.
    case repeated
    /// Each time adds the values between the commas.
    case list
  }

  /// The long name without its dashes.
  package let name: String
  package var short: Character?
  /// Further long names, without their dashes.
  package var aliases: [String] = []
  package let form: Form
  package var multiplicity = Multiplicity.once
  package var isRequired = false
  package var placeholder = ""
  package var completion = Completion.none
  /// The heading under which help lists it.
  package var group: String?
  package let help: String

  /// The option that every command has.
  package static let help = ParameterInfo(
    name: "help", short: "h", form: .flag, help: "Show this help.")
  /// The option that every command has, though only the tool's own page shows it.
  package static let version = ParameterInfo(
    name: "version", short: "V", form: .flag, help: "Show the version.")
}

/// A command as data.
package struct CommandInfo: Sendable, Equatable {
  package let name: String
  package let summary: String
  package let group: String?
  package let discussion: [String]
  package let examples: [Example]
  package let parameters: [ParameterInfo]

  package init<Target: Command>(_ command: Target.Type) {
    name = command.name
    summary = command.summary
    group = command.group
    discussion = command.discussion
    examples = command.examples
    parameters = command.parameters.map(\.info)
  }

  package var options: [ParameterInfo] { parameters.filter(\.isOption) }
  package var operands: [ParameterInfo] { parameters.filter { !$0.isOption } }
}

/// The whole tool as data.
package struct ToolInfo: Sendable, Equatable {
  package let name: String
  package let version: String
  package let summary: String
  package let discussion: [String]
  package let overview: CommandInfo
  package let commands: [CommandInfo]
  package let sections: [ManualSection]
  package let seeAlso: [String]
}

extension Tool {
  /// The description that the generators read.
  package var info: ToolInfo {
    ToolInfo(
      name: name, version: version(), summary: summary, discussion: discussion,
      overview: CommandInfo(overview), commands: commands.map { CommandInfo($0) },
      sections: sections(), seeAlso: seeAlso)
  }
}
