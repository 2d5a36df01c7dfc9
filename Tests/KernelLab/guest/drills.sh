# Drills: the program's own comparison of its prediction with the kernel, in memory cgroups and by SysRq.

# drills COUNT OPTION...: that many in a row must agree, each in its own group, and leave nothing behind.
drills() {
	count=$1
	shift
	for number in $(seq "$count"); do
		words=$(oomctl drill "$@" 2>&1) || {
			echo "$words"
			differing="$differing $*:$number"
		}
	done
	left=$(find /memory -name 'oomctl-drill*')
	[ -z "$left" ] || differing="$differing left:$left"
}

# Here root may lower adjustments too.
tables() {
	differing=''
	drills 10
	drills 5 --adjust 0,500,0
	drills 5 --adjust 0,300,-200
	drills 5 --adjust -1000,0,-500
	drills 5 --members 8 --adjust 0,0,0,0,0,0,900,-900
	drills 5 --members 2 --limit 8M
	oomctl drill --limit 1G 2> /dev/null
	[ $? = 3 ] || differing="$differing unrefused"
}

drill_v1() {
	mount_memory v1
	tables
	echo "check ${differing:-ok}" >&3
}

# The controller isn't enabled before, and isn't afterwards.
drill_v2() {
	mount -t cgroup2 none /memory
	echo -memory > /memory/cgroup.subtree_control
	tables
	grep -q memory /memory/cgroup.subtree_control && differing="$differing enabled"
	killed
	echo "check ${differing:-ok}" >&3
}

# One that is killed in the middle: it is held up by a pipe that nobody reads. Its processes die along, and
# the next one removes its group.
killed() {
	mkfifo /held
	exec 4<> /held
	dd if=/dev/zero bs=4096 count=16 >&4 2> /dev/null
	oomctl drill >&4 &
	drill=$!
	for _ in $(seq 100); do
		[ "$(cat /memory/oomctl-drill.*/cgroup.procs 2> /dev/null | wc -l)" = 3 ] && break
		sleep 0.1
	done
	[ -d /memory/oomctl-drill.$drill.* ] || differing="$differing unheld"
	kill -9 $drill
	sleep 1
	[ -z "$(cat /memory/oomctl-drill.*/cgroup.procs)" ] || differing="$differing survivors"
	drills 1
	grep -q memory /memory/cgroup.subtree_control && differing="$differing enabled-by-the-dead"
	exec 4>&-
	rm /held
}

# By SysRq: only who bears the name dies, and only if that is whom the kernel would take.
drill_sysrq() {
	differing=''
	hog name=raised adj=300 anon=20
	hog name=large adj=0 anon=90
	for words in '' '--yes large' '--dry-run'; do
		# shellcheck disable=SC2086 # several words, or none
		oomctl drill --sysrq $words < /dev/null
		status=$?
		[ "$words:$status" = "--dry-run:0" ] || [ $status = 3 ] || differing="$differing $words:$status"
	done
	[ "$(hogs | wc -l)" = 2 ] || differing="$differing dead"
	# The setting binds the keyboard only.
	echo 0 > /proc/sys/kernel/sysrq
	for name in raised large; do
		oomctl drill --sysrq --yes $name || differing="$differing $name"
	done
	hogs | grep -q . && differing="$differing alive"
	echo "check ${differing:-ok}" >&3
}
