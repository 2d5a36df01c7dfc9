# What is said inside a container with a limit: its group is the first answer, and who dies there dies. The
# container is made by hand: a memory cgroup, with namespaces of PIDs, mounts and cgroups.

box=/sys/fs/cgroup/lab-box

# boxed SCRIPT: runs it in the container, as its first process.
boxed() {
	mkdir $box
	echo 50M > $box/memory.max
	[ ! -e $box/memory.swap.max ] || echo 0 > $box/memory.swap.max
	# shellcheck disable=SC2016 # they are the new shell's
	unshare --pid --fork --mount --mount-proc sh -c 'echo 0 > "$0/cgroup.procs" && exec unshare --cgroup "$@"' \
		$box sh -c '. /lab/lib.sh; . /lab/containing.sh
			mount -t cgroup2 cgroup2 /sys/fs/cgroup && "$0"' "$1" || exit 1
	for _ in $(seq 50); do rmdir $box 2> /dev/null && break || sleep 0.1; done
}

container() { boxed screens; }

# shown WORDS: stands in what the last command said.
shown() { grep -qF -- "$*" /run/lab/output || fail "no '$*' in: $(head -n 12 /run/lab/output | tr '\n' '|')"; }

# holder NAME MEBIBYTES: a process of that name that holds so much. $pid is its PID.
holder() {
	# shellcheck disable=SC2016 # they are perl's
	perl -e '$0 = $ARGV[0]; for (1 .. $ARGV[1]) { push @held, "x" x (1 << 20) } sleep 600' "$1" "$2" &
	pid=$!
}

screens() {
	holder holder 25
	victim=$pid
	until [ "$(($(cat /sys/fs/cgroup/memory.current) >> 20))" -ge 25 ]; do sleep 0.1; done
	sleep 1
	does 0 oomctl
	shown "This container: memory cgroup /"
	shown "of   50M"
	shown "none in this group"
	shown "Next victim  holder[$victim]"
	shown "unknown: not all processes of the host are seen"
	does 0 oomctl rank -n 3
	shown "In memory cgroup /"
	does 0 oomctl rank -n 1 --json
	expect "first by rank" "$(says pid)" "$victim"
	does 0 oomctl memory
	shown "MEMORY CGROUP"
	does 0 oomctl doctor
	shown "Next victim: holder[$victim]"
	for words in "" "--for $$" "--in /"; do
		# shellcheck disable=SC2086 # they are several words
		does 0 oomctl predict $words
		shown "OOM in /   limit + swap 50 MiB"
		shown "Next to die: holder[$victim]"
	done
	does 0 oomctl predict --system
	shown "Next to die: unknown"
	! grep -q 'oomctl\[' /run/lab/output || fail "oomctl names itself"
	# What grows is behind the holder until the limit is reached.
	holder grower 24
	for _ in $(seq 100); do
		[ -e "/proc/$victim/stat" ] && ! grep -q ') Z' "/proc/$victim/stat" || break
		sleep 0.1
	done
	expect "victims" "$(sed -n 's/^oom_kill //p' /sys/fs/cgroup/memory.events)" 1
	! grep -q ') [^Z]' "/proc/$victim/stat" 2> /dev/null || fail "another one died"
	grep -q ') [^Z]' "/proc/$pid/stat" || fail "the grower died"
	does 0 oomctl
	shown "1 in this group"
	shown "Next victim  grower[$pid]"
	does 0 oomctl doctor
	shown "has killed 1 process in memory cgroup /"
}
