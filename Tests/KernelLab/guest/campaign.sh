# The campaign: rounds of the host's plan (see plan), one after the other. Of each kill the host gets:
#     thread TID PID       of the processes that have several
#     look COUNT JSON      the prediction just before
#     ` TEXT               the kernel's log since
#     gone PID:NAME...     who isn't there any more
#     left FREE SWAP GROUP [PID USED]
#                          memory free afterwards, swap free, the group's memory and swap, and who grows
#                          with what it uses (KiB)

campaign() {
	echo 1 > /proc/sys/vm/oom_dump_tasks
	echo madvise > /sys/kernel/mm/transparent_hugepage/enabled
	mkfifo /told
	exec 5<> /told
	# Whoever closes a disk as the last one drops what it has in RAM.
	exec 6< /dev/vdb
	mkdir /tmpfs
	mount -t tmpfs none /tmpfs
	oomctl predict --help > /help
	for plan in /rounds/*; do
		box=''
		. "$plan"
		echo done >&3
		clean
		rm -f /tmpfs/*
		echo 3 > /proc/sys/vm/drop_caches
	done
	before=''
}

# round NUMBER KIND
round() {
	echo "round $1 $2" >&3
}

# box v1|v2 MIB SWAP-MIB: /box has that limit, and is what is measured.
box() {
	mount_memory "$1"
	box=/memory/box version=$1
	mkdir $box
	if [ "$1" = v1 ]; then
		echo 1 > $box/memory.use_hierarchy 2> /dev/null
		echo "$2M" > $box/memory.limit_in_bytes
		echo "$(($2 + $3))M" > $box/memory.memsw.limit_in_bytes
	else
		echo +memory > $box/cgroup.subtree_control
		echo "$2M" > $box/memory.max
		echo "$3M" > $box/memory.swap.max
	fi
}

# inner PATH [handing]: a group, which hands the controller on.
inner() {
	mkdir -p "$1"
	[ -z "$2" ] || [ $version = v1 ] || echo +memory > "$1/cgroup.subtree_control"
}

# together PATH: the group dies as a whole, if it has the controller.
together() {
	[ ! -e "$1/memory.oom.group" ] || echo 1 > "$1/memory.oom.group"
}

# Two sets of memory nodes, as groups.
node_sets() {
	mount -t cgroup2 none /memory
	echo +cpuset > /memory/cgroup.subtree_control
	mkdir /memory/first /memory/second
	echo 0 > /memory/first/cpuset.mems
	echo 1 > /memory/second/cpuset.mems
}

# named NAME: its PID.
named() { grep -lx "$1" /proc/[0-9]*/comm 2> /dev/null | sed 's|/proc/\([0-9]*\)/.*|\1|'; }

# reap NAME: the kernel kills it and takes what it can, but it is held. (It waits for two seconds first.)
reap() {
	stuck=$(named "$1")
	echo f > /proc/sysrq-trigger
	sleep 2.8
	echo 0 > "/proc/$stuck/oom_score_adj"
}

slay() { kill -9 "$(named "$1")"; }

# look COUNT OPTION...: the prediction, one more than is needed, as some die without a word. What
# an older executable has no option for is asked as well as it can.
look() {
	count=$1
	shift
	case " $* " in *" --policy "*) grep -q -e --policy /help || set -- --cpuset 1 ;; esac
	before=$(hogs)
	# Kills while processes were started are none of it; from here on they are.
	dmesg -c > /dev/null
	predict_line=$(oomctl predict --json -n $((count + 1)) "$@" 2>&1 | tr -d '\n')
	# The log names a process whose first thread is gone by another one.
	for task in /proc/[0-9]*/task/*; do
		process=${task#/proc/}
		process=${process%%/*}
		[ "${task##*/}" = "$process" ] || echo "thread ${task##*/} $process"
	done >&3
	echo "look $count $predict_line" >&3
}

# tell: what came of it.
tell() {
	gone
	dmesg -c -s 262144 | sed 's/^/` /' >&3
	measure
}

measure() {
	free=$(awk '$1 == "MemFree:" { print $2 }' /proc/meminfo)
	# What the CPUs keep for themselves is free as well.
	kept=$(awk '$1 == "count:" { sum += $2 } END { print sum * 4 }' /proc/zoneinfo)
	# What is in the cache of swap takes RAM and swap at once, and gives one of them back when it is asked for.
	swap=$(awk '/^SwapFree:|^SwapCached:/ { sum += $2 } END { print sum }' /proc/meminfo)
	group=0
	if [ "$box" ]; then
		case $version in
		v1) group=$(cat $box/memory.memsw.usage_in_bytes) ;;
		v2) group=$(($(cat $box/memory.current) + $(cat $box/memory.swap.current))) ;;
		esac
	fi
	grower=''
	[ -z "$eater" ] || grower=$(awk -v pid="$eater" '/^VmRSS|^VmSwap/ { sum += $2 } END { print pid, sum }' /proc/$eater/status)
	echo "left $((free + kept)) $swap $((group / 1024)) $grower" >&3
}

# strikes COUNT: by SysRq, when nothing grows.
strikes() {
	eater='' now=''
	! grep -q -e --now /help || now=--now
	sleep 0.3
	for left in $(seq "$1" -1 1); do
		look "$left" $now
		press 1
		tell
	done
}

# shortages COUNT OPTIONS ACTION...: by one that grows, and rests after each kill. The kernel kills once it has
# reclaimed what it can.
shortages() {
	count=$1 options=$2
	! grep -q -e --reclaimed /help || options="--reclaimed $options"
	shift 2
	steps=''
	for left in $(seq "$count"); do steps="$steps wait grow=1 tell=/told"; done
	# shellcheck disable=SC2086 # several words
	hog name=eater adj=-1000 "$@" ready $steps wait
	eater=$!
	sleep 0.3
	for left in $(seq "$count" -1 1); do
		# shellcheck disable=SC2086 # several words, or none
		look "$left" $options
		kill -USR1 $eater
		# With nobody left to kill it would try for ever.
		status=0
		read -t 20 -r _ <&5 || status=$?
		[ $status = 0 ] || kill -9 $eater
		tell
		[ $status = 0 ] || break
	done
}
