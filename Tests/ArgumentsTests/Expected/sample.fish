# fish completion for sample

# Prints the command that was typed, or the name of what is done without one.
function __sample_command
    set -l takes_value
    for word in (commandline -opc)[2..-1]
        if set -q takes_value[1]
            set takes_value
        else if contains -- $word --root --kernel -o --columns --color
            set takes_value yes
        else if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
    echo overview
end

function __sample_takes
    contains -- (__sample_command) $argv
end

function __sample_processes
    __fish_complete_pids
    __fish_complete_proc
end

function __sample_units
    systemctl list-units --all --plain --no-legend 2>/dev/null | string replace -r ' .*' ''
end

function __sample_cgroups
    set -l root /sys/fs/cgroup
    test -d $root/memory; and set root $root/memory
    string replace -- $root '' $root/**/
end

complete -c sample -f
complete -c sample -n '__sample_takes overview' -a rank -d 'List what goes first'
complete -c sample -n '__sample_takes overview' -a adjust -d 'Make it more or less likely'
complete -c sample -n '__sample_takes overview' -a run -d 'Start a program'
complete -c sample -n '__sample_takes overview' -a generate -d 'Write what belongs to the program'
complete -c sample -n '__sample_takes overview' -a help -d 'Tell about a command'
complete -c sample -s h -l help -d 'Show this help'
complete -c sample -s V -l version -d 'Show the version'
complete -c sample -n '__sample_takes overview rank' -l root -r -f -a '(__fish_complete_directories)' -d 'Read all files below this directory'
complete -c sample -n '__sample_takes overview rank' -l kernel -r -f -d 'Score as this kernel does'
complete -c sample -n '__sample_takes overview rank' -l json -d 'Show JSON'
complete -c sample -n '__sample_takes overview rank' -s x -l xml -d 'Show XML'
complete -c sample -n '__sample_takes overview rank' -l no-headings -l noheadings -l no-headers -d 'Leave out the line of headings'
complete -c sample -n '__sample_takes overview rank' -s o -l columns -r -f -a '(__fish_append , pid user name score badness)' -d 'Show these columns'
complete -c sample -n '__sample_takes overview rank' -l color -r -f -a 'auto always never' -d 'Colour what is shown'
complete -c sample -n '__sample_takes rank' -s n -l count -r -f -d 'Show at most this many'
complete -c sample -n '__sample_takes rank' -l sort -r -f -d 'Order by this key; -KEY reverses'
complete -c sample -n '__sample_takes rank' -s q -l quiet -d 'Show nothing but the list'
complete -c sample -n '__sample_takes rank' -s e -l explain -d 'Show how each came about'
complete -c sample -n '__sample_takes rank' -s u -l user -r -f -a '(__fish_complete_users)' -d 'Only of this user'
complete -c sample -n '__sample_takes rank' -l unit -r -f -a '(__sample_units)' -d 'Only of it'
complete -c sample -n '__sample_takes rank' -l cgroup -r -f -a '(__sample_cgroups)' -d 'In it'
complete -c sample -n '__sample_takes adjust' -s n -l adjust -r -f -d 'Set this value'
complete -c sample -n '__sample_takes adjust' -l by -r -f -d 'Add this to the present value'
complete -c sample -n '__sample_takes run' -s n -l adjust -r -f -d 'Start it with this value'
complete -c sample -n '__sample_takes adjust' -f -a '(__sample_processes)'
complete -c sample -n '__sample_takes run' -F -a '(__fish_complete_command)'
complete -c sample -n '__sample_takes generate' -f -a 'manual completions'
complete -c sample -n '__sample_takes generate' -f -a 'bash zsh fish'
complete -c sample -n '__sample_takes help' -f -a 'rank adjust run generate help'
