#compdef oomctl

_oomctl_commands() {
  local -a commands=(
    'list:List processes with their scores and adjustments'
    'rank:List the processes that the kernel would kill first'
    'explain:Show how a process'\''s badness comes about, and what would change it'
    'predict:Show whom the kernel would kill, one after the other'
    'memory:Show the memory that counts for OOM: zones, commit limit, swap, cgroups'
    'groups:Show the memory cgroups, those nearest to their limits first'
    'doctor:Show what to worry about, why, and what mends it'
    'history:Show who was killed for want of memory, when, and whether rightly'
    'watch:Show memory and the next victims as they change'
    'protect:Keep processes alive, now and with --persist after restarts'
    'unprotect:Take a protection back: the value, and what makes it last'
    'adjust:Make processes more or less likely to be killed'
    'run:Start a program with an adjustment'
    'tune:Show, explain and set the kernel'\''s settings for overcommit and OOM'
    'undo:Take back the last call'\''s changes, or those of another'
    'guard:Keep the adjustments that a file of rules demands, of new processes too'
    'drill:Have the kernel kill where it does no harm, and see whether it was foretold'
    'metrics:Print metrics for Prometheus, or write them for node_exporter'
    'help:Show help for a command, or for the whole program'
    'generate:Print the manual page, completions, unit files, or alert rules'
    'dump:Hand over to systemd-oomd'\''s own oomctl, where that is installed'
  )
  _describe command commands
}

_oomctl_processes() {
  _alternative 'numbers:process number:_pids' 'names:process name:_process_names -a'
}

_oomctl_units() {
  local -a units=(${${(f)"$(systemctl list-units --all --plain --no-legend 2> /dev/null)"}%% *})
  compadd -a units
}

_oomctl_cgroups() {
  local root=/sys/fs/cgroup
  [[ -d $root/memory ]] && root=$root/memory
  local -a groups=($root/**/*(/N))
  compadd -- ${groups#$root}
}

_oomctl() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C -s -S \
    '(--json)--json[Print one JSON object]' \
    '(--bytes)--bytes[Print sizes to the byte]' \
    '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
    '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
    '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
    '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
    '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
    '(-q --quiet)-q[Print no remarks, only errors]' \
    '(-q --quiet)--quiet[Print no remarks, only errors]' \
    '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
    '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
    '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
    '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
    '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
    '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
    '(-h --help)-h[Show this help]' \
    '(-h --help)--help[Show this help]' \
    '(-V --version)-V[Show the version]' \
    '(-V --version)--version[Show the version]' \
    '1:command:_oomctl_commands' \
    '*::argument:->arguments'
  [[ $state == arguments ]] || return
  case $line[1] in
      list)
        _arguments -s -S \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '*--container=[Processes in the container with that name, or a number that begins so]:NAME:' \
          '*--pod=[Processes in the pod with that name (NAMESPACE/NAME too), or a UID that begins so]:NAME:' \
          '*-o+[Show these columns; +A,B adds them to those shown by default]:A,B,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '*--columns=[Show these columns; +A,B adds them to those shown by default]:A,B,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '*--sort=[Sort by these columns; with a minus sign from the highest down]:KEY,-KEY,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      rank)
        _arguments -s -S \
          '(-n --count)-n+[Show at most this many rows, 10 by default]:N:' \
          '(-n --count)--count=[Show at most this many rows, 10 by default]:N:' \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '*--container=[Processes in the container with that name, or a number that begins so]:NAME:' \
          '*--pod=[Processes in the pod with that name (NAMESPACE/NAME too), or a UID that begins so]:NAME:' \
          '*-o+[Show these columns; +A,B adds them to those shown by default]:A,B,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '*--columns=[Show these columns; +A,B adds them to those shown by default]:A,B,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '*--sort=[Sort by these columns; with a minus sign from the highest down]:KEY,-KEY,...:_sequence compadd - pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      explain)
        _arguments -s -S \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '*--container=[Processes in the container with that name, or a number that begins so]:NAME:' \
          '*--pod=[Processes in the pod with that name (NAMESPACE/NAME too), or a UID that begins so]:NAME:' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      predict)
        _arguments -s -S \
          '(-n --count)-n+[Show at most this many kills, 5 by default]:N:' \
          '(-n --count)--count=[Show at most this many kills, 5 by default]:N:' \
          '(--free)--free=[Go on until that much is freed]:SIZE:' \
          '(--before)--before=[Show how many die before that process, and how to spare it]:SELECTOR:_oomctl_processes' \
          '(--now)--now[Show the order by present sizes only]' \
          '(--reclaimed)--reclaimed[Show the order once files are dropped and shared memory is swapped out]' \
          '(--system)--system[The whole system, also inside a container with a limit]' \
          '(--in --cgroup)--in=[The memory cgroup that has reached its limit]:PATH:_oomctl_cgroups' \
          '(--in --cgroup)--cgroup=[The memory cgroup that has reached its limit]:PATH:_oomctl_cgroups' \
          '(--for)--for=[The nearest limited memory cgroup of that process]:PID:_oomctl_processes' \
          '(--cpuset)--cpuset=[The memory nodes of a cpuset that are used up (constraint=CONSTRAINT_CPUSET)]:NODES:' \
          '(--policy)--policy=[The memory nodes of a policy, as set by numactl or mbind, that are used up (constraint=CONSTRAINT_MEMORY_POLICY)]:NODES:' \
          '(--invoker)--invoker=[Who asks for memory, and dies if vm.oom_kill_allocating_task is set]:PID:_oomctl_processes' \
          '*--set=[Suppose that adjustment for those processes]:SELECTOR=ADJ:_oomctl_processes' \
          '*--grow=[Suppose that those processes use that much more memory each]:SELECTOR=+SIZE:_oomctl_processes' \
          '*--without=[Suppose that those processes are gone]:SELECTOR:_oomctl_processes' \
          '(--limit)--limit=[Suppose that limit for the memory cgroup]:SIZE:' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      memory)
        _arguments -s -S \
          '(--check)--check[Exit with status 1 if there is a finding]' \
          '(--cgroup)--cgroup=[Show limits of that memory cgroup and those above it; by default oomctl'\''s own]:PATH:_oomctl_cgroups' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      groups)
        _arguments -s -S \
          '(-n --count)-n+[Show at most this many rows, 20 by default]:N:' \
          '(-n --count)--count=[Show at most this many rows, 20 by default]:N:' \
          '(-a --all)-a[Show all groups, also empty ones]' \
          '(-a --all)--all[Show all groups, also empty ones]' \
          '(--tree)--tree[Show them as a tree]' \
          '(--check)--check[Exit with status 1 if a group is near its limit, or hangs]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '1:path:_oomctl_cgroups' ;;
      doctor)
        _arguments -s -S \
          '(--check)--check[Exit with status 1 if there is a warning, or worse]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      history)
        _arguments -s -S \
          '(-n --count)-n+[Show at most the latest N kills, 1000 by default; with --follow, the next N]:N:' \
          '(-n --count)--count=[Show at most the latest N kills, 1000 by default; with --follow, the next N]:N:' \
          '(-f --follow)-f[Wait for further kills, until interrupted; with --json, an object on each line]' \
          '(-f --follow)--follow[Wait for further kills, until interrupted; with --json, an object on each line]' \
          '(--tasks)--tasks[With --json, add the rows of the task tables]' \
          '(--json-lines)--json-lines[Print a JSON object for each kill, on a line of its own]' \
          '(--check)--check[Exit with status 1 if there were kills or shortages without one, or may have been]' \
          '(--since)--since=[Kills from that time on]:TIME:(today yesterday -1h -1d -1w)' \
          '(--until)--until=[Kills up to that time]:TIME:(today yesterday -1h -1d -1w)' \
          '*--name=[Kills of processes of that name]:NAME:' \
          '*-p+[Kills of that process]:PID:_oomctl_processes' \
          '*--pid=[Kills of that process]:PID:_oomctl_processes' \
          '*--user=[Kills of that user'\''s processes]:USER:_users' \
          '*--cgroup=[Kills in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*-u+[Kills in that unit of systemd'\''s]:UNIT:_oomctl_units' \
          '*--unit=[Kills in that unit of systemd'\''s]:UNIT:_oomctl_units' \
          '*--container=[Kills in that container, by the beginning of its number, or its name with LXC]:ID:' \
          '*--pod=[Kills in that pod of Kubernetes, by the beginning of its UID]:ID:' \
          '(-b --boot)-b+[Kills of that boot\: 0 is the latest, -1 the one before, or its number in the journal]:BOOT:' \
          '(-b --boot)--boot=[Kills of that boot\: 0 is the latest, -1 the one before, or its number in the journal]:BOOT:' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:FILE:_files' ;;
      watch)
        _arguments -s -S \
          '(--interval)--interval=[Look that often; every second by default]:SECONDS:' \
          '(-n --count)-n+[End after that many looks]:N:' \
          '(-n --count)--count=[End after that many looks]:N:' \
          '(--batch)--batch[Print a line at each interval in place of a screen]' \
          '(--json-lines)--json-lines[Print one JSON object a line at each interval]' \
          '(--lock)--lock[Keep the program'\''s memory from being swapped out or fetched late]' \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      protect)
        _arguments -s -S \
          '(--never)--never[Use -1000\: the kernel may never take it]' \
          '(--persist)--persist[Make it last beyond a restart]' \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--all)--all[Take all processes where a name means several]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      unprotect)
        _arguments -s -S \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--all)--all[Take all processes where a name means several]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      adjust)
        _arguments -s -S \
          '(-n --adjust)-n+[Set this adjustment, from -1000 to 1000]:ADJ:' \
          '(-n --adjust)--adjust=[Set this adjustment, from -1000 to 1000]:ADJ:' \
          '(--by)--by=[Add to the present adjustment]:±N:' \
          '(--legacy)--legacy[Use the old scale of oom_adj from -17 to 15; the kernel rounds it]' \
          '*-p+[The process with that number]:PID:_oomctl_processes' \
          '*--pid=[The process with that number]:PID:_oomctl_processes' \
          '*--name=[Processes whose name, program or first word is just that]:NAME:' \
          '*--match=[Processes whose command line matches that extended regular expression]:ERE:' \
          '*--exe=[Processes that run that program; a link means the file behind it]:PATH:' \
          '*--user=[Processes of that user]:USER:_users' \
          '(--mine)--mine[Your own processes]' \
          '*--cgroup=[Processes in that memory cgroup and those below it]:PATH:_oomctl_cgroups' \
          '*--unit=[Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too]:UNIT:_oomctl_units' \
          '*--parent=[Children of that process]:PID:_oomctl_processes' \
          '(--tree)--tree[Add the descendants of all that are selected]' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--all)--all[Take all processes where a name means several]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:process:_oomctl_processes' ;;
      run)
        _arguments -s -S \
          '(-n --adjust)-n+[Set this adjustment, from -1000 to 1000; required]:ADJ:' \
          '(-n --adjust)--adjust=[Set this adjustment, from -1000 to 1000; required]:ADJ:' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '(-)1:command:_command_names -e' \
          '*::argument:_normal' ;;
      tune)
        _arguments -s -S \
          '(--profile)--profile=[Set overcommit as heuristic, always, or strict with a share of RAM]:PROFILE:(heuristic always strict strict=80%)' \
          '(--runtime)--runtime[Set it for now only; so it is by default]' \
          '(--persist)--persist[Set it for each boot as well]' \
          '(--confirm)--confirm=[Take it back after that time unless it is kept]:TIME:' \
          '(--keep)--keep[Confirm settings that are on trial]' \
          '(--revert)--revert[Take settings that are on trial back at once]' \
          '(--check)--check[Fail where a setting isn'\''t what it will be at next boot]' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '*:setting:(vm.overcommit_memory vm.overcommit_ratio vm.overcommit_kbytes vm.panic_on_oom vm.oom_kill_allocating_task vm.oom_dump_tasks vm.min_free_kbytes vm.lowmem_reserve_ratio vm.admin_reserve_kbytes vm.user_reserve_kbytes vm.swappiness vm.watermark_scale_factor vm.watermark_boost_factor vm.vfs_cache_pressure kernel.panic kernel.sysrq)' ;;
      undo)
        _arguments -s -S \
          '(--list)--list[Show the calls that changed something]' \
          '(--all)--all[Take back all of them, the latest first]' \
          '(--id)--id=[Take back that one, by its number]:CALL:' \
          '(--tree)--tree[Take along the descendants that have inherited a value]' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      guard)
        _arguments -s -S \
          '(--rules)--rules=[Read the rules from there and not from /etc/oomctl/rules.conf]:FILE:_files' \
          '(--once)--once[Apply the rules to what runs now, and end]' \
          '(--check-rules)--check-rules[Only check the file, and show which processes each rule matches now]' \
          '(--interval)--interval=[Look at all processes that often where the kernel doesn'\''t tell; by default 30]:SECONDS:' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      drill)
        _arguments -s -S \
          '(--members)--members=[How many processes take part; 3 by default]:N:' \
          '(--limit)--limit=[The group'\''s limit; 64M by default]:SIZE:' \
          '*--adjust=[Their adjustments, the first process'\'' first; 0 by default]:A,B,...:' \
          '(--sysrq)--sysrq[Have the kernel kill the worst process of the whole system]' \
          '(--yes)--yes=[Go on without asking if the victim has that name]:NAME:' \
          '(--dry-run)--dry-run[Show what would be done or refused, and do nothing]' \
          '(--force)--force[Do also what a safety check refuses]' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      metrics)
        _arguments -s -S \
          '(--openmetrics)--openmetrics[Print OpenMetrics in place of Prometheus'\'' own format]' \
          '(--top)--top=[Tell of that many units or memory cgroups at the most, 10 by default]:N:' \
          '(--output)--output=[Write into that file, as a whole, and print nothing]:FILE:_files' \
          '(--json)--json[Print one JSON object]' \
          '(--bytes)--bytes[Print sizes to the byte]' \
          '(--si)--si[Print sizes in powers of 1000 in place of 1024]' \
          '(--no-headings --noheadings --no-headers)--no-headings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--noheadings[Leave out the line of headings, and the lines below the table]' \
          '(--no-headings --noheadings --no-headers)--no-headers[Leave out the line of headings, and the lines below the table]' \
          '(--color)--color=[Whether to use colour; auto does on a terminal, unless NO_COLOR is set]:auto|always|never:(auto always never)' \
          '(-q --quiet)-q[Print no remarks, only errors]' \
          '(-q --quiet)--quiet[Print no remarks, only errors]' \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(--root)--root=[Look at the machine whose proc, sys and etc lie in that folder]:DIR:' \
          '(--kernel)--kernel=[Score as that kernel does; by default as the machine'\''s own]:VERSION:' \
          '(--rule)--rule=[Score by the rule that came with that kernel, for kernels with changes from later ones]:ERA:(2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9)' \
          '(--page-size)--page-size=[Size of a page of a captured machine, if the capture doesn'\''t imply it]:SIZE:' \
          '(--word-size)--word-size=[Size of a long of a captured machine, if the capture doesn'\''t imply it]:32|64:(32 64)' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
      help)
        _arguments -s -S \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '1:command:_oomctl_commands' ;;
      generate)
        _arguments -s -S \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' \
          '1:what:(manual completions unit timer alerts)' \
          '2:which:(bash zsh fish guard metrics)' ;;
      dump)
        _arguments -s -S \
          '(--no-pager)--no-pager[Accepted for the sake of scripts; there never is a pager]' \
          '(-h --help)-h[Show this help]' \
          '(-h --help)--help[Show this help]' \
          '(-V --version)-V[Show the version]' \
          '(-V --version)--version[Show the version]' ;;
  esac
}

if [[ $funcstack[1] == _oomctl ]]; then
  _oomctl "$@"
else
  compdef _oomctl oomctl
fi
