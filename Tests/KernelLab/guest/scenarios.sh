# The scenarios: a function for each, named like it, with _ in place of -. A guest has 512 MiB, and
# adj=100 weighs about 48 MiB of it. Sizes are far enough apart for no noise to change the order, and
# such that a wrong total or a forgotten term does.

# The list's own check: the score it works out for each process is the one that the kernel tells. The
# filler pushes some pages out to swap, its own, too: whose pages move while they are read, and are counted
# by each CPU for itself (from 6.2 on up to 31 behind), may differ by a point where the rounding has its border.
agree() {
	swapon /dev/vda
	hog name=plain adj=0 anon=40
	hog name=raised adj=400 anon=20
	hog name=lowered adj=-300 anon=60
	hog name=exempt adj=-1000 anon=20
	hog name=shmem adj=5 shmem=30
	hog name=small adj=0
	hog name=filler adj=900 anon=300
	echo "check $(scores)" >&3
}

# scores: ok, or which differ.
scores() {
	oomctl list --json | grep -oE '"(pid|oom_score|swap_bytes|predicted_oom_score)":[^,}]*' | awk -F: '
		$1 == "\"pid\"" { pid = $2 }
		$1 == "\"oom_score\"" { score = $2 }
		$1 == "\"swap_bytes\"" { swap = $2 }
		$1 == "\"predicted_oom_score\"" {
			count++
			lag = swap > 0 ? 1 : 0
			if ($2 - score > lag || score - $2 > lag)
				differing = differing " " pid ":" score "/" $2 ":" swap
		}
		END { print differing ? "differing" differing : count < 10 ? "too few" : "ok" }'
}

# Who may change resources may lower an adjustment below any floor.
floor() {
	hog name=plain adj=0
	echo -900 > /proc/$!/oom_score_adj
	read -r adjustment < /proc/$!/oom_score_adj
	[ "$adjustment" = -900 ] && adjustment=ok
	echo "check $adjustment" >&3
}

sysrq() {
	hog name=large adj=0 anon=90
	hog name=raised adj=300 anon=20
	hog name=exempt adj=-1000 anon=60
	hog name=lowered adj=-100 anon=100
	hog name=shmem adj=0 shmem=70
	predict 3
	press 3
}

# Children have their parent's pages too. (No kernel here takes a child in place of its parent.)
fork_tree() {
	hog name=parent adj=0 anon=40 fork name=child anon=30 . fork name=large anon=50 .
	predict 3
	press 3
}

# Two processes, one memory: whoever is chosen, both die.
shared() {
	hog name=other adj=0 anon=60
	hog name=owner adj=0 anon=80 share name=partner .
	predict 1
	press 1
}

nobody() {
	hog name=large adj=-1000 anon=90
	hog name=small adj=-1000 anon=10
	predict 1
	press 1
}

memory() {
	hog name=raised adj=200 anon=30
	hog name=large adj=0 anon=100
	hog name=small adj=0 anon=10
	hog name=lowered adj=-50 anon=110
	eater 3 adj=-1000
	predict 3
	eat
}

allocating_task() {
	echo 1 > /proc/sys/vm/oom_kill_allocating_task
	hog name=large adj=300 anon=100
	eater 1 adj=0
	predict 1 --invoker $eater
	eat
}

# Swap counts in the total, and in the size of who is swapped out: raised would come second without
# the first of these, cold last without the other.
swap() {
	swapon /dev/vda
	hog name=raised adj=250 anon=10
	hog name=cold adj=0 anon=150
	hog name=warm adj=0 anon=120
	hog name=filler adj=-1000 anon=220
	eater 3 adj=-1000
	predict 3
	eat
}

# Who switches off swap is taken first, at -1000 as well: cold would be, and its pages don't fit into RAM any
# more. It runs only when nothing else does, so that it is seen on its way.
swap_off() {
	swapon /dev/vda
	hog name=cold adj=0 anon=120
	hog name=filler adj=-1000 anon=340
	hog name=spare adj=0 anon=60
	kill -9 $!
	wait $!
	total=$(swap_total)
	hog idle ready exec swapoff /dev/vda
	switcher=$!
	# What isn't in use any more doesn't count from then on.
	for _ in $(seq 100); do
		[ "$(swap_total)" = "$total" ] || break
		sleep 0.01
	done
	adjustment=$(cat /proc/$switcher/oom_score_adj)
	first=$(oomctl rank --json -n 1 | grep -o '"pid":[0-9]*' | sed 's/.*://')
	state="$adjustment $first $(scores)"
	predict 1
	[ "$state" = "-1000 $switcher ok" ] || echo "check $state, not $switcher" >&3
	wait $switcher
}
swap_total() { awk '$1 == "SwapTotal:" { print $2 }' /proc/meminfo; }

# The last two end in a panic.
panic() {
	echo 1 > /proc/sys/vm/panic_on_oom
	hog name=large adj=0 anon=90
	eater 1 adj=-1000
	predict 1
	eat
}

deadlock() {
	hog name=large adj=-1000 anon=90
	eater 1 adj=-1000
	predict 1
	eat
}
