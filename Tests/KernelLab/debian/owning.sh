# What an ordinary user does to get a protection that was meant for others. Each trick is a check of its own:
# hers stays at 0, and the one that was meant is lowered, by the guard's rules and by the commands.

home=/home/guest
program=/opt/redis/redis-server
sessions=/sys/fs/cgroup/user.slice

# hers COMMAND...: starts a process of hers, in a session of hers and from 0. $her is its PID.
hers() {
	mkdir -p $sessions/user-1000.slice/session-9.scope
	# shellcheck disable=SC2016 # they are the new shell's
	sh -c 'echo $$ > "$0/cgroup.procs" && echo 0 > /proc/$$/oom_score_adj &&
		exec setpriv --reuid guest --regid guest --init-groups "$@"' \
		$sessions/user-1000.slice/session-9.scope "$@" &
	her=$!
	herself="$herself $her"
}

# runs PID NAME: waits until that process bears that name.
runs() {
	for _ in $(seq 100); do
		[ "$(cat "/proc/$1/comm")" != "$2" ] || return 0
		sleep 0.1
	done
	fail "process $1 is $(cat "/proc/$1/comm"), not $2"
}

# low PID AFTER: is protected.
low() { [ "$(adjustment "$1")" -le -900 ] || fail "value after $2: $(adjustment "$1"), not -900"; }

# untouched AFTER: nothing of hers has been lowered.
untouched() {
	for one in $herself; do
		expect "user of $one" "$(stat -c %u "/proc/$one")" 1000
		has "$one" 0 "$1, of hers"
	done
}

# redis: the service that is meant. $server is its PID.
redis() {
	herself=''
	mkdir -p ${program%/*}
	[ -e $program ] || cp /bin/sleep $program
	cp /bin/sleep $home/redis-server
	does 0 systemctl start redis
	server=$(main_pid redis)
	runs "$server" redis-server
	has "$server" 0 "its start"
}

# guarded RULE...: by such rules the service is lowered, and nothing of hers, early or late.
guarded() {
	start_guard "$@"
	sleep 2
	low "$server" "the start of guard"
	untouched "the start of guard"
	trick
	sleep 2
	untouched "a process that the guard saw begin"
	does 0 systemctl stop oomctl-guard
	echo 0 > "/proc/$server/oom_score_adj"
	untouched "the guard"
}

# commanded COMMAND...: it lowers the service, though it may end with another status than 0 for hers.
commanded() {
	timeout 60 "$@" || echo "status $?"
	low "$server" "$*"
	untouched "$*"
	echo 0 > "/proc/$server/oom_score_adj"
}

# refused COMMAND...: it doesn't lower anything of hers, whatever else it does.
refused() {
	timeout 60 "$@" || echo "status $?"
	untouched "$*"
}

# Her own program, mounted over the rule's in a namespace of hers.
owner_bind() {
	redis
	trick() {
		# shellcheck disable=SC2016
		hers unshare -Urm sh -c 'mount --bind "$0" "$1" && exec "$1" infinity' $home/redis-server $program
		runs "$her" redis-server
	}
	trick
	expect "path of her program" "$(readlink "/proc/$her/exe")" $program
	guarded "exe:$program = -900"
	commanded oomctl protect --all redis-server
	commanded oomctl protect --all --exe $program
	commanded oomctl adjust -n -900 --all redis-server
}

# The rule's own program, with code of hers loaded into it.
owner_preload() {
	redis
	cp /lib/x86_64-linux-gnu/libm.so.6 $home/mine.so
	trick() {
		hers env LD_PRELOAD=$home/mine.so $program infinity
		runs "$her" redis-server
		sleep 0.5
	}
	trick
	grep -q $home/mine.so "/proc/$her/maps" || fail "nothing of hers is loaded"
	guarded "exe:$program = -900" "name:redis-server = -900"
	commanded oomctl protect --all redis-server
	commanded oomctl protect --all --exe $program
}

# A unit of hers, by the service's name.
owner_unit() {
	redis
	mkdir -p $home/.config/systemd/user
	printf '[Service]\nExecStart=%s infinity\n' $home/redis-server > $home/.config/systemd/user/redis.service
	chown -R guest: $home/.config
	does 0 systemctl start user@1000
	manager() {
		setpriv --reuid guest --regid guest --init-groups env XDG_RUNTIME_DIR=/run/user/1000 \
			systemctl --user "$@"
	}
	trick() {
		manager restart redis || fail "her manager: status $?"
		her=$(manager show --property MainPID --value redis)
		herself=$her
		runs "$her" redis-server
		echo 0 > "/proc/$her/oom_score_adj" # her manager may begin higher
	}
	trick
	grep -q '/user@1000.service/.*redis.service$' "/proc/$her/cgroup" || fail "it isn't in her unit"
	guarded "unit:redis.service = -900"
	commanded oomctl protect --unit redis
	commanded oomctl adjust -n -900 --all --unit redis
}

# The command line of what root has protected for good.
owner_argv() {
	redis
	printf 'sleep infinity &\nwait\n' > /opt/redis/report
	start /bin/bash /opt/redis/report
	server=$pid
	mkdir -p $sessions/user-0.slice/session-8.scope
	for one in "$server" $(descendants "$server"); do
		echo "$one" > $sessions/user-0.slice/session-8.scope/cgroup.procs
	done
	cp /bin/bash $home/mine
	trick() {
		# shellcheck disable=SC2016
		hers bash -c 'exec -a /bin/bash "$0" /opt/redis/report' $home/mine
		runs "$her" mine
		expect "her command line" "$(tr '\0' ' ' < "/proc/$her/cmdline")" "/bin/bash /opt/redis/report "
	}
	status=0
	oomctl protect --persist "$server" > /run/lab/output 2>&1 || status=$?
	cat /run/lab/output $rules || true
	case $status in
	0) ;;
	3)
		trick
		untouched "protect --persist"
		[ ! -e $rules ] || fail "refused, yet there are rules"
		remark "refused, for anybody could claim such a rule"
		return
		;;
	*) fail "protect --persist: status $status" ;;
	esac
	low "$server" "protect --persist"
	cp $rules /run/lab/rules
	echo 0 > "/proc/$server/oom_score_adj"
	trick
	guarded "$(cat /run/lab/rules)"
}

# A program that everybody runs.
owner_sleep() {
	redis
	start /usr/bin/sleep infinity
	server=$pid
	trick() {
		hers /usr/bin/sleep infinity
		runs "$her" sleep
	}
	trick
	guarded "exe:/usr/bin/sleep = -900"
	guarded "name:sleep = -900"
	refused oomctl protect --all sleep
	refused oomctl protect --all --exe /usr/bin/sleep
}

# Something that calls itself the listener of sshd, and listens.
owner_sshd() {
	herself=''
	server=$(main_pid ssh)
	cp /usr/bin/perl $home/sshd
	trick() {
		[ -z "$herself" ] || return 0 # the port is taken
		# shellcheck disable=SC2016
		hers $home/sshd -e 'use Socket; $0 = "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups";
			socket(S, PF_INET, SOCK_STREAM, 0) && bind(S, sockaddr_in(22022, INADDR_ANY)) && listen(S, 5)
			or die; sleep'
		runs "$her" sshd
		until grep -q ':5606 .* 0A ' /proc/net/tcp; do sleep 0.1; done
	}
	trick
	echo 0 > "/proc/$server/oom_score_adj"
	commanded oomctl protect sshd
	commanded oomctl protect --all --name sshd
	commanded oomctl protect --unit ssh
	guarded "name:sshd = -900"
	does 0 systemctl stop ssh
	refused oomctl protect sshd
	refused oomctl protect --all sshd
	does 0 systemctl start ssh
}
