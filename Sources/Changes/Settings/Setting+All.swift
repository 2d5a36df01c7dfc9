import Badness

// Sources: kernel/sysctl.c and the writers in mm/ of the kernels in question,
// Documentation/admin-guide/sysctl/{vm,kernel}.rst, Documentation/mm/overcommit-accounting.rst.

extension Setting {
  /// All of them, in the order in which `tune` shows them.
  package static let all: [Setting] = overcommitting + killing + reserving + reclaiming + failing

  private static let anyInt = Int128(Int32.min)...Int128(Int32.max)
  private static let notNegative = 0...Int128(Int32.max)

  private static let overcommitting: [Setting] = [
    Setting(
      key: "vm.overcommit_memory",
      summary: "Whether more memory is promised than there is (0 guess, 1 always, 2 never).",
      explanation: """
        0 refuses only a request that could never be met, alone; all together may be promised more than \
        there is, and the OOM killer settles it. 1 refuses nothing. 2 keeps the sum of all promises \
        (Committed_AS) below CommitLimit: programs see a failed allocation in place of a kill, early, and \
        whatever can't handle that ends. It needs a ratio that fits the machine, and swap counts in full. \
        Switching to 2 while more is promised than the limit allows makes every new process fail, the \
        shell's too.
        """,
      advice: [
        Advice(
          source: "Linux, Documentation/mm/overcommit-accounting.rst",
          text:
            "0 is the default and for a typical system; 1 suits scientific programs with sparse "
            + "arrays; 2 suits programs that must be sure of memory they were promised."),
        Advice(
          source: "Redis, Administration",
          text:
            "1: saving in the background forks, which promises the whole data set once more though "
            + "little of it is copied. Redis warns at start where it is 0."),
        Advice(
          source: "PostgreSQL, Managing Kernel Resources, Linux Memory Overcommit",
          text:
            "2, with an overcommit_ratio that fits: so the server isn't killed for lack of memory, "
            + "though that can't be ruled out."),
      ],
      eras: [
        Era(since: .init(2, 4), range: anyInt, initial: .fixed("0")),
        Era(since: .init(2, 6, 39), range: 0...2, initial: .fixed("0")),
      ]),
    Setting(
      key: "vm.overcommit_ratio", unit: "%",
      summary: "The commit limit's share of RAM in mode 2.",
      explanation: """
        CommitLimit is this share of RAM without huge pages, and all swap. It counts only where \
        overcommit_memory is 2 and overcommit_kbytes 0. 50 with little swap leaves half of the RAM to the \
        page cache alone; with no swap 80 to 90 is usual. Above 100 the limit exceeds RAM. No kernel \
        checks the number: a negative one makes the limit endless. Writing it sets overcommit_kbytes to 0.
        """,
      eras: [Era(since: .init(2, 6), initial: .fixed("50"))]),
    Setting(
      key: "vm.overcommit_kbytes", unit: "KiB", type: .unsignedLong,
      summary: "The commit limit in mode 2 as an amount, in place of the share; 0 is off.",
      explanation: """
        CommitLimit is this amount and all swap; huge pages aren't taken off. Large machines are tuned \
        more finely by it than by whole percents. Any write to it, 0 included, sets overcommit_ratio to 0: \
        to go back to a share write the ratio, not 0 here, else only swap can be promised.
        """,
      eras: [Era(since: .init(3, 14), initial: .fixed("0"))]),
  ]

  private static let killing: [Setting] = [
    Setting(
      key: "vm.panic_on_oom",
      summary:
        "Whether OOM stops the machine in place of killing (0 kill, 1 panic, 2 panic always).",
      explanation: """
        1 panics when the whole machine is out of memory, but kills where only a cpuset, a memory policy \
        or a memory cgroup is. 2 panics for these too: a container at its limit takes the machine down. It \
        is meant for clusters, where a node had better fail over than limp. Without kernel.panic the \
        machine stands still after it until somebody resets it, and without kdump nobody learns why.
        """,
      eras: [
        Era(since: .init(2, 6, 18), range: anyInt, initial: .fixed("0")),
        Era(since: .init(2, 6, 39), range: 0...2, initial: .fixed("0")),
      ]),
    Setting(
      key: "vm.oom_kill_allocating_task",
      summary: "Kill whoever asks for memory, not the worst (0 no, else yes).",
      explanation: """
        Anything but 0 kills the process whose request couldn't be met, whatever its size, unless it is \
        exempt. That spares the search through all processes, which takes long on machines with very many \
        of them, but hits bystanders: a small process that asked at the wrong moment. panic_on_oom comes \
        first. It doesn't count inside a memory cgroup.
        """,
      eras: [Era(since: .init(2, 6, 24), initial: .fixed("0"))]),
    Setting(
      key: "vm.oom_dump_tasks",
      summary: "List all candidates in the log with each kill (0 no, else yes).",
      explanation: """
        The list says of each process its size, its page tables, swap and adjustment: without it nobody \
        can tell afterwards why that one was chosen, and oomctl history can't replay the kill. On machines \
        with many thousands of processes it fills the log and takes a while.
        """,
      eras: [
        Era(since: .init(2, 6, 25), initial: .fixed("0")),
        Era(since: .init(2, 6, 36), initial: .fixed("1")),
      ]),
  ]

  private static let reserving: [Setting] = [
    Setting(
      key: "vm.min_free_kbytes", unit: "KiB",
      summary: "Memory kept free for emergencies, from which the zones' watermarks follow.",
      explanation: """
        Below the lowest watermark only reclaim itself and other privileged requests get memory; above it \
        reclaim starts early. Too low (below 1 MiB) deadlocks under load, too high leaves nothing to \
        programs: 5 % of RAM is much, and a large part of it brings the OOM killer at once. The kernel \
        works it out from the size of low memory at boot, and for transparent huge pages khugepaged raises \
        it.
        """,
      eras: [
        Era(since: .init(2, 6), range: notNegative, initial: .computed)
      ]),
    Setting(
      key: "vm.lowmem_reserve_ratio", unit: "1/x", type: .vector,
      summary: "The part of each lower zone that requests for higher ones leave alone.",
      explanation: """
        One number for each zone, lowest first; 256 protects the 256th part of the memory above, a smaller \
        number protects more, 0 nothing (older kernels make it 1). Memory that anybody could have had from \
        a higher zone shan't fill those that few devices, or on a 32-bit kernel the kernel itself, depend \
        on. A write may give just the first numbers; others stay.
        """,
      // As many numbers as the kernel has zones, and on machines without a DMA zone another first one.
      eras: [Era(since: .init(2, 6, 18), range: anyInt, initial: .builder)]),
    Setting(
      key: "vm.admin_reserve_kbytes", unit: "KiB", type: .unsignedLong,
      summary: "Kept for processes with CAP_SYS_ADMIN in mode 2.",
      explanation: """
        So that an administrator can log in and kill something when all else is promised. The default, 3 % \
        of free memory but at most 8 MiB, does for sshd, bash and kill in mode 0; in mode 2 their whole \
        address space counts, and the kernel's documentation puts that at 128 MiB. Before 3.10 it is 3 % of \
        the limit without swap, and no setting.
        """,
      eras: [Era(since: .init(3, 10), initial: .computed)]),
    Setting(
      key: "vm.user_reserve_kbytes", unit: "KiB", type: .unsignedLong,
      summary: "Kept from a single large process in mode 2.",
      explanation: """
        A process may not take the last of what is promised: a 32nd part of its own size, up to this \
        amount, stays for others, so that its user can still start a shell and end it. The default is 3 % \
        of free memory but at most 128 MiB. With 0 a single process can take all but the administrators' \
        reserve.
        """,
      eras: [Era(since: .init(3, 10), initial: .computed)]),
  ]

  private static let reclaiming: [Setting] = [
    Setting(
      key: "vm.swappiness",
      summary: "How readily anonymous memory is swapped, against giving up page cache.",
      explanation: """
        The relative cost of swapping and of reading files anew: 100 takes both for equal; lower keeps \
        anonymous memory in RAM longer. Above 100 (from 5.8 on) suits swap that is faster than the file \
        system, as zram. 0 swaps only when the watermarks are out of reach, and in a memory cgroup never, \
        so that OOM comes earlier. A cgroup of the first version has its own.
        """,
      eras: [
        Era(since: .init(2, 6), range: 0...100, initial: .fixed("60")),
        Era(since: .init(5, 8), range: 0...200, initial: .fixed("60")),
      ]),
    Setting(
      key: "vm.watermark_scale_factor", unit: "1/10000",
      summary: "The distance between a zone's watermarks, as a part of the zone.",
      explanation: """
        kswapd wakes at the low watermark and sleeps at the high one; this is the least distance between \
        them, 10 is 0.1 % of the zone. If requests often have to reclaim by themselves (allocstall in \
        vmstat) or kswapd sleeps too early, the distance is too small for bursts, and more helps. It costs \
        memory that stays free.
        """,
      eras: [
        Era(since: .init(4, 6), range: 1...1000, initial: .fixed("10")),
        // Longterm releases took over what 5.17 brought, 5.15.58 among them; 5.10.223 has it (tried).
        // Distributors count on from 5.10.0 and 5.15.0.
        Era(since: .init(5, 10), range: 1...3000, initial: .fixed("10")),
        Era(since: .init(5, 11), range: 1...1000, initial: .fixed("10")),
        Era(since: .init(5, 15), range: 1...3000, initial: .fixed("10")),
        Era(since: .init(5, 16), range: 1...1000, initial: .fixed("10")),
        Era(since: .init(5, 17), range: 1...3000, initial: .fixed("10")),
      ]),
    Setting(
      key: "vm.watermark_boost_factor", unit: "1/10000",
      summary: "How much is reclaimed against fragmentation, as a part of the high watermark.",
      explanation: """
        When pages that can move and such that can't get mixed in a block, kswapd reclaims this part of \
        the zone's high watermark, so that compaction has less to do later; 15000 is 150 %. 0 switches it \
        off, which quiets kswapd on machines that need no huge pages.
        """,
      eras: [Era(since: .init(5, 0), range: notNegative, initial: .fixed("15000"))]),
    Setting(
      key: "vm.vfs_cache_pressure", unit: "%",
      summary: "How readily directory and inode caches are given up, against page cache.",
      explanation: """
        100 treats them like page cache. Lower keeps them; at 0 they are never reclaimed, which ends in \
        OOM by itself. Above 100 they go sooner; far above, reclaim spends its time on looking for them. \
        On a 32-bit kernel they fill low memory.
        """,
      eras: [
        Era(since: .init(2, 6, 8), range: anyInt, initial: .fixed("100")),
        // The check came with 5.12; 5.10.24 and 5.11.7 took it over. Distributors count on from 5.10.0.
        Era(since: .init(5, 10), range: notNegative, initial: .fixed("100")),
      ]),
  ]

  private static let failing: [Setting] = [
    Setting(
      key: "kernel.panic", unit: "s",
      summary: "Seconds from a panic to the reboot (0 never, negative at once).",
      explanation: """
        0 leaves a machine that panicked standing with its last words on the screen. A server that nobody \
        looks at had better restart: 10 leaves time to read a serial console. With kdump loaded the dump \
        comes first. The kernel's command line (panic=) and its builder may have chosen another default.
        """,
      eras: [Era(since: .init(2, 4), initial: .usual("0"))]),
    Setting(
      key: "kernel.sysrq",
      summary: "What the SysRq keys may do (0 nothing, 1 all, else a sum of bits).",
      explanation: """
        64 among the bits allows to signal processes: SysRq-f calls the OOM killer by hand, the last \
        resort on a machine that swaps itself to death. 16 allows to sync, 32 to remount read-only, 128 to \
        reboot. Only the keyboard and serial consoles ask; root may write all letters to \
        /proc/sysrq-trigger. Distributors choose the default, Debian 438.
        """,
      eras: [Era(since: .init(2, 4), initial: .builder)]),
  ]
}
