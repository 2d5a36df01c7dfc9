/// The page that `--help` shows.
package struct HelpPage {
  private let tool: ToolInfo
  private let width: Int

  package init(_ tool: ToolInfo, width: Int = 80) {
    self.tool = tool
    self.width = width
  }

  /// The tool's own page: its commands, and the options that it takes without one.
  package var overview: String {
    let layout = TextLayout(width: width)
    let commands = TextLayout(
      width: width, column: (tool.commands.map(\.name.count).max() ?? 0) + 4)
    let groups = commandGroups.map { title, members in
      section(title, members.map { commands.entry($0.name, $0.summary) })
    }
    return page(
      [
        layout.paragraph(tool.summary),
        usage(["[OPTION]...", "[COMMAND [ARGUMENT]...]"]),
        layout.paragraph("Without a command: \(tool.overview.summary)"),
      ] + groups + sections(of: tool.overview.parameters + [.help, .version]) + [
        layout.paragraph(
          "'\(tool.name) COMMAND --help' tells about a command, the manual \(tool.name)(8) about all."
        )
      ])
  }

  package func page(of command: CommandInfo) -> String {
    let layout = TextLayout(width: width)
    var blocks = [usage([command.name] + command.usage)]
    blocks += ([command.summary] + command.discussion).map { layout.paragraph($0) }
    blocks += sections(of: command.parameters + [.help])
    let examples = command.examples.map {
      "  \($0.line)\n\(layout.paragraph($0.effect, indent: 6))"
    }
    return page(blocks + (examples.isEmpty ? [] : [section("Examples", examples)]))
  }

  /// Commands under their headings, in the order in which these first occur.
  private var commandGroups: [(String, [CommandInfo])] {
    var groups: [(title: String, members: [CommandInfo])] = []
    for command in tool.commands {
      let title = command.group ?? "Commands"
      if let index = groups.firstIndex(where: { $0.title == title }) {
        groups[index].members.append(command)
      } else {
        groups.append((title, [command]))
      }
    }
    return groups
  }

  private func page(_ blocks: [String]) -> String {
    blocks.joined(separator: "\n\n") + "\n"
  }

  private func section(_ title: String, _ entries: [String]) -> String {
    "\(title):\n" + entries.joined(separator: "\n")
  }

  private func usage(_ words: [String]) -> String {
    "Usage: \(([tool.name] + words).joined(separator: " "))"
  }

  private func sections(of parameters: [ParameterInfo]) -> [String] {
    let longest = min(26, width / 2 - 4)
    let lengths = parameters.map(\.term.count).filter { $0 <= longest }
    let layout = TextLayout(width: width, column: (lengths.max() ?? 0) + 4)
    return parameters.groups.map { title, members in
      section(title, members.map { layout.entry($0.term, $0.explanation) })
    }
  }
}

extension ParameterInfo {
  /// `-n, --count N`, or with a blank for a short name that it hasn't.
  fileprivate var term: String {
    guard isOption else { return usage }
    let names = "\(short.map { "-\($0), " } ?? "    ")--\(name)"
    return value.map { "\(names) \($0)" } ?? names
  }
}
