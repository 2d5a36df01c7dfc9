# Services and what systemd makes of their drop-ins.

protect_unit() {
	dropin=$units/eater.service.d/50-oomctl.conf
	does 0 systemctl start eater
	does 0 oomctl protect --unit eater --persist
	has "$(main_pid eater)" -900 "protect --persist"
	[ -e $dropin ] || fail "no $dropin after protect --persist"
	grep -qx OOMScoreAdjust=-900 $dropin || fail "no OOMScoreAdjust=-900 in $dropin"
	expect "what systemd knows after protect --persist" "$(property eater OOMScoreAdjust)" -900
	restarted eater -900 "protect --persist"
	does 0 oomctl unprotect --unit eater
	[ ! -e $dropin ] || fail "$dropin remains after unprotect"
	has "$(main_pid eater)" 0 unprotect
	expect "what systemd knows after unprotect" "$(property eater OOMScoreAdjust)" 0
	restarted eater 0 unprotect
}

protect_template() {
	does 0 systemctl start worker@one worker@two
	does 0 oomctl protect --unit worker@one --persist
	[ -e $units/worker@one.service.d/50-oomctl.conf ] || fail "no drop-in for worker@one.service"
	expect drop-ins "$(echo $units/*.service.d/*)" $units/worker@one.service.d/50-oomctl.conf
	has "$(main_pid worker@one)" -900 "protect --persist"
	has "$(main_pid worker@two)" 0 "protect --persist of the other instance"
	restarted worker@one -900 "protect --persist"
	restarted worker@two 0 "protect --persist of the other instance"
}

# login COMMAND...
login() { ssh -o BatchMode=yes guest@localhost "$@"; }

# sessions AFTER: nothing that the listener has started is protected. It must have started something.
sessions() {
	count=0
	for one in $(descendants "$listener"); do
		expect "value of session ($(cat "/proc/$one/comm")) after $1" "$(adjustment "$one")" 0
		count=$((count + 1))
	done
	[ $count -gt 1 ] || fail "no sessions"
}

protect_ssh() {
	listener=$(main_pid ssh)
	# It protects itself, and what it starts gets back the value that it was started with.
	has "$listener" -1000 "its own start"
	mkfifo /run/lab/ready
	login 'echo ready && exec sleep infinity' > /run/lab/ready &
	read -r _ < /run/lab/ready || fail "no login"
	sessions "its start"

	does 0 oomctl protect sshd --json
	expect "result of protect sshd" "$(says result)" unchanged
	has "$listener" -1000 "protect sshd"
	sessions "protect sshd"
	expect "value of a login" "$(login cat /proc/self/oom_score_adj)" 0
	does 3 oomctl protect sshd --persist
	for file in $units/*.service.d/*; do [ ! -e "$file" ] || fail "$file after protect sshd --persist"; done
	[ ! -e /etc/oomctl/rules.conf ] || fail "a rule after protect sshd --persist"

	echo 0 > "/proc/$listener/oom_score_adj"
	does 0 oomctl protect sshd
	has "$listener" -900 "protect sshd of a listener that had 0"
	sessions "protect sshd of a listener that had 0"
	expect "value of a login after protect sshd" "$(login cat /proc/self/oom_score_adj)" 0
}

undo() {
	does 0 systemctl start eater
	does 0 oomctl protect --unit eater --persist
	has "$(main_pid eater)" -900 "protect --persist"
	does 0 oomctl undo
	[ ! -e $units/eater.service.d/50-oomctl.conf ] || fail "the drop-in remains after undo"
	has "$(main_pid eater)" 0 undo
	expect "what systemd knows after undo" "$(property eater OOMScoreAdjust)" 0
	restarted eater 0 undo
}
