/// Completion for bash 4 and later, without the bash-completion package.
///
/// Candidates never pass through `compgen -W`, which would expand them: a process may call itself
/// `$(reboot)`. Names with other than harmless letters aren't offered at all.
package struct BashCompletion {
  private let tool: ToolInfo

  package init(_ tool: ToolInfo) {
    self.tool = tool
  }

  package var text: String {
    Self.script(
      name: tool.name, prefix: Shell.prefix(tool),
      cases: tool.pages.map(description).joined(separator: "\n"),
      commands: tool.commands.map(\.name).joined(separator: " "))
  }

  private func description(of command: CommandInfo) -> String {
    let isOverview = command == tool.overview
    let operands = isOverview ? ["%commands"] : command.operands.map(\.kind)
    return """
          \(isOverview ? "''" : command.name))
            options=(\(list(command.options + [.help, .version])))
            operands=(\(operands.map(Shell.quoted).joined(separator: " "))) ;;
      """
  }

  /// Each spelling, and after a colon what kind of value it takes.
  private func list(_ options: [ParameterInfo]) -> String {
    options.flatMap { option in
      option.spellings.map { Shell.quoted(option.form == .flag ? $0 : "\($0):\(option.kind)") }
    }.joined(separator: " ")
  }

  private static func script(
    name: String, prefix: String, cases: String, commands: String
  ) -> String {
    #"""
    # bash completion for \#(name)

    # Sets the options and operands of the command $1.
    \#(prefix)_describe() {
      case $1 in
    \#(cases)
      esac
    }

    # Prints what a value of the kind $1 may be, one a line; $2 is its beginning.
    \#(prefix)_candidates() {
      local word root
      case $1 in
        %none) ;;
        %files) compgen -f -- "$2" ;;
        %directories) compgen -d -- "$2" ;;
        %programs) compgen -c -- "$2" ;;
        %users) compgen -u -- "$2" ;;
        %commands) printf '%s\n' \#(commands) ;;
        %processes)
          for root in /proc/[0-9]*; do
            printf '%s\n' "${root#/proc/}"
            { read -r word < "$root/comm"; } 2> /dev/null && \#(prefix)_harmless "$word"
          done ;;
        %units)
          systemctl list-units --all --plain --no-legend 2> /dev/null |
            while read -r word _; do \#(prefix)_harmless "$word"; done ;;
        %cgroups)
          root=/sys/fs/cgroup
          [[ -d $root/memory ]] && root=$root/memory
          compgen -d -- "$root/${2#/}" |
            while IFS= read -r word; do \#(prefix)_harmless "${word#"$root"}"; done ;;
        *) printf '%s\n' "$1" | tr '|' '\n' ;;
      esac
    }

    # Prints a name that the shell would take as it stands.
    \#(prefix)_harmless() {
      case $1 in
        '' | *[!A-Za-z0-9._/:@+-]*) ;;
        *) printf '%s\n' "$1" ;;
      esac
    }

    # Adds to COMPREPLY the values of the kind $1 that begin with $2; a comma before the kind says
    # that several may stand with commas between them.
    \#(prefix)_offer() {
      local kind=${1#,} stem= word
      [[ $1 == ,* ]] && stem=${2%"${2##*,}"}
      local beginning=${2#"$stem"}
      [[ $kind == %files || $kind == %directories ]] && compopt -o filenames 2> /dev/null
      while IFS= read -r word; do
        [[ $word == "$beginning"* ]] && COMPREPLY+=("$stem$word")
      done < <(\#(prefix)_candidates "$kind" "$beginning")
    }

    # Prints the kind of value that the option $1 takes, if it does.
    \#(prefix)_kind() {
      local option
      for option in "${options[@]}"; do
        [[ $option == "$1":* ]] && printf '%s\n' "${option#*:}" && return
      done
      return 1
    }

    \#(prefix)() {
      local -a words=() options operands
      local word glue= command= ended= kind= place=0 index option
      COMPREPLY=()

      # Bash parts words at = : @ as well; put them together again.
      for ((index = 1; index <= COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        if [[ ( -n $glue || $word == [=:@] ) && ${#words[@]} -gt 0 ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
        glue=
        [[ $word == [=:@] ]] && glue=1
      done
      local current=${words[${#words[@]} - 1]} last=${COMP_WORDS[COMP_CWORD]}
      [[ $last == [=:@] ]] && last=
      local settled=$((${#current} - ${#last}))

      \#(prefix)_describe ''
      for ((index = 0; index < ${#words[@]} - 1; index++)); do
        word=${words[index]}
        if [[ -n $kind ]]; then
          kind=
        elif [[ -z $ended && $word == -- ]]; then
          ended=1
        elif [[ -z $ended && $word == -?* ]]; then
          kind=$(\#(prefix)_kind "$word")
        elif [[ -z $command ]]; then
          command=$word
          \#(prefix)_describe "$command"
        else
          place=$((place + 1))
          [[ ${operands[place - 1]} == %programs... ]] && ended=1
        fi
      done

      if [[ -n $kind ]]; then
        \#(prefix)_offer "$kind" "$current"
      elif [[ -z $ended && $current == --*=* ]]; then
        option=${current%%=*}
        \#(prefix)_offer "$(\#(prefix)_kind "$option")" "${current#*=}"
        COMPREPLY=("${COMPREPLY[@]/#/$option=}")
      elif [[ -z $ended && $current == -* ]]; then
        for option in "${options[@]}"; do
          [[ ${option%%:*} == "$current"* ]] && COMPREPLY+=("${option%%:*}")
        done
      else
        kind=%none
        if ((place < ${#operands[@]})); then
          kind=${operands[place]}
        elif ((${#operands[@]} > 0)) && [[ ${operands[${#operands[@]} - 1]} == *... ]]; then
          kind=${operands[${#operands[@]} - 1]}
          [[ $kind == %programs... ]] && kind=%files
        fi
        \#(prefix)_offer "${kind%...}" "$current"
      fi

      # Readline replaces only what follows the last of = : @.
      for index in "${!COMPREPLY[@]}"; do
        COMPREPLY[index]=${COMPREPLY[index]:settled}
      done
    }

    complete -F \#(prefix) \#(name)

    """#
  }
}

extension ParameterInfo {
  /// The kind of its value, as the script's functions take it.
  fileprivate var kind: String {
    let kind =
      switch completion {
      case .none: "%none"
      case .files: "%files"
      case .directories: "%directories"
      case .processes: "%processes"
      case .users: "%users"
      case .units: "%units"
      case .cgroups: "%cgroups"
      case .programs: "%programs"
      case .commands: "%commands"
      case .choices(let choices): choices.joined(separator: "|")
      }
    switch multiplicity {
    case .list: return ",\(kind)"
    case .repeated: return isOption ? kind : "\(kind)..."
    case .once: return kind
    }
  }
}
