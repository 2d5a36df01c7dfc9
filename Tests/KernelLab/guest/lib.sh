# What the scenarios have in common.

# hog ACTION...: starts one (see hog.c) and waits until it is ready. $! is its PID.
hog() {
	/bin/hog "$@" > /ready &
	read -r _ < /ready
}

# hogs: those that live, as PID:NAME. Of a dead one whose parent hasn't asked yet no command is left.
hogs() {
	grep -l ^/bin/hog /proc/[0-9]*/cmdline 2> /dev/null | while IFS=/ read -r _ _ pid _; do
		read -r name < "/proc/$pid/comm" && echo "$pid:$name"
	done
}

# predict COUNT OPTION...: that many victims. From here to the kill nothing else is to happen.
predict() {
	before=$(hogs)
	echo "prediction $1 $(oomctl predict --json --now -n "$@" | tr -d '\n')" >&3
}

# gone: tells which hogs aren't there any more since the prediction.
gone() {
	sleep 0.3 # the last one may still be on its way
	after=$(hogs)
	echo "gone$(for hog in $before; do
		echo "$after" | grep -qx "$hog" || printf ' %s' "$hog"
	done)" >&3
}

# press COUNT: SysRq-f, each time once the victim before is gone (or, after a while, there was none).
press() {
	for _ in $(seq "$1"); do
		count=$(hogs | wc -l)
		echo f > /proc/sysrq-trigger
		for _ in $(seq 15); do
			sleep 0.1
			[ "$(hogs | wc -l)" = "$count" ] || break
		done
	done
}

# eater KILLS ACTION...: starts a hog that waits, grows until the kernel has killed that many, and exits.
eater() {
	kills=$1
	shift
	hog name=eater "$@" ready wait grow="$kills" exit
	eater=$!
}

# eat: lets it go on. This shell must sleep meanwhile: were it to use memory, it would be the invoker.
# An eater that ends by itself isn't a victim.
eat() {
	kill -USR1 "$eater"
	wait "$eater" && before=$(echo "$before" | grep -v "^$eater:")
}

# clean: no hogs, groups, swap and settings remain for the next scenario.
clean() {
	# All but this shell, which is the first process.
	kill -9 -1
	wait
	find /memory -mindepth 1 -depth -type d -exec rmdir {} \;
	umount /memory 2> /dev/null
	swapoff /dev/vda 2> /dev/null
	echo 2 > /proc/sys/kernel/randomize_va_space
	echo 0 > /proc/sys/vm/panic_on_oom
	echo 0 > /proc/sys/vm/oom_kill_allocating_task
}
