# What run and campaign have in common: the kernels, and a virtual machine with one of them.
lab=.build/lab

# Name, Debian suites, pattern of the package's version; v1 where the kernel still has memory cgroups
# of version 1, short where a short run takes it.
kernels() {
	cat <<- 'END'
		5.10 bullseye 5\.10\..* v1 short
		6.1 bookworm 6\.1\..* v1
		6.12 trixie 6\.12\..*
		6.1x trixie,trixie-backports 6\.1[6-9]\..*
		7.x trixie,trixie-backports 7\.[0-2]\..*
		newest sid,experimental [0-9].* short
	END
}

skip() { echo "lab: skipped$1" >&2; }
misuse() { echo "${0##*/}: $1" >&2; exit 2; }
nothing() { skip "$1"; [ "$optional" ]; exit; }

# known NAME: one of the kernels.
known() { kernels | awk -v name="$1" '$1 == name { found = 1 } END { exit !found }'; }

# prepare: what every machine needs. The executable must be static.
prepare() {
	[ -f "$executable" ] && [ -x "$executable" ] || misuse "no executable '$executable'"
	cc=${CC:-cc}
	for tool in qemu-system-x86_64 apt-get dpkg "$cc"; do
		command -v "$tool" > /dev/null || nothing ": $tool is missing"
	done
	! readelf -l "$executable" 2> /dev/null | grep -q INTERP || nothing ": $executable isn't static"
	mkdir -p $lab
	"$cc" -Os -static -pthread -o $lab/hog "$sources/hog.c" 2> $lab/log ||
		nothing ": $cc can't build a static executable"
}

# fetch NAME: gets that kernel unless it is here.
fetch() {
	[ -e "$lab/kernel-$1" ] && return
	kernels | while read -r name suites pattern _; do
		[ "$name" != "$1" ] || "$sources/kernel" "$suites" "$pattern" "$lab/kernel-$name" 2> $lab/log
	done
	[ -e "$lab/kernel-$1" ] || { skip " $1: $(tail -n 1 $lab/log)"; false; }
}

# emulate KERNEL SECONDS WORDS OPTION...: boots once, in the folder $machine, with what the folder
# $machine/extra has for the guest, WORDS on the kernel's command line and more options for QEMU, and
# leaves console and results there.
emulate() {
	kernel=$1 seconds=$2 words=$3
	shift 3
	files=$machine/files
	rm -rf "$files"
	mkdir -p "$files/bin" "$files/proc" "$files/sys" "$files/dev"
	[ ! -d "$machine/extra" ] || cp -r "$machine/extra/." "$files"
	cp "$sources"/guest/* "$lab/kernel-$kernel"/*.ko "$files"
	cp "$lab/kernel-$kernel/busybox" $lab/hog "$files/bin"
	cp "$executable" "$files/bin/oomctl"
	busybox=$PWD/$lab/kernel-$kernel/busybox
	(cd "$files" && find . | "$busybox" cpio -o -H newc 2> /dev/null) > "$machine/initramfs"
	truncate -s 128M "$machine/swap"
	truncate -s 512M "$machine/disk"
	: > "$machine/results"
	# clearcpuid=141 hides the feature cx16 from the kernel (oomctl needs it): with its allocator using
	# the unlocked cmpxchg16b, one boot of 6.12 in seven crashed in QEMU 7.2.
	timeout "$seconds" qemu-system-x86_64 -accel tcg -m 512M -nodefaults -display none -no-reboot \
		-serial file:"$machine/console" -serial file:"$machine/results" \
		-drive file="$machine/swap",format=raw,if=virtio -drive file="$machine/disk",format=raw,if=virtio \
		-kernel "$lab/kernel-$kernel/vmlinuz" -initrd "$machine/initramfs" "$@" \
		-append "console=ttyS0 panic=-1 oops=panic clearcpuid=141 printk.devkmsg=on swapaccount=1 $words" \
		< /dev/null > "$machine/log" 2>&1 ||
		echo "lab: $kernel: qemu: $? $(tail -n 1 "$machine/log")" >&2
	rm -rf "$machine/initramfs" "$machine/swap" "$machine/disk" "$files"
}
