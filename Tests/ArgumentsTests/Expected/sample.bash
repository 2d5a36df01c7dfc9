# bash completion for sample

# Sets the options and operands of the command $1.
_sample_describe() {
  case $1 in
    '')
      options=('--root:%directories' '--kernel:%none' '--json' '-x' '--xml' '--no-headings' '--noheadings' '--no-headers' '-o:,pid|user|name|score|badness' '--columns:,pid|user|name|score|badness' '--color:auto|always|never' '-h' '--help' '-V' '--version')
      operands=('%commands') ;;
    rank)
      options=('-n:%none' '--count:%none' '--sort:%none' '-q' '--quiet' '-e' '--explain' '-u:%users' '--user:%users' '--unit:%units' '--cgroup:%cgroups' '--root:%directories' '--kernel:%none' '--json' '-x' '--xml' '--no-headings' '--noheadings' '--no-headers' '-o:,pid|user|name|score|badness' '--columns:,pid|user|name|score|badness' '--color:auto|always|never' '-h' '--help' '-V' '--version')
      operands=('%none...') ;;
    adjust)
      options=('-n:%none' '--adjust:%none' '--by:%none' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    run)
      options=('-n:%none' '--adjust:%none' '-h' '--help' '-V' '--version')
      operands=('%programs...') ;;
    generate)
      options=('-h' '--help' '-V' '--version')
      operands=('manual|completions' 'bash|zsh|fish') ;;
    help)
      options=('-h' '--help' '-V' '--version')
      operands=('%commands') ;;
  esac
}

# Prints what a value of the kind $1 may be, one a line; $2 is its beginning.
_sample_candidates() {
  local word root
  case $1 in
    %none) ;;
    %files) compgen -f -- "$2" ;;
    %directories) compgen -d -- "$2" ;;
    %programs) compgen -c -- "$2" ;;
    %users) compgen -u -- "$2" ;;
    %commands) printf '%s\n' rank adjust run generate help ;;
    %processes)
      for root in /proc/[0-9]*; do
        printf '%s\n' "${root#/proc/}"
        { read -r word < "$root/comm"; } 2> /dev/null && _sample_harmless "$word"
      done ;;
    %units)
      systemctl list-units --all --plain --no-legend 2> /dev/null |
        while read -r word _; do _sample_harmless "$word"; done ;;
    %cgroups)
      root=/sys/fs/cgroup
      [[ -d $root/memory ]] && root=$root/memory
      compgen -d -- "$root/${2#/}" |
        while IFS= read -r word; do _sample_harmless "${word#"$root"}"; done ;;
    *) printf '%s\n' "$1" | tr '|' '\n' ;;
  esac
}

# Prints a name that the shell would take as it stands.
_sample_harmless() {
  case $1 in
    '' | *[!A-Za-z0-9._/:@+-]*) ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# Adds to COMPREPLY the values of the kind $1 that begin with $2; a comma before the kind says
# that several may stand with commas between them.
_sample_offer() {
  local kind=${1#,} stem= word
  [[ $1 == ,* ]] && stem=${2%"${2##*,}"}
  local beginning=${2#"$stem"}
  [[ $kind == %files || $kind == %directories ]] && compopt -o filenames 2> /dev/null
  while IFS= read -r word; do
    [[ $word == "$beginning"* ]] && COMPREPLY+=("$stem$word")
  done < <(_sample_candidates "$kind" "$beginning")
}

# Prints the kind of value that the option $1 takes, if it does.
_sample_kind() {
  local option
  for option in "${options[@]}"; do
    [[ $option == "$1":* ]] && printf '%s\n' "${option#*:}" && return
  done
  return 1
}

_sample() {
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

  _sample_describe ''
  for ((index = 0; index < ${#words[@]} - 1; index++)); do
    word=${words[index]}
    if [[ -n $kind ]]; then
      kind=
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -?* ]]; then
      kind=$(_sample_kind "$word")
    elif [[ -z $command ]]; then
      command=$word
      _sample_describe "$command"
    else
      place=$((place + 1))
      [[ ${operands[place - 1]} == %programs... ]] && ended=1
    fi
  done

  if [[ -n $kind ]]; then
    _sample_offer "$kind" "$current"
  elif [[ -z $ended && $current == --*=* ]]; then
    option=${current%%=*}
    _sample_offer "$(_sample_kind "$option")" "${current#*=}"
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
    _sample_offer "${kind%...}" "$current"
  fi

  # Readline replaces only what follows the last of = : @.
  for index in "${!COMPREPLY[@]}"; do
    COMPREPLY[index]=${COMPREPLY[index]:settled}
  done
}

complete -F _sample sample
