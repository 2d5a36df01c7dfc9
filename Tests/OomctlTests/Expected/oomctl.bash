# bash completion for oomctl

# Sets the options and operands of the command $1.
_oomctl_describe() {
  case $1 in
    '')
      options=('--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%commands') ;;
    list)
      options=('-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--container:%none' '--pod:%none' '-o:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--columns:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--sort:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    rank)
      options=('-n:%none' '--count:%none' '-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--container:%none' '--pod:%none' '-o:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--columns:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--sort:,pid|ppid|uid|user|name|command|command_cut|cgroup|unit|user_unit|container|pod|oom_score|oom_score_adj|oom_adj|rss_bytes|swap_bytes|page_tables_bytes|memory_percent|badness|badness_unit|badness_pages|predicted_oom_score|unkillable|origin' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    explain)
      options=('-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--container:%none' '--pod:%none' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    predict)
      options=('-n:%none' '--count:%none' '--free:%none' '--before:%processes' '--now' '--reclaimed' '--system' '--in:%cgroups' '--cgroup:%cgroups' '--for:%processes' '--cpuset:%none' '--policy:%none' '--invoker:%processes' '--set:%processes' '--grow:%processes' '--without:%processes' '--limit:%none' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    memory)
      options=('--check' '--cgroup:%cgroups' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    groups)
      options=('-n:%none' '--count:%none' '-a' '--all' '--tree' '--check' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%cgroups') ;;
    doctor)
      options=('--check' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    history)
      options=('-n:%none' '--count:%none' '-f' '--follow' '--tasks' '--json-lines' '--check' '--since:today|yesterday|-1h|-1d|-1w' '--until:today|yesterday|-1h|-1d|-1w' '--name:%none' '-p:%processes' '--pid:%processes' '--user:%users' '--cgroup:%cgroups' '-u:%units' '--unit:%units' '--container:%none' '--pod:%none' '-b:%none' '--boot:%none' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%files...') ;;
    watch)
      options=('--interval:%none' '-n:%none' '--count:%none' '--batch' '--json-lines' '--lock' '-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    protect)
      options=('--never' '--persist' '-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--dry-run' '--all' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    unprotect)
      options=('-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--dry-run' '--all' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    adjust)
      options=('-n:%none' '--adjust:%none' '--by:%none' '--legacy' '-p:%processes' '--pid:%processes' '--name:%none' '--match:%none' '--exe:%none' '--user:%users' '--mine' '--cgroup:%cgroups' '--unit:%units' '--parent:%processes' '--tree' '--dry-run' '--all' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('%processes...') ;;
    run)
      options=('-n:%none' '--adjust:%none' '--no-pager' '-h' '--help' '-V' '--version')
      operands=('%programs...') ;;
    tune)
      options=('--profile:heuristic|always|strict|strict=80%' '--runtime' '--persist' '--confirm:%none' '--keep' '--revert' '--check' '--dry-run' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=('vm.overcommit_memory|vm.overcommit_ratio|vm.overcommit_kbytes|vm.panic_on_oom|vm.oom_kill_allocating_task|vm.oom_dump_tasks|vm.min_free_kbytes|vm.lowmem_reserve_ratio|vm.admin_reserve_kbytes|vm.user_reserve_kbytes|vm.swappiness|vm.watermark_scale_factor|vm.watermark_boost_factor|vm.vfs_cache_pressure|kernel.panic|kernel.sysrq...') ;;
    undo)
      options=('--list' '--all' '--id:%none' '--tree' '--dry-run' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    guard)
      options=('--rules:%files' '--once' '--check-rules' '--interval:%none' '--dry-run' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    drill)
      options=('--members:%none' '--limit:%none' '--adjust:,%none' '--sysrq' '--yes:%none' '--dry-run' '--force' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    metrics)
      options=('--openmetrics' '--top:%none' '--output:%files' '--json' '--bytes' '--si' '--no-headings' '--noheadings' '--no-headers' '--color:auto|always|never' '-q' '--quiet' '--no-pager' '--root:%none' '--kernel:%none' '--rule:2.4|2.6.0|2.6.1|2.6.9|2.6.11|2.6.16|2.6.19|2.6.22|2.6.25|2.6.32|2.6.36|2.6.39|3.0|3.2|3.5|3.14|4.0|4.7|4.8|4.15|4.17|5.9' '--page-size:%none' '--word-size:32|64' '-h' '--help' '-V' '--version')
      operands=() ;;
    help)
      options=('--no-pager' '-h' '--help' '-V' '--version')
      operands=('%commands') ;;
    generate)
      options=('--no-pager' '-h' '--help' '-V' '--version')
      operands=('manual|completions|unit|timer|alerts' 'bash|zsh|fish|guard|metrics') ;;
    dump)
      options=('--no-pager' '-h' '--help' '-V' '--version')
      operands=() ;;
  esac
}

# Prints what a value of the kind $1 may be, one a line; $2 is its beginning.
_oomctl_candidates() {
  local word root
  case $1 in
    %none) ;;
    %files) compgen -f -- "$2" ;;
    %directories) compgen -d -- "$2" ;;
    %programs) compgen -c -- "$2" ;;
    %users) compgen -u -- "$2" ;;
    %commands) printf '%s\n' list rank explain predict memory groups doctor history watch protect unprotect adjust run tune undo guard drill metrics help generate dump ;;
    %processes)
      for root in /proc/[0-9]*; do
        printf '%s\n' "${root#/proc/}"
        { read -r word < "$root/comm"; } 2> /dev/null && _oomctl_harmless "$word"
      done ;;
    %units)
      systemctl list-units --all --plain --no-legend 2> /dev/null |
        while read -r word _; do _oomctl_harmless "$word"; done ;;
    %cgroups)
      root=/sys/fs/cgroup
      [[ -d $root/memory ]] && root=$root/memory
      compgen -d -- "$root/${2#/}" |
        while IFS= read -r word; do _oomctl_harmless "${word#"$root"}"; done ;;
    *) printf '%s\n' "$1" | tr '|' '\n' ;;
  esac
}

# Prints a name that the shell would take as it stands.
_oomctl_harmless() {
  case $1 in
    '' | *[!A-Za-z0-9._/:@+-]*) ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# Adds to COMPREPLY the values of the kind $1 that begin with $2; a comma before the kind says
# that several may stand with commas between them.
_oomctl_offer() {
  local kind=${1#,} stem= word
  [[ $1 == ,* ]] && stem=${2%"${2##*,}"}
  local beginning=${2#"$stem"}
  [[ $kind == %files || $kind == %directories ]] && compopt -o filenames 2> /dev/null
  while IFS= read -r word; do
    [[ $word == "$beginning"* ]] && COMPREPLY+=("$stem$word")
  done < <(_oomctl_candidates "$kind" "$beginning")
}

# Prints the kind of value that the option $1 takes, if it does.
_oomctl_kind() {
  local option
  for option in "${options[@]}"; do
    [[ $option == "$1":* ]] && printf '%s\n' "${option#*:}" && return
  done
  return 1
}

_oomctl() {
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

  _oomctl_describe ''
  for ((index = 0; index < ${#words[@]} - 1; index++)); do
    word=${words[index]}
    if [[ -n $kind ]]; then
      kind=
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -?* ]]; then
      kind=$(_oomctl_kind "$word")
    elif [[ -z $command ]]; then
      command=$word
      _oomctl_describe "$command"
    else
      place=$((place + 1))
      [[ ${operands[place - 1]} == %programs... ]] && ended=1
    fi
  done

  if [[ -n $kind ]]; then
    _oomctl_offer "$kind" "$current"
  elif [[ -z $ended && $current == --*=* ]]; then
    option=${current%%=*}
    _oomctl_offer "$(_oomctl_kind "$option")" "${current#*=}"
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
    _oomctl_offer "${kind%...}" "$current"
  fi

  # Readline replaces only what follows the last of = : @.
  for index in "${!COMPREPLY[@]}"; do
    COMPREPLY[index]=${COMPREPLY[index]:settled}
  done
}

complete -F _oomctl oomctl
