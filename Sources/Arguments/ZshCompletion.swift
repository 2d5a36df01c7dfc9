/// Completion for zsh, by its own `_arguments`.
package struct ZshCompletion {
  private let tool: ToolInfo
  private let prefix: String

  package init(_ tool: ToolInfo) {
    self.tool = tool
    prefix = Shell.prefix(tool)
  }

  package var text: String {
    let commands = tool.commands.map { Shell.quoted("\($0.name):\($0.summary.withoutStop)") }
    let cases = tool.commands.map { command in
      """
            \(command.name))
              _arguments -s -S \(joined(specifications(of: command), indent: 10)) ;;
      """
    }
    return script(
      commands: commands.joined(separator: "\n    "), cases: cases.joined(separator: "\n"),
      options: joined(tool.overview.options.flatMap(specifications) + common, indent: 4))
  }

  private var common: [String] { [.help, .version].flatMap(specifications) }

  private func specifications(of command: CommandInfo) -> [String] {
    let operands = command.operands.enumerated().map { place, operand in
      let number = operand.multiplicity == .once ? "\(place + 1)" : "*"
      let action = "\(operand.name.escaped):\(self.action(operand))"
      return switch operand.form {
      case .rest: ["'(-)\(place + 1):\(action)'", "'*::argument:_normal'"]
      case .flag, .option, .operand: [Shell.quoted("\(number):\(action)")]
      }
    }
    return command.options.flatMap(specifications) + common + operands.flatMap { $0 }
  }

  /// One for each spelling; they exclude each other unless the option may be repeated.
  private func specifications(of option: ParameterInfo) -> [String] {
    let others = option.multiplicity == .once ? "(\(option.spellings.joined(separator: " ")))" : "*"
    return option.spellings.map { spelling in
      let isLong = spelling.utf8.starts(with: "--".utf8)
      let ending = option.form == .flag ? "" : isLong ? "=" : "+"
      let value = option.value.map { ":\($0.escaped):\(action(option))" } ?? ""
      return Shell.quoted(
        "\(others)\(spelling)\(ending)[\(option.help.withoutStop.escaped)]\(value)")
    }
  }

  private func action(_ parameter: ParameterInfo) -> String {
    switch parameter.completion {
    case .none: ""
    case .files: "_files"
    case .directories: "_files -/"
    case .processes: "\(prefix)_processes"
    case .users: "_users"
    case .units: "\(prefix)_units"
    case .cgroups: "\(prefix)_cgroups"
    case .programs: "_command_names -e"
    case .commands: "\(prefix)_commands"
    case .choices(let choices):
      parameter.multiplicity == .list
        ? "_sequence compadd - \(choices.joined(separator: " "))"
        : "(\(choices.joined(separator: " ")))"
    }
  }

  private func joined(_ specifications: [String], indent: Int) -> String {
    let separator = " \\\n" + String(repeating: " ", count: indent)
    return specifications.reduce("") { $0 + separator + $1 }.dropFirst().description
  }

  private func script(commands: String, cases: String, options: String) -> String {
    #"""
    #compdef \#(tool.name)

    \#(prefix)_commands() {
      local -a commands=(
        \#(commands)
      )
      _describe command commands
    }

    \#(prefix)_processes() {
      _alternative 'numbers:process number:_pids' 'names:process name:_process_names -a'
    }

    \#(prefix)_units() {
      local -a units=(${${(f)"$(systemctl list-units --all --plain --no-legend 2> /dev/null)"}%% *})
      compadd -a units
    }

    \#(prefix)_cgroups() {
      local root=/sys/fs/cgroup
      [[ -d $root/memory ]] && root=$root/memory
      local -a groups=($root/**/*(/N))
      compadd -- ${groups#$root}
    }

    \#(prefix)() {
      local context state state_descr line
      typeset -A opt_args
      _arguments -C -s -S \#(options) \
        '1:command:\#(prefix)_commands' \
        '*::argument:->arguments'
      [[ $state == arguments ]] || return
      case $line[1] in
    \#(cases)
      esac
    }

    if [[ $funcstack[1] == \#(prefix) ]]; then
      \#(prefix) "$@"
    else
      compdef \#(prefix) \#(tool.name)
    fi

    """#
  }
}

extension String {
  /// Kept from ending a part of a specification.
  fileprivate var escaped: String {
    reduce(into: "") { $0 += "\\[]:".contains($1) ? "\\\($1)" : String($1) }
  }
}
