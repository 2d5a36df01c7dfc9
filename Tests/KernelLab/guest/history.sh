# A kill as oomctl history shows it.

# It is there within a second, with the kernel's choice replayed and confirmed: of the whole machine, and
# in a memory cgroup.
history() {
	echo 1 > /proc/sys/vm/oom_dump_tasks
	followed=''
	hog name=plain adj=0 anon=60
	hog name=raised adj=300 anon=20
	hog name=exempt adj=-1000 anon=20
	follow raised none
	mount_memory v2
	mkdir /memory/box
	echo 60M > /memory/box/memory.max
	hog name=small group=/memory/box adj=0 anon=12
	hog name=big group=/memory/box adj=0 anon=20
	follow big memcg group=/memory/box
	echo 0 > /proc/sys/vm/oom_dump_tasks
	echo "check ${followed:-ok}" >&3
}

# follow NAME CONSTRAINT ACTION...: makes the kernel kill once, and sees what is told of that.
follow() {
	expected=$1 constraint=$2
	shift 2
	rm -f /followed
	oomctl history --follow --json-lines --count 1 | {
		read -r kill
		read -r now _ < /proc/uptime
		echo "$now $kill" > /followed
	} &
	sleep 0.5
	eater 1 adj=-1000 "$@"
	eat
	for _ in $(seq 30); do
		[ ! -s /followed ] || break
		sleep 0.1
	done
	grep -q "\"name\":\"$expected\"" /followed || followed="$followed no-$expected"
	grep -q "\"constraint\":\"$constraint\"" /followed || followed="$followed not-$constraint"
	grep -q '"verdict":"confirmed"' /followed || followed="$followed unconfirmed:$(sed 's/.*"verdict":"\([^"]*\)".*/\1/' /followed)"
	delay=$(sed 's/ .*"uptime_seconds":\([0-9.]*\).*/ \1/' /followed | awk '{ print $1 - $2 }')
	awk -v delay="$delay" 'BEGIN { exit !(delay <= 1) }' || followed="$followed late:$delay"
}
