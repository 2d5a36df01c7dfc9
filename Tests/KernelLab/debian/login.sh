# An administrator who is logged in over ssh: the listener is an ancestor of everything that she starts.

ssh_login() {
	install -m 600 /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
	over="ssh -o BatchMode=yes root@localhost"
	listener=$(main_pid ssh)
	has "$listener" -1000 "its own start"

	# shellcheck disable=SC2086 # they are several words, here and below
	for selection in sshd "--unit ssh" "--name sshd"; do
		does 0 $over oomctl list --json $selection
		tr -d '\n ' < /run/lab/output | grep -q "\"pid\":$listener," ||
			fail "list $selection doesn't have the listener"
	done

	does 0 $over oomctl protect sshd --json
	expect "result of protect sshd" "$(says result)" unchanged
	has "$listener" -1000 "protect sshd"
	for selection in sshd "--unit ssh"; do
		echo 0 > "/proc/$listener/oom_score_adj"
		does 0 $over oomctl protect $selection --json
		expect "result of protect $selection" "$(says result)" done
		[ "$(adjustment "$listener")" -le -900 ] ||
			fail "value after protect $selection: $(adjustment "$listener")"
		expect "value of a login after that" "$($over cat /proc/self/oom_score_adj)" 0
	done

	does 3 $over oomctl protect sshd --persist
	grep -qi 'ssh' /run/lab/errors || fail "no reason: $(head -n 1 /run/lab/errors)"
	for file in $units/*.service.d/*; do [ ! -e "$file" ] || fail "$file after protect sshd --persist"; done
	[ ! -e /etc/oomctl/rules.conf ] || fail "a rule after protect sshd --persist"
	low=$(adjustment "$listener")
	[ "$low" -le -900 ] || fail "value after protect --persist: $low"
}

# A service that only stands for others, as PostgreSQL's on Debian does: a generator has it pull them in.
umbrella() {
	generators=/etc/systemd/system-generators
	mkdir -p $generators
	# shellcheck disable=SC2016 # it is the generator's
	printf '#!/bin/sh\nmkdir "$1/shop.service.wants"\nln -s %s/shop@.service %s\n' $units \
		'"$1/shop.service.wants/shop@main.service"' > $generators/shop
	chmod +x $generators/shop
	does 0 systemctl daemon-reload
	does 0 systemctl start shop
	shop=$(main_pid shop@main)
	[ "$shop" -gt 0 ] || fail "it pulls nothing in"

	status=0
	oomctl protect --unit shop --persist > /run/lab/output 2>&1 || status=$?
	cat /run/lab/output
	[ $status != 0 ] || fail "protect --persist of an umbrella: status 0"
	grep -q 'shop@main' /run/lab/output || fail "what it pulls in isn't named"
	for file in $units/*.service.d/*; do [ ! -e "$file" ] || fail "$file after that"; done
	[ ! -e /etc/oomctl/rules.conf ] || fail "a rule after that"
	has "$shop" 0 "that"

	does 0 oomctl protect --unit shop@main --persist
	has "$shop" -900 "protect --persist of what it pulls in"
	restarted shop@main -900 "protect --persist"
}
