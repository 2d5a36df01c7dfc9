# A kernel that panics for want of memory leaves its last messages in the firmware; systemd-pstore(8) puts them
# into files after the next boot, and history finds them. A boot for each half: panic, and panicked.

panic() {
	echo 1 > /proc/sys/vm/panic_on_oom
	echo "ended without a panic" > /run/lab/verdict
	tail /dev/zero
}

# What the last command's JSON says of who asked for memory.
asked_by_tail() {
	tr -d ' \n' < /run/lab/output | grep -q '"invoker":{"name":"tail",' || fail "history doesn't name the invoker"
}

panicked() {
	find /sys/fs/pstore /var/lib/systemd/pstore -type f -exec ls -l {} +
	log=$(find /var/lib/systemd/pstore -name dmesg.txt)
	[ "$log" ] || fail "systemd-pstore left no dmesg.txt"
	head -n 3 "$log"
	does 0 oomctl history
	grep -qF "$log since $(date +%Y-%m-)" /run/lab/output || fail "history doesn't name $log"
	does 0 oomctl history --json
	expect "the outcome" "$(says outcome)" panic
	asked_by_tail
	does 0 oomctl history show 1
	for words in "Kernel panic (" "vm.panic_on_oom is set" "Asked by    tail\\[" "Biggest     tail\\[" "^ZONE "; do
		grep -q "$words" /run/lab/output || fail "the story lacks $words"
	done
	does 1 oomctl history --boot -5
	does 0 setpriv --reuid guest --clear-groups oomctl history
	grep -q "this user may not read: journal, ring buffer" /run/lab/errors || fail "what guest may not read isn't said"
	# What it says of another machine, as of a disk that was rescued.
	mkdir -p /run/lab/disk/var/lib/systemd
	cp -r /var/lib/systemd/pstore /run/lab/disk/var/lib/systemd
	rm -rf "${log:?}"
	does 0 oomctl history --json --root /run/lab/disk
	expect "the outcome on a rescued disk" "$(says outcome)" panic
	# The parts alone, in their order.
	rm "/run/lab/disk$log"
	does 0 oomctl history --json --root /run/lab/disk
	expect "the outcome of the parts" "$(says outcome)" panic
	asked_by_tail
	remark "$(find /run/lab/disk -name 'dmesg-*' | wc -l) parts"
}
