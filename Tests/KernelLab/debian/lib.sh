# What the checks have in common.

units=/etc/systemd/system

# fail WORDS, skip WORDS: end a check. The words are what the table shows; the console gets more.
fail() {
	echo "$*" > /run/lab/verdict
	journalctl --boot --lines 20
	exit 1
}
skip() {
	echo "skipped: $*" > /run/lab/verdict
	exit
}

# remark WORDS: for the table, of a check that is good so far.
remark() { echo "ok: $*" > /run/lab/verdict; }

# expect WHAT ACTUAL WANTED
expect() { [ "$2" = "$3" ] || fail "$1: ${2:-nothing}, not $3"; }

# does STATUS COMMAND...: runs it, it must end with that status. What it says goes to /run/lab/output.
does() {
	wanted=$1 status=0
	shift
	timeout 60 "$@" > /run/lab/output 2> /run/lab/errors || status=$?
	cat /run/lab/output /run/lab/errors
	[ $status = "$wanted" ] || fail "$*: status $status, not $wanted: $(head -n 1 /run/lab/errors)"
}

# says KEY: what the JSON of the last command has first for that key.
says() {
	tr -d '\n' < /run/lab/output | grep -oE "\"$1\" *: *(\"[^\"]*\"|[^],} ]*)" | head -n 1 |
		sed 's/^[^:]*: *//; s/"//g'
}

adjustment() { cat "/proc/$1/oom_score_adj"; }

# has PID ADJUSTMENT AFTER
has() { expect "value after $3" "$(adjustment "$1")" "$2"; }

# start COMMAND...: starts a process and waits until it runs that. $pid is its PID.
start() {
	"$@" &
	pid=$!
	until [ "$(cat /proc/$pid/comm)" = "${1##*/}" ]; do sleep 0.01; done
}

# descendants PID: all of them.
descendants() {
	for child in $(cat "/proc/$1/task/$1/children"); do
		echo "$child"
		descendants "$child"
	done
}

# property UNIT NAME
property() { systemctl show --property "$2" --value "$1"; }

main_pid() { property "$1" MainPID; }

# restarted UNIT ADJUSTMENT AFTER: a new process of it has that one.
restarted() {
	before=$(main_pid "$1")
	does 0 systemctl restart "$1"
	[ "$(main_pid "$1")" != "$before" ] || fail "$1 wasn't restarted"
	has "$(main_pid "$1")" "$2" "$3 and a restart of $1"
}

# clean: no processes, services and settings remain for the next check.
clean() {
	for pid in $(cat /sys/fs/cgroup/system.slice/lab.service/cgroup.procs); do
		[ "$pid" = $$ ] || kill "$pid" 2> /dev/null
	done
	for group in /sys/fs/cgroup/user.slice/user-*.slice/session-*; do
		[ ! -e "$group" ] || echo 1 > "$group/cgroup.kill"
	done
	systemctl stop oomctl-guard eater 'worker@*' redis shop 'shop@*' user@1000 2> /dev/null
	rm -f /etc/systemd/system-generators/shop /root/.ssh/authorized_keys
	rm -rf /run/lab/* /run/oomctl /etc/oomctl /var/lib/oomctl /etc/sysctl.d/90-oomctl.conf
	left=$(find $units -name '*.service.d' -o -name oomctl-guard.service)
	if [ "$left" ]; then
		# shellcheck disable=SC2086 # they are several words
		rm -r $left
		systemctl daemon-reload # which takes a second
	fi
	echo -1000 > "/proc/$(main_pid ssh)/oom_score_adj"
	echo 0 > /proc/$$/oom_score_adj # a rule may have meant this, too
}
