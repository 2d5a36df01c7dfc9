# What is said inside a container with a limit: its group is the first answer, and who dies there dies. One
# container is made by hand: a memory cgroup, with namespaces of PIDs, mounts and cgroups. Others are podman's.

# The limited group as it is called inside.
group=/
box=/sys/fs/cgroup/lab-box

# boxed SCRIPT: runs it in the container, as its first process. (An older mount doesn't lay a file system over
# itself: there is another one between.)
boxed() {
	mkdir $box
	echo 50M > $box/memory.max
	[ ! -e $box/memory.swap.max ] || echo 0 > $box/memory.swap.max
	# shellcheck disable=SC2016 # they are the new shell's
	unshare --pid --fork --mount --mount-proc sh -c 'echo 0 > "$0/cgroup.procs" && exec unshare --cgroup "$@"' \
		$box sh -c '. /lab/lib.sh; . /lab/containing.sh
			mount -t tmpfs none /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup && "$0"' "$1"
	status=$?
	for _ in $(seq 50); do rmdir $box 2> /dev/null && break || sleep 0.1; done
	return $status
}

# A victim's pages are given back after the kernel has ceased to wait for them. An allocation in between finds the
# group still full and takes a second victim: rare, and no matter of what is said, so the box is filled again.
container() {
	for _ in 1 2 3; do
		boxed screens && return || status=$?
		[ $status = $both ] || exit 1
	done
	fail "the kernel killed both, three times"
}
# What "screens" ends with where the kernel has killed both.
both=75

# shown WORDS: stands in what the last command said, wherever its lines end.
shown() {
	in_one_line < /run/lab/output | grep -qF -- "$(printf %s "$*" | in_one_line)" ||
		fail "no '$*' in: $(head -n 12 /run/lab/output | tr '\n' '|')"
}
in_one_line() { tr -s ' \n' ' '; }

# holder NAME MEBIBYTES: a process of that name that holds so much. $pid is its PID.
holder() {
	# shellcheck disable=SC2016 # they are perl's
	perl -e '$0 = $ARGV[0]; for (1 .. $ARGV[1]) { push @held, "x" x (1 << 20) } sleep 600' "$1" "$2" &
	pid=$!
}

# killed: how many processes the kernel has killed in the group.
killed() { sed -n 's/^oom_kill //p' "$folder/memory.events"; }

screens() {
	folder=/sys/fs/cgroup${group%/}
	holder holder 25
	victim=$pid
	until [ "$(($(cat "$folder/memory.current") >> 20))" -ge 25 ]; do sleep 0.1; done
	sleep 1
	does 0 oomctl
	shown "This container: memory cgroup $group"
	shown "of   50M"
	shown "none in this group"
	shown "Next victim  holder[$victim]"
	shown "unknown: not all processes of the host are seen"
	does 0 oomctl rank -n 3
	shown "In memory cgroup $group"
	does 0 oomctl rank -n 1 --json
	expect "first by rank" "$(says pid)" "$victim"
	does 0 oomctl memory
	shown "MEMORY CGROUP"
	does 0 oomctl doctor
	shown "Next victim: holder[$victim]"
	for words in "" "--for $$" "--in $group"; do
		# shellcheck disable=SC2086 # they are several words
		does 0 oomctl predict $words
		# The nearest group with a limit may be one in it.
		shown "OOM in $group"
		shown "limit + swap 50 MiB"
		shown "Next to die: holder[$victim]"
	done
	does 0 oomctl predict --system
	shown "Next to die: unknown"
	! grep -q 'oomctl\[' /run/lab/output || fail "oomctl names itself"
	# What grows is behind the holder until the limit is reached.
	holder grower 24
	for _ in $(seq 100); do
		[ "$(killed)" = 0 ] || break
		sleep 0.1
	done
	sleep 1
	[ "$(killed)" != 2 ] || exit $both
	expect "victims" "$(killed)" 1
	! grep -q ') [^Z]' "/proc/$victim/stat" 2> /dev/null || fail "another one died"
	grep -q ') [^Z]' "/proc/$pid/stat" || fail "the grower died"
	does 0 oomctl
	shown "1 in this group"
	shown "Next victim  grower[$pid]"
	does 0 oomctl doctor
	shown "has killed 1 process in memory cgroup $group"
}

# A container of podman's, run by crun. What it shows of itself is this system's own, for want of another
# one's files. The newer crun's limit is also that of a group around the container's own: either may run out first.
podman_crun() {
	for folder in proc sys dev tmp etc usr lab; do mkdir -p $root/$folder; done
	for name in bin sbin lib lib64; do ln -s usr/$name $root/$name; done
	echo root:x:0:0:root:/root:/bin/sh > $root/etc/passwd
	# What an initramfs can't have: another file system laid over it, and another root.
	printf '[storage]\ndriver = "vfs"\nrunroot = "/run/containers"\ngraphroot = "/var/lib/containers"\n' \
		> /etc/containers/storage.conf
	printf '[engine]\nno_pivot_root = true\n' > /etc/containers/containers.conf
	for namespace in private host; do
		podman run --rm --memory 50m --network none --cgroupns $namespace \
			-v /usr:/usr:ro -v /lab:/lab:ro -v /run/lab:/run/lab --rootfs $root \
			sh -c ". /lab/lib.sh; . /lab/containing.sh; in_podman_$namespace" || exit 1
	done
	expect "killed by the log" "$(dmesg | grep -c 'oom-kill:.*libpod-.*task=holder')" 2
}
root=/run/lab/root

in_podman_private() {
	screens
	without_log
}

in_podman_host() {
	group=$(sed -n 's/^0:://p' /proc/self/cgroup)
	[ "$(cat "/sys/fs/cgroup${group%/*}/memory.max")" = max ] || group=${group%/*}
	screens
	without_log
}

# There is journalctl, but no journal.
without_log() {
	does 0 oomctl list
	does 1 oomctl history
	shown "Kills in this container, memory cgroup $group"
	shown "1 in this group"
	shown "No log could be read"
}
