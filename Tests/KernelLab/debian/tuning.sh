# Settings of the kernel. Each check leaves them as they were.

vm=/proc/sys/vm

# holds SETTING VALUE AFTER
holds() { expect "$1 after $3" "$(cat /proc/sys/$1)" "$2"; }

# limited SETTING...: the limit that is foretold is the one that the kernel shows then.
limited() {
	does 0 oomctl tune --json "$@"
	shown=$(awk '$1 == "CommitLimit:" { print $2 * 1024 }' /proc/meminfo)
	expect "CommitLimit foretold for $*" "$(says commit_limit_bytes)" "$shown"
	does 0 oomctl undo
}

commit_limit() {
	for ratio in 80 150 1; do limited overcommit_ratio=$ratio; done
	for size in 100000 4095 1; do limited overcommit_kbytes=$size; done
	echo 20 > $vm/nr_hugepages
	limited overcommit_ratio=70
	limited overcommit_kbytes=200000
	echo 0 > $vm/nr_hugepages
	holds vm/overcommit_ratio 50 "all undone"
	holds vm/overcommit_kbytes 0 "all undone"
}

# What would lock everybody out isn't done, and a trial ends by itself though nothing can be started.
lockout() {
	does 3 oomctl tune overcommit_ratio=1 overcommit_memory=2
	holds vm/overcommit_memory 0 "a refused switch"
	holds vm/overcommit_ratio 50 "a refused switch"
	status=0
	# Not into a file: one in memory is refused too.
	oomctl tune overcommit_ratio=1 overcommit_memory=2 --force --confirm 4s ||
		status=$?
	# Without starting anything: that is what can't be done now.
	read -r mode < $vm/overcommit_memory
	set +x
	read -r up _ < /proc/uptime
	end=$((${up%.*} + 7))
	while [ "${up%.*}" -lt $end ]; do read -r up _ < /proc/uptime; done
	set -x
	expect "the mode on trial" "$mode" 2
	expect "status of tune --confirm" "$status" 0
	holds vm/overcommit_memory 0 "the trial"
	holds vm/overcommit_ratio 50 "the trial"
	does 1 oomctl tune --keep
}

trial() {
	before=$(cat $vm/swappiness)
	does 0 oomctl tune swappiness=11 --persist --confirm 60s
	holds vm/swappiness 11 "tune --confirm"
	does 3 oomctl tune swappiness=12 --confirm 60s
	[ ! -e /etc/sysctl.d/90-oomctl.conf ] || fail "it lasts before it is kept"
	does 0 oomctl tune --revert
	holds vm/swappiness "$before" "tune --revert"
	does 0 oomctl tune swappiness=11 --persist --confirm 60s
	does 0 oomctl tune --keep
	holds vm/swappiness 11 "tune --keep"
	grep -qx 'vm.swappiness = 11' /etc/sysctl.d/90-oomctl.conf || fail "it doesn't last once it is kept"
	does 0 oomctl undo --all
	holds vm/swappiness "$before" "undo --all"
}

# What systemd-sysctl sets is what was foretold, also where another file wins.
boot() {
	before=$(cat $vm/swappiness)
	echo 'vm.swappiness = 30' > /etc/sysctl.d/10-lab.conf
	echo 'vm/swappiness = 40' > /etc/sysctl.d/95-lab.conf
	does 1 oomctl tune swappiness=20 --persist
	holds vm/swappiness 20 "tune --persist"
	does 0 systemctl restart systemd-sysctl
	holds vm/swappiness 40 "systemd-sysctl"
	# Where the other file wins, ours would be written in vain, and isn't.
	[ ! -e /etc/sysctl.d/90-oomctl.conf ] || fail "a file that the other one hides"
	rm /etc/sysctl.d/95-lab.conf
	does 0 oomctl tune swappiness=20 --persist
	does 0 systemctl restart systemd-sysctl
	holds vm/swappiness 20 "systemd-sysctl without the other file"
	does 0 oomctl tune --check
	echo 21 > $vm/swappiness
	does 1 oomctl tune --check
	rm /etc/sysctl.d/10-lab.conf /etc/sysctl.d/90-oomctl.conf
	echo "$before" > $vm/swappiness
}

# Each value is refused by us just when the kernel refuses it.
limits() {
	for key in vm.swappiness vm.panic_on_oom vm.overcommit_memory vm.overcommit_ratio \
		vm.overcommit_kbytes vm.oom_dump_tasks vm.oom_kill_allocating_task \
		vm.watermark_scale_factor vm.watermark_boost_factor vm.vfs_cache_pressure kernel.panic; do
		file=/proc/sys/$(echo $key | tr . /)
		before=$(cat $file)
		ratio=$(cat $vm/overcommit_ratio)
		for value in -1 0 1 2 3 100 101 200 201 1000 1001 3000 3001 2147483647 2147483648 \
			18446744073709551615 18446744073709551616 0x10 010 +1 1e2 abc; do
			ours=0
			oomctl tune --dry-run --force $key=$value > /run/lab/output 2>&1 || ours=$?
			kernels=0
			(echo $value > $file) 2> /dev/null || kernels=2
			[ $ours = $kernels ] ||
				fail "$key=$value: we say $ours, the kernel $kernels: $(head -n 1 /run/lab/output)"
		done
		echo "$before" > $file
		case $key in
		*kbytes) echo "$ratio" > $vm/overcommit_ratio ;;
		esac
	done
}
