/// Completion for fish; options that several commands share are told once.
package struct FishCompletion {
  private let tool: ToolInfo
  private let prefix: String

  package init(_ tool: ToolInfo) {
    self.tool = tool
    prefix = "_\(Shell.prefix(tool))"
  }

  package var text: String {
    let commands = tool.commands.map { command in
      line(
        [tool.overview.name], ["-a", command.name, "-d", Shell.quoted(command.summary.withoutStop)])
    }
    let everywhere = [ParameterInfo.help, .version].map { line([], option($0)) }
    let options = tool.uses.map { line($0.commands, option($0.option)) }
    let operands = tool.commands.flatMap { command in
      command.operands.map { line([command.name], source($0, anywhere: true)) }
    }
    return head + (commands + everywhere + options + operands).joined()
  }

  /// One call of `complete`, for the command line of these commands or, if there are none, of all.
  private func line(_ commands: [String], _ words: [String]) -> String {
    guard !words.isEmpty else { return "" }
    let condition = "\(prefix)_takes \(commands.joined(separator: " "))"
    let place = commands.isEmpty ? [] : ["-n", Shell.quoted(condition)]
    return (["complete", "-c", tool.name] + place + words).joined(separator: " ") + "\n"
  }

  private func option(_ option: ParameterInfo) -> [String] {
    let short = option.short.map { ["-s", String($0)] } ?? []
    let long = ([option.name] + option.aliases).flatMap { ["-l", $0] }
    let value = option.form == .flag ? [] : ["-r"] + source(option, anywhere: false)
    return short + long + value + ["-d", Shell.quoted(option.help.withoutStop)]
  }

  /// The arguments of fish's `complete` that offer its values.
  private func source(_ parameter: ParameterInfo, anywhere: Bool) -> [String] {
    switch parameter.completion {
    case .none: anywhere ? [] : ["-f"]
    case .files: ["-F"]
    case .directories: words("(__fish_complete_directories)")
    case .processes: words("(\(prefix)_processes)")
    case .users: words("(__fish_complete_users)")
    case .units: words("(\(prefix)_units)")
    case .cgroups: words("(\(prefix)_cgroups)")
    case .programs: ["-F", "-a", Shell.quoted("(__fish_complete_command)")]
    case .commands: words(tool.commands.map(\.name).joined(separator: " "))
    case .choices(let choices):
      words(
        parameter.multiplicity == .list
          ? "(__fish_append , \(choices.joined(separator: " ")))"
          : choices.joined(separator: " "))
    }
  }

  private func words(_ text: String) -> [String] {
    ["-f", "-a", Shell.quoted(text)]
  }

  private var head: String {
    let valued = tool.overview.options.filter { $0.form == .option }.flatMap(\.spellings)
    return #"""
      # fish completion for \#(tool.name)

      # Prints the command that was typed, or the name of what is done without one.
      function \#(prefix)_command
          set -l takes_value
          for word in (commandline -opc)[2..-1]
              if set -q takes_value[1]
                  set takes_value
              else if contains -- $word \#(valued.joined(separator: " "))
                  set takes_value yes
              else if not string match -q -- '-*' $word
                  echo $word
                  return
              end
          end
          echo \#(tool.overview.name)
      end

      function \#(prefix)_takes
          contains -- (\#(prefix)_command) $argv
      end

      function \#(prefix)_processes
          __fish_complete_pids
          __fish_complete_proc
      end

      function \#(prefix)_units
          systemctl list-units --all --plain --no-legend 2>/dev/null | string replace -r ' .*' ''
      end

      function \#(prefix)_cgroups
          set -l root /sys/fs/cgroup
          test -d $root/memory; and set root $root/memory
          string replace -- $root '' $root/**/
      end

      complete -c \#(tool.name) -f

      """#
  }
}
