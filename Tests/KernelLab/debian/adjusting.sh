# Values of processes.

adjust() {
	start sleep infinity
	has $pid 0 "its start"
	does 0 oomctl adjust -n -500 $pid
	has $pid -500 "adjust -n -500"
	does 0 oomctl adjust --by +100 $pid
	has $pid -400 "adjust --by +100"
	does 0 oomctl adjust -n -700 --dry-run --json $pid
	expect "result of adjust --dry-run" "$(says result)" planned
	has $pid -400 "adjust --dry-run"
	does 0 oomctl undo
	has $pid -500 "one undo"
	does 0 oomctl undo
	has $pid 0 "another undo"

	# The kernel keeps what a legacy value comes to, and rounds when asked for the legacy value again.
	does 0 oomctl adjust --legacy -n -10 --json $pid
	has $pid -588 "adjust --legacy -n -10"
	expect "legacy value after adjust --legacy -n -10" "$(cat /proc/$pid/oom_adj)" -9
	case $(says file) in
	*oom_score_adj) expect "what adjust --legacy reports" "$(says new)" -588 ;;
	*) expect "what adjust --legacy reports" "$(says new)" -9 ;;
	esac
	does 0 oomctl undo
	has $pid 0 "undo of adjust --legacy"

	start sh -c 'sleep infinity & sh -c "sleep infinity & wait" & wait'
	until [ "$(descendants $pid | wc -l)" = 3 ]; do sleep 0.01; done
	does 0 oomctl adjust -n -300 --tree $pid
	for one in $pid $(descendants $pid); do has "$one" -300 "adjust --tree"; done
	does 0 oomctl undo
	for one in $pid $(descendants $pid); do has "$one" 0 "undo of adjust --tree"; done

	# What can't be meant.
	does 3 oomctl adjust -n 100 1
	has 1 0 "adjust -n 100 1"
	does 3 oomctl adjust -n 100 2
	start eater2 infinity
	first=$pid
	start eater2 infinity
	does 3 oomctl adjust -n 100 eater2
	has $first 0 "adjust of two without --all"
	does 0 oomctl adjust -n 100 --all eater2
	for one in $first $pid; do has "$one" 100 "adjust --all"; done
}

run() {
	oomctl run -n -300 -- sh -c 'cat /proc/self/oom_score_adj; echo $$' > /run/lab/output &
	wait $! || fail "oomctl run: status $?"
	expect "value and PID" "$(echo $(cat /run/lab/output))" "-300 $!"
	does 7 oomctl run -n -300 -- sh -c 'exit 7'
	does 126 oomctl run -n -300 -- /etc/passwd
	does 127 oomctl run -n -300 -- /nowhere
}
