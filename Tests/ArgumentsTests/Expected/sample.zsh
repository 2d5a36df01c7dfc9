#compdef sample

_sample_commands() {
  local -a commands=(
    'rank:List what goes first'
    'adjust:Make it more or less likely'
    'run:Start a program'
    'generate:Write what belongs to the program'
    'help:Tell about a command'
  )
  _describe command commands
}

_sample_processes() {
  _alternative 'numbers:process number:_pids' 'names:process name:_process_names -a'
}

_sample_units() {
  local -a units=(${${(f)"$(systemctl list-units --all --plain --no-legend 2> /dev/null)"}%% *})
  compadd -a units
}

_sample_cgroups() {
  local root=/sys/fs/cgroup
  [[ -d $root/memory ]] && root=$root/memory
  local -a groups=($root/**/*(/N))
  compadd -- ${groups#$root}
}

_sample() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C -s -S \
    '(--root)--root=[Read all files below this directory]:DIR:_files -/' \
    '(--kernel)--kernel=[Score as this kernel does]:N:' \
    '(--json)--json[Show JSON]' \
    '(-x --xml)-x[Show XML]' \
    '(-x --xml)--xml[Show XML]' \
    '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings]' \
    '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings]' \
    '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings]' \
    '*-o+[Show these columns]:COLUMN,...:_sequence compadd - pid user name score badness' \
    '*--columns=[Show these columns]:COLUMN,...:_sequence compadd - pid user name score badness' \
    '(--color)--color=[Colour what is shown]:auto|always|never:(auto always never)' \
    '(-h --help)-h[Show this help]' \
    '(-h --help)--help[Show this help]' \
    '(-V --version)-V[Show the version]' \
    '(-V --version)--version[Show the version]' \
    '1:command:_sample_commands' \
    '*::argument:->arguments'
  [[ $state == arguments ]] || return
  case $line[1] in
      rank)
        _arguments -s -S \
          '(-n --count)-n+[Show at most this many]:N:' \
          '(-n --count)--count=[Show at most this many]:N:' \
          '(--sort)--sort=[Order by this key; -KEY reverses]:KEY:' \
          '(-q --quiet)-q[Show nothing but the list]' \
          '(-q --quiet)--quiet[Show nothing but the list]' \
          '(-e --explain)-e[Show how each came about]' \
          '(-e --explain)--explain[Show how each came about]' \
          '*-u+[Only of this user]:USER:_users' \
          '*--user=[Only of this user]:USER:_users' \
          '(--unit)--unit=[Only of it]:TEXT:_sample_units' \
          '(--cgroup)--cgroup=[In it]:TEXT:_sample_cgroups' \
          '(--root)--root=[Read all files below this directory]:DIR:_files -/' \
          '(--kernel)--kernel=[Score as this kernel does]:N:' \
          '(--json)--json[Show JSON]' \
          '(-x --xml)-x[Show XML]' \
          '(-x --xml)--xml[Show XML]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings]' \
          '*-o+[Show these columns]:COLUMN,...:_sequence compadd - pid user name score badness' \
          '*--columns=[Show these columns]:COLUMN,...:_sequence compadd - pid user name score badness' \
          '(--color)--color=[Colour what is shown]:auto|always|never:(auto always never)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:pid:' ;;
      adjust)
        _arguments -s -S \
          '(-n --adjust)-n+[Set this value]:N:' \
          '(-n --adjust)--adjust=[Set this value]:N:' \
          '(--by)--by=[Add this to the present value]:±N:' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:target:_sample_processes' ;;
      run)
        _arguments -s -S \
          '(-n --adjust)-n+[Start it with this value]:N:' \
          '(-n --adjust)--adjust=[Start it with this value]:N:' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '(-)1:command:_command_names -e' \
          '*::argument:_normal' ;;
      generate)
        _arguments -s -S \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '1:what:(manual completions)' \
          '2:shell:(bash zsh fish)' ;;
      help)
        _arguments -s -S \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '1:command:_sample_commands' ;;
  esac
}

if [[ $funcstack[1] == _sample ]]; then
  _sample "$@"
else
  compdef _sample sample
fi
