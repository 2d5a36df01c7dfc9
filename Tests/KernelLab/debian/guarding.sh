# The service that keeps the rules applied.

rules=/etc/oomctl/rules.conf

# start_guard RULE...: with these rules.
start_guard() {
	mkdir -p ${rules%/*}
	printf '%s\n' "$@" > $rules
	does 0 oomctl guard --check-rules
	oomctl generate unit > $units/oomctl-guard.service || fail "oomctl generate unit: status $?"
	does 0 systemctl daemon-reload
	does 0 systemctl start oomctl-guard
}

# soon ADJUSTMENT AFTER: a new eater2 has it within 100 ms. The machine is emulated: one in three will do.
soon() {
	for _ in 1 2 3; do
		start eater2 infinity
		sleep 0.1
		[ "$(adjustment $pid)" != "$1" ] || return 0
	done
	has $pid "$1" "100 ms ($2)"
}

# tells NAME VALUE AFTER: metrics says that of the guard.
tells() {
	found=$(oomctl metrics -q | sed -n "s/^oomctl_guard_$1 //p")
	expect "oomctl_guard_$1 after $3" "$found" "$2"
}

# hang_up: SIGHUP, and time to act on it.
hang_up() {
	kill -HUP "$(main_pid oomctl-guard)"
	sleep 1
	expect "state of the service after SIGHUP" "$(property oomctl-guard ActiveState)" active
}

guard() {
	start eater2 infinity
	early=$pid
	does 0 systemctl start eater
	start_guard 'name:eater2 = -700' 'unit:eater.service = -800'
	expect "state of the service" "$(property oomctl-guard ActiveState)" active
	case $(property oomctl-guard Type) in
	notify | notify-reload) ;;
	*) fail "the service's type is $(property oomctl-guard Type)" ;;
	esac
	guard=$(main_pid oomctl-guard)
	sleep 1
	has "$early" -700 "the start of guard"
	has "$(main_pid eater)" -800 "the start of guard"
	soon -700 "a new process"
	does 0 systemctl restart eater
	sleep 0.5
	has "$(main_pid eater)" -800 "a restart of the service"

	echo 'name:eater2 = many' > $rules
	hang_up
	soon -700 "rules with a mistake"
	echo 'name:eater2 = -600' > $rules
	hang_up
	soon -600 "new rules"
	expect "PID of guard" "$(main_pid oomctl-guard)" "$guard"

	# It notices a changed file by itself, and says what became of it.
	tells running 1 "its start"
	tells rules_valid 1 "its start"
	echo 'name:eater2 = -650' > $rules.new
	mv $rules.new $rules
	sleep 1
	soon -650 "a file that was replaced"
	echo 'name:eater2 = many' > $rules
	sleep 1
	tells rules_valid 0 "a mistake"
	tells rules 1 "a mistake"
	# A restart with a broken file keeps the last good rules.
	does 0 systemctl restart oomctl-guard
	expect "state of the service after a restart" "$(property oomctl-guard ActiveState)" active
	soon -650 "a restart with a mistake"
	tells rules_valid 0 "a restart"
	case $(property oomctl-guard WatchdogUSec) in
	3min) ;;
	*) fail "the service's watchdog is $(property oomctl-guard WatchdogUSec)" ;;
	esac

	does 0 systemctl stop oomctl-guard
	expect "state of the service after stop" "$(property oomctl-guard ActiveState)" inactive
	expect "result of the service" "$(property oomctl-guard Result)" success
	tells running 0 "stop"
}

# From exec to the value, of many processes one after the other.
latency() {
	[ -x /lab/latency ] || skip "no C compiler with the C library's static half"
	start_guard 'name:guarded = -700'
	does 0 /lab/latency 100 -700
	remark "$(head -n 1 /run/lab/output)"
}
