# The scenarios in memory cgroups; see scenarios.sh.

# mount_memory v1|v2: the memory controller's hierarchy, at /memory.
mount_memory() {
	case $1 in
	v1) mount -t cgroup -o memory none /memory ;;
	v2) mount -t cgroup2 none /memory && echo +memory > /memory/cgroup.subtree_control ;;
	esac
}

# box has the limit; a, b and b/deep are groups below. Of 100 MiB in all raised comes after plain, and
# lowered before deep; of the whole machine's memory neither would.
group() {
	mkdir -p /memory/box
	case $1 in
	v1) echo 1 > /memory/box/memory.use_hierarchy 2> /dev/null ;;
	v2) echo +memory > /memory/box/cgroup.subtree_control ;;
	esac
	mkdir -p /memory/box/a /memory/box/b/deep
}
members() {
	hog name=outside adj=500 anon=120
	hog name=raised group=/memory/box/b adj=100 anon="$1"
	hog name=plain group=/memory/box/a adj=0 anon=24
	hog name=lowered group=/memory/box/b adj=-100 anon=28
	hog name=deep group=/memory/box/b/deep adj=0 anon=16
	eater 4 group=/memory/box/a adj=-1000
	predict 4 --in /box
	eat
}

memcg_v1() {
	mount_memory v1
	group v1
	echo 100M > /memory/box/memory.limit_in_bytes
	members 12
}

memcg_v2() {
	mount_memory v2
	group v2
	echo 100M > /memory/box/memory.max
	members 12
}

# The same with 60 MiB and 40 MiB of swap. Of 60 MiB raised, bigger here, would come after plain.
memcg_v1_swap() {
	swapon /dev/vda
	mount_memory v1
	group v1
	echo 60M > /memory/box/memory.limit_in_bytes
	echo 100M > /memory/box/memory.memsw.limit_in_bytes
	members 16
}

memcg_v2_swap() {
	swapon /dev/vda
	mount_memory v2
	group v2
	echo 60M > /memory/box/memory.max
	echo 40M > /memory/box/memory.swap.max
	members 16
}

# The victim's group dies as a whole, but for who is exempt.
oom_group() {
	mount_memory v2
	group v2
	echo 100M > /memory/box/memory.max
	echo 1 > /memory/box/b/memory.oom.group
	hog name=other group=/memory/box/a adj=0 anon=20
	hog name=first group=/memory/box/b adj=0 anon=30
	hog name=second group=/memory/box/b adj=0 anon=10
	hog name=exempt group=/memory/box/b adj=-1000 anon=5
	hog name=deep group=/memory/box/b/deep adj=-500 anon=2
	eater 1 group=/memory/box/a adj=-1000
	predict 1 --in /box
	eat
}

# Five of one size die in the order of the walk, the last first: the groups in that of their making, which
# is neither that of their names nor of their members' start, and in z whom this shell has put back last.
memcg_ties() {
	echo 0 > /proc/sys/kernel/randomize_va_space # the size of page tables depends on addresses
	mount_memory v2
	mkdir /memory/box
	echo +memory > /memory/box/cgroup.subtree_control
	mkdir /memory/box/z /memory/box/eater /memory/box/a
	echo +memory > /memory/box/a/cgroup.subtree_control
	mkdir /memory/box/a/deep
	echo 100M > /memory/box/memory.max
	hog name=w1 group=/memory/box/a/deep adj=0 anon=14
	hog name=w2 group=/memory/box/z adj=0 anon=14
	moved=$!
	hog name=w3 group=/memory/box/z adj=0 anon=14
	hog name=w4 group=/memory/box/a/deep adj=0 anon=14
	hog name=w5 group=/memory/box/z adj=0 anon=14
	echo $moved > /memory/cgroup.procs
	echo $moved > /memory/box/z/cgroup.procs
	eater 4 group=/memory/box/eater adj=-1000
	predict 4 --in /box
	eat
}

# The first thread of two has ended: each is one victim, with all its memory.
dead_leader() {
	mount_memory v2
	group v2
	echo 100M > /memory/box/memory.max
	hog name=left1 group=/memory/box/a adj=0 anon=30 threads=1 leave
	hog name=left2 group=/memory/box/a adj=0 anon=30 threads=1 leave
	hog name=whole group=/memory/box/a adj=0 anon=20
	eater 2 group=/memory/box/b adj=-1000
	predict 2 --in /box
	eat
}

# A member of a group that dies as a whole takes along who shares its memory outside.
oom_group_shared() {
	mount_memory v2
	group v2
	mkdir /memory/outside
	echo 100M > /memory/box/memory.max
	echo 1 > /memory/box/b/memory.oom.group
	hog name=first group=/memory/box/b adj=0 anon=30
	hog name=member group=/memory/box/b adj=0 anon=10 share name=sharer group=/memory/outside .
	eater 1 group=/memory/box/a adj=-1000
	predict 1 --in /box
	eat
}
