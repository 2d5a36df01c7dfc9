# Settings, on each kernel: what is foretold is what it does.

# limited SETTING...: the limit that is foretold is the one that the kernel shows then. (A tune in the
# guest has no room for a journal that outlives it, and needs none.)
limited() {
	said=$(oomctl tune --json "$@" | grep -o '"commit_limit_bytes":[0-9]*' | sed 's/.*://')
	shown=$(awk '$1 == "CommitLimit:" { print $2 * 1024 }' /proc/meminfo)
	[ "$said" = "$shown" ] || differing="$differing $*:$said/$shown"
}

commit() {
	differing=''
	for swap in without with; do
		[ $swap = without ] || swapon /dev/vda
		for pages in 0 10; do
			echo $pages > /proc/sys/vm/nr_hugepages
			for ratio in 50 80 150; do limited overcommit_ratio=$ratio; done
			for size in 100000 4095; do limited overcommit_kbytes=$size; done
			limited overcommit_ratio=50
		done
		echo 0 > /proc/sys/vm/nr_hugepages
	done
	# A refused switch leaves all as it was.
	swapoff /dev/vda
	status=0
	oomctl tune overcommit_ratio=1 overcommit_memory=2 || status=$?
	state="$status $(cat /proc/sys/vm/overcommit_ratio) $(cat /proc/sys/vm/overcommit_memory)"
	[ "$state" = "3 50 0" ] || differing="$differing refused:$state"
	echo "check ${differing:-ok}" >&3
}

# Each value is refused by us just when the kernel refuses it.
limits() {
	differing=''
	for key in vm.swappiness vm.panic_on_oom vm.overcommit_memory vm.overcommit_ratio \
		vm.overcommit_kbytes vm.oom_dump_tasks vm.oom_kill_allocating_task \
		vm.watermark_scale_factor vm.watermark_boost_factor vm.vfs_cache_pressure kernel.panic; do
		file=/proc/sys/$(echo $key | tr . /)
		before=$(cat $file)
		for value in -1 0 1 2 3 100 101 200 201 1000 1001 3000 3001 2147483647 2147483648 \
			18446744073709551615 18446744073709551616 0x10 010 +1 1e2 abc; do
			ours=0
			oomctl tune --dry-run --force $key=$value > /dev/null 2>&1 || ours=$?
			kernels=0
			(echo $value > $file) 2> /dev/null || kernels=2
			# To 5.16 it swallows what is negative and keeps nothing of it.
			case $key=$value in *kbytes=-*) kernels=2 ;; esac
			[ $ours = $kernels ] || differing="$differing $key=$value:$ours/$kernels"
		done
		echo "$before" > $file
	done
	echo 50 > /proc/sys/vm/overcommit_ratio
	echo "check ${differing:-ok}" >&3
}
