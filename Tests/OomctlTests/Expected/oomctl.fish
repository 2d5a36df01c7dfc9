# fish completion for oomctl

# Prints the command that was typed, or the name of what is done without one.
function __oomctl_command
    set -l takes_value
    for word in (commandline -opc)[2..-1]
        if set -q takes_value[1]
            set takes_value
        else if contains -- $word --color --root --kernel --rule --page-size --word-size
            set takes_value yes
        else if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
    echo overview
end

function __oomctl_takes
    contains -- (__oomctl_command) $argv
end

function __oomctl_processes
    __fish_complete_pids
    __fish_complete_proc
end

function __oomctl_units
    systemctl list-units --all --plain --no-legend 2>/dev/null | string replace -r ' .*' ''
end

function __oomctl_cgroups
    set -l root /sys/fs/cgroup
    test -d $root/memory; and set root $root/memory
    string replace -- $root '' $root/**/
end

complete -c oomctl -f
complete -c oomctl -n '__oomctl_takes overview' -a list -d 'List processes with their scores and adjustments'
complete -c oomctl -n '__oomctl_takes overview' -a rank -d 'List the processes that the kernel would kill first'
complete -c oomctl -n '__oomctl_takes overview' -a explain -d 'Show how a process'\''s badness comes about, and what would change it'
complete -c oomctl -n '__oomctl_takes overview' -a predict -d 'Show whom the kernel would kill, one after the other'
complete -c oomctl -n '__oomctl_takes overview' -a memory -d 'Show the memory that counts for OOM: zones, commit limit, swap, cgroups'
complete -c oomctl -n '__oomctl_takes overview' -a groups -d 'Show the memory cgroups, those nearest to their limits first'
complete -c oomctl -n '__oomctl_takes overview' -a doctor -d 'Show what to worry about, why, and what mends it'
complete -c oomctl -n '__oomctl_takes overview' -a history -d 'Show who was killed for want of memory, when, and whether rightly'
complete -c oomctl -n '__oomctl_takes overview' -a watch -d 'Show memory and the next victims as they change'
complete -c oomctl -n '__oomctl_takes overview' -a protect -d 'Keep processes alive, now and with --persist after restarts'
complete -c oomctl -n '__oomctl_takes overview' -a unprotect -d 'Take a protection back: the value, and what makes it last'
complete -c oomctl -n '__oomctl_takes overview' -a adjust -d 'Make processes more or less likely to be killed'
complete -c oomctl -n '__oomctl_takes overview' -a run -d 'Start a program with an adjustment'
complete -c oomctl -n '__oomctl_takes overview' -a tune -d 'Show, explain and set the kernel'\''s settings for overcommit and OOM'
complete -c oomctl -n '__oomctl_takes overview' -a undo -d 'Take back the last call'\''s changes, or those of another'
complete -c oomctl -n '__oomctl_takes overview' -a guard -d 'Keep the adjustments that a file of rules demands, of new processes too'
complete -c oomctl -n '__oomctl_takes overview' -a drill -d 'Have the kernel kill where it does no harm, and see whether it was foretold'
complete -c oomctl -n '__oomctl_takes overview' -a metrics -d 'Print metrics for Prometheus, or write them for node_exporter'
complete -c oomctl -n '__oomctl_takes overview' -a help -d 'Show help for a command, or for the whole program'
complete -c oomctl -n '__oomctl_takes overview' -a generate -d 'Print the manual page, completions, unit files, or alert rules'
complete -c oomctl -n '__oomctl_takes overview' -a dump -d 'Hand over to systemd-oomd'\''s own oomctl, where that is installed'
complete -c oomctl -s h -l help -d 'Show this help'
complete -c oomctl -s V -l version -d 'Show the version'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l json -d 'Print one JSON object'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l bytes -d 'Print sizes to the byte'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l si -d 'Print sizes in powers of 1000 in place of 1024'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l no-headings -l noheadings -l no-headers -d 'Leave out the line of headings, and the lines below the table'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l color -r -f -a 'auto always never' -d 'Whether to use colour; auto does on a terminal, unless NO_COLOR is set'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -s q -l quiet -d 'Print no remarks, only errors'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust run tune undo guard drill metrics help generate dump' -l no-pager -d 'Accepted for the sake of scripts; there never is a pager'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l root -r -f -d 'Look at the machine whose proc, sys and etc lie in that folder'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l kernel -r -f -d 'Score as that kernel does; by default as the machine'\''s own'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l rule -r -f -a '2.4 2.6.0 2.6.1 2.6.9 2.6.11 2.6.16 2.6.19 2.6.22 2.6.25 2.6.32 2.6.36 2.6.39 3.0 3.2 3.5 3.14 4.0 4.7 4.8 4.15 4.17 5.9' -d 'Score by the rule that came with that kernel, for kernels with changes from later ones'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l page-size -r -f -d 'Size of a page of a captured machine, if the capture doesn'\''t imply it'
complete -c oomctl -n '__oomctl_takes overview list rank explain predict memory groups doctor history watch protect unprotect adjust tune undo guard drill metrics' -l word-size -r -f -a '32 64' -d 'Size of a long of a captured machine, if the capture doesn'\''t imply it'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -s p -l pid -r -f -a '(__oomctl_processes)' -d 'The process with that number'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l name -r -f -d 'Processes whose name, program or first word is just that'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l match -r -f -d 'Processes whose command line matches that extended regular expression'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l exe -r -f -d 'Processes that run that program; a link means the file behind it'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l user -r -f -a '(__fish_complete_users)' -d 'Processes of that user'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l mine -d 'Your own processes'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l cgroup -r -f -a '(__oomctl_cgroups)' -d 'Processes in that memory cgroup and those below it'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l unit -r -f -a '(__oomctl_units)' -d 'Processes of that systemd unit; x means x.service. A user'\''s own needs --user, too'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l parent -r -f -a '(__oomctl_processes)' -d 'Children of that process'
complete -c oomctl -n '__oomctl_takes list rank explain watch protect unprotect adjust' -l tree -d 'Add the descendants of all that are selected'
complete -c oomctl -n '__oomctl_takes list rank explain' -l container -r -f -d 'Processes in the container with that name, or a number that begins so'
complete -c oomctl -n '__oomctl_takes list rank explain' -l pod -r -f -d 'Processes in the pod with that name (NAMESPACE/NAME too), or a UID that begins so'
complete -c oomctl -n '__oomctl_takes list rank' -s o -l columns -r -f -a '(__fish_append , pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin)' -d 'Show these columns; +A,B adds them to those shown by default'
complete -c oomctl -n '__oomctl_takes list rank' -l sort -r -f -a '(__fish_append , pid ppid uid user name command command_cut cgroup unit user_unit container pod oom_score oom_score_adj oom_adj rss_bytes swap_bytes page_tables_bytes memory_percent badness badness_unit badness_pages predicted_oom_score unkillable origin)' -d 'Sort by these columns; with a minus sign from the highest down'
complete -c oomctl -n '__oomctl_takes rank' -s n -l count -r -f -d 'Show at most this many rows, 10 by default'
complete -c oomctl -n '__oomctl_takes predict' -s n -l count -r -f -d 'Show at most this many kills, 5 by default'
complete -c oomctl -n '__oomctl_takes predict' -l free -r -f -d 'Go on until that much is freed'
complete -c oomctl -n '__oomctl_takes predict' -l before -r -f -a '(__oomctl_processes)' -d 'Show how many die before that process, and how to spare it'
complete -c oomctl -n '__oomctl_takes predict' -l now -d 'Show the order by present sizes only'
complete -c oomctl -n '__oomctl_takes predict' -l reclaimed -d 'Show the order once files are dropped and shared memory is swapped out'
complete -c oomctl -n '__oomctl_takes predict' -l system -d 'The whole system, also inside a container with a limit'
complete -c oomctl -n '__oomctl_takes predict' -l in -l cgroup -r -f -a '(__oomctl_cgroups)' -d 'The memory cgroup that has reached its limit'
complete -c oomctl -n '__oomctl_takes predict' -l for -r -f -a '(__oomctl_processes)' -d 'The nearest limited memory cgroup of that process'
complete -c oomctl -n '__oomctl_takes predict' -l cpuset -r -f -d 'The memory nodes of a cpuset that are used up (constraint=CONSTRAINT_CPUSET)'
complete -c oomctl -n '__oomctl_takes predict' -l policy -r -f -d 'The memory nodes of a policy, as set by numactl or mbind, that are used up (constraint=CONSTRAINT_MEMORY_POLICY)'
complete -c oomctl -n '__oomctl_takes predict' -l invoker -r -f -a '(__oomctl_processes)' -d 'Who asks for memory, and dies if vm.oom_kill_allocating_task is set'
complete -c oomctl -n '__oomctl_takes predict' -l set -r -f -a '(__oomctl_processes)' -d 'Suppose that adjustment for those processes'
complete -c oomctl -n '__oomctl_takes predict' -l grow -r -f -a '(__oomctl_processes)' -d 'Suppose that those processes use that much more memory each'
complete -c oomctl -n '__oomctl_takes predict' -l without -r -f -a '(__oomctl_processes)' -d 'Suppose that those processes are gone'
complete -c oomctl -n '__oomctl_takes predict' -l limit -r -f -d 'Suppose that limit for the memory cgroup'
complete -c oomctl -n '__oomctl_takes memory' -l check -d 'Exit with status 1 if there is a finding'
complete -c oomctl -n '__oomctl_takes memory' -l cgroup -r -f -a '(__oomctl_cgroups)' -d 'Show limits of that memory cgroup and those above it; by default oomctl'\''s own'
complete -c oomctl -n '__oomctl_takes groups' -s n -l count -r -f -d 'Show at most this many rows, 20 by default'
complete -c oomctl -n '__oomctl_takes groups' -s a -l all -d 'Show all groups, also empty ones'
complete -c oomctl -n '__oomctl_takes groups' -l tree -d 'Show them as a tree'
complete -c oomctl -n '__oomctl_takes groups' -l check -d 'Exit with status 1 if a group is near its limit, or hangs'
complete -c oomctl -n '__oomctl_takes doctor' -l check -d 'Exit with status 1 if there is a warning, or worse'
complete -c oomctl -n '__oomctl_takes history' -s n -l count -r -f -d 'Show at most the latest N kills, 1000 by default; with --follow, the next N'
complete -c oomctl -n '__oomctl_takes history' -s f -l follow -d 'Wait for further kills, until interrupted; with --json, an object on each line'
complete -c oomctl -n '__oomctl_takes history' -l tasks -d 'With --json, add the rows of the task tables'
complete -c oomctl -n '__oomctl_takes history' -l json-lines -d 'Print a JSON object for each kill, on a line of its own'
complete -c oomctl -n '__oomctl_takes history' -l check -d 'Exit with status 1 if there were kills or shortages without one, or may have been'
complete -c oomctl -n '__oomctl_takes history' -l since -r -f -a 'today yesterday -1h -1d -1w' -d 'Kills from that time on'
complete -c oomctl -n '__oomctl_takes history' -l until -r -f -a 'today yesterday -1h -1d -1w' -d 'Kills up to that time'
complete -c oomctl -n '__oomctl_takes history' -l name -r -f -d 'Kills of processes of that name'
complete -c oomctl -n '__oomctl_takes history' -s p -l pid -r -f -a '(__oomctl_processes)' -d 'Kills of that process'
complete -c oomctl -n '__oomctl_takes history' -l user -r -f -a '(__fish_complete_users)' -d 'Kills of that user'\''s processes'
complete -c oomctl -n '__oomctl_takes history' -l cgroup -r -f -a '(__oomctl_cgroups)' -d 'Kills in that memory cgroup and those below it'
complete -c oomctl -n '__oomctl_takes history' -s u -l unit -r -f -a '(__oomctl_units)' -d 'Kills in that unit of systemd'\''s'
complete -c oomctl -n '__oomctl_takes history' -l container -r -f -d 'Kills in that container, by the beginning of its number, or its name with LXC'
complete -c oomctl -n '__oomctl_takes history' -l pod -r -f -d 'Kills in that pod of Kubernetes, by the beginning of its UID'
complete -c oomctl -n '__oomctl_takes history' -s b -l boot -r -f -d 'Kills of that boot: 0 is the latest, -1 the one before, or its number in the journal'
complete -c oomctl -n '__oomctl_takes watch' -l interval -r -f -d 'Look that often; every second by default'
complete -c oomctl -n '__oomctl_takes watch' -s n -l count -r -f -d 'End after that many looks'
complete -c oomctl -n '__oomctl_takes watch' -l batch -d 'Print a line at each interval in place of a screen'
complete -c oomctl -n '__oomctl_takes watch' -l json-lines -d 'Print one JSON object a line at each interval'
complete -c oomctl -n '__oomctl_takes watch' -l lock -d 'Keep the program'\''s memory from being swapped out or fetched late'
complete -c oomctl -n '__oomctl_takes protect' -l never -d 'Use -1000: the kernel may never take it'
complete -c oomctl -n '__oomctl_takes protect' -l persist -d 'Make it last beyond a restart'
complete -c oomctl -n '__oomctl_takes protect unprotect adjust tune undo guard drill' -l dry-run -d 'Show what would be done or refused, and do nothing'
complete -c oomctl -n '__oomctl_takes protect unprotect adjust' -l all -d 'Take all processes where a name means several'
complete -c oomctl -n '__oomctl_takes protect unprotect adjust tune undo drill' -l force -d 'Do also what a safety check refuses'
complete -c oomctl -n '__oomctl_takes adjust' -s n -l adjust -r -f -d 'Set this adjustment, from -1000 to 1000'
complete -c oomctl -n '__oomctl_takes adjust' -l by -r -f -d 'Add to the present adjustment'
complete -c oomctl -n '__oomctl_takes adjust' -l legacy -d 'Use the old scale of oom_adj from -17 to 15; the kernel rounds it'
complete -c oomctl -n '__oomctl_takes run' -s n -l adjust -r -f -d 'Set this adjustment, from -1000 to 1000; required'
complete -c oomctl -n '__oomctl_takes tune' -l profile -r -f -a 'heuristic always strict strict=80%' -d 'Set overcommit as heuristic, always, or strict with a share of RAM'
complete -c oomctl -n '__oomctl_takes tune' -l runtime -d 'Set it for now only; so it is by default'
complete -c oomctl -n '__oomctl_takes tune' -l persist -d 'Set it for each boot as well'
complete -c oomctl -n '__oomctl_takes tune' -l confirm -r -f -d 'Take it back after that time unless it is kept'
complete -c oomctl -n '__oomctl_takes tune' -l keep -d 'Confirm settings that are on trial'
complete -c oomctl -n '__oomctl_takes tune' -l revert -d 'Take settings that are on trial back at once'
complete -c oomctl -n '__oomctl_takes tune' -l check -d 'Fail where a setting isn'\''t what it will be at next boot'
complete -c oomctl -n '__oomctl_takes undo' -l list -d 'Show the calls that changed something'
complete -c oomctl -n '__oomctl_takes undo' -l all -d 'Take back all of them, the latest first'
complete -c oomctl -n '__oomctl_takes undo' -l id -r -f -d 'Take back that one, by its number'
complete -c oomctl -n '__oomctl_takes undo' -l tree -d 'Take along the descendants that have inherited a value'
complete -c oomctl -n '__oomctl_takes guard' -l rules -r -F -d 'Read the rules from there and not from /etc/oomctl/rules.conf'
complete -c oomctl -n '__oomctl_takes guard' -l once -d 'Apply the rules to what runs now, and end'
complete -c oomctl -n '__oomctl_takes guard' -l check-rules -d 'Only check the file, and show which processes each rule matches now'
complete -c oomctl -n '__oomctl_takes guard' -l interval -r -f -d 'Look at all processes that often where the kernel doesn'\''t tell; by default 30'
complete -c oomctl -n '__oomctl_takes drill' -l members -r -f -d 'How many processes take part; 3 by default'
complete -c oomctl -n '__oomctl_takes drill' -l limit -r -f -d 'The group'\''s limit; 64M by default'
complete -c oomctl -n '__oomctl_takes drill' -l adjust -r -f -d 'Their adjustments, the first process'\'' first; 0 by default'
complete -c oomctl -n '__oomctl_takes drill' -l sysrq -d 'Have the kernel kill the worst process of the whole system'
complete -c oomctl -n '__oomctl_takes drill' -l yes -r -f -d 'Go on without asking if the victim has that name'
complete -c oomctl -n '__oomctl_takes metrics' -l openmetrics -d 'Print OpenMetrics in place of Prometheus'\'' own format'
complete -c oomctl -n '__oomctl_takes metrics' -l top -r -f -d 'Tell of that many units or memory cgroups at the most, 10 by default'
complete -c oomctl -n '__oomctl_takes metrics' -l output -r -F -d 'Write into that file, as a whole, and print nothing'
complete -c oomctl -n '__oomctl_takes list' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes rank' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes explain' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes groups' -f -a '(__oomctl_cgroups)'
complete -c oomctl -n '__oomctl_takes history' -F
complete -c oomctl -n '__oomctl_takes watch' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes protect' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes unprotect' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes adjust' -f -a '(__oomctl_processes)'
complete -c oomctl -n '__oomctl_takes run' -F -a '(__fish_complete_command)'
complete -c oomctl -n '__oomctl_takes tune' -f -a 'vm.overcommit_memory vm.overcommit_ratio vm.overcommit_kbytes vm.panic_on_oom vm.oom_kill_allocating_task vm.oom_dump_tasks vm.min_free_kbytes vm.lowmem_reserve_ratio vm.admin_reserve_kbytes vm.user_reserve_kbytes vm.swappiness vm.watermark_scale_factor vm.watermark_boost_factor vm.vfs_cache_pressure kernel.panic kernel.sysrq'
complete -c oomctl -n '__oomctl_takes help' -f -a 'list rank explain predict memory groups doctor history watch protect unprotect adjust run tune undo guard drill metrics help generate dump'
complete -c oomctl -n '__oomctl_takes generate' -f -a 'manual completions unit timer alerts'
complete -c oomctl -n '__oomctl_takes generate' -f -a 'bash zsh fish guard metrics'
