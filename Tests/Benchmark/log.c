/* log LINES REPORTS: prints a syslog of that many lines, among them OOM reports evenly spread.
   Numbers are chance, but the same in each run. */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252u;

static unsigned chance(unsigned limit) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (unsigned)((state >> 11) % limit);
}

/* What a busy server logs; each takes up to three numbers. */
static const char *const ordinary[] = {
    "sshd[%u]: Accepted publickey for deploy from 192.0.2.%u port %u ssh2: ED25519 SHA256:q1w2e3r4",
    "sshd[%u]: Disconnected from user deploy 192.0.2.%u port %u",
    "sshd[%u]: Invalid user oracle from 198.51.100.%u port %u",
    "CRON[%u]: (root) CMD (   test %u -lt %u && run-parts --report /etc/cron.hourly)",
    "systemd[1]: Started Session %u of user deploy, %u of %u.",
    "systemd[1]: app-worker@%u.service: Consumed %u.%03us CPU time.",
    "systemd[1]: Starting Daily apt download activities %u, %u, %u...",
    "kernel: [%5u.%06u] [UFW BLOCK] IN=eth0 OUT= SRC=203.0.113.7 DST=192.0.2.1 LEN=60 SPT=%u DPT=22",
    "kernel: [%5u.%06u] nf_conntrack: nf_conntrack: table full, dropping packet %u",
    "kernel: [%5u.%06u] docker0: port %u(veth4cb51e1) entered forwarding state",
    "kernel: [%5u.%06u] audit: type=1400 audit(1573558202.123:%u): apparmor=\"DENIED\" operation=\"open\"",
    "nginx[%u]: 192.0.2.%u - - \"GET /api/v1/items?page=%u HTTP/1.1\" 200 5123 \"-\" \"curl/7.88.1\"",
    "app[%u]: level=info msg=\"request done\" duration=%ums status=200 bytes=%u room=main fill=0.71",
    "app[%u]: level=warning msg=\"will retry\" attempt=%u queue=billing depth=%u",
    "app[%u]: level=error msg=\"upstream still not reachable, killing no one\" code=%u after=%ums",
    "postgres[%u]: [%u-1] LOG:  checkpoint complete: wrote %u buffers (3.1%%); 0 WAL file(s) added",
    "dockerd[%u]: time=\"2019-11-12T12:30:02Z\" level=info msg=\"ignoring event\" n=%u id=%08x",
    "dbus-daemon[%u]: [system] Successfully activated service 'org.freedesktop.hostname1' %u %u",
    "postfix/smtpd[%u]: connect from unknown[203.0.113.%u], %u open",
    "postfix/qmgr[%u]: 4F1D5%u: from=<root@example.org>, size=%u, nrcpt=1 (queue active)",
    "dhclient[%u]: DHCPREQUEST for 192.0.2.%u on eth0 to 192.0.2.1 port 67 (xid=0x%x)",
    "rsyslogd[%u]: action 'action-%u-builtin:omfile' resumed, %u messages [v8.2302.0]",
};

/* A report, a line each; each takes up to three numbers, of which the first is the victim's. */
static const char *const report[] = {
    "worker invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), "
    "order=0, oom_score_adj=0",
    "CPU: 1 PID: %u Comm: worker Not tainted 6.1.0-18-amd64 #1  Debian 6.1.76-1",
    "Hardware name: Example Board 3000/X3, BIOS 1.2.3 04/01/2014",
    "Call Trace:",
    " <TASK>",
    " dump_stack_lvl+0x44/0x5c",
    " dump_header+0x4c/0x22b",
    " oom_kill_process.cold+0xb/0x10",
    " out_of_memory+0x1e4/0x560",
    " </TASK>",
    "Mem-Info:",
    "active_anon:675 inactive_anon:29674 isolated_anon:0#012 active_file:0 inactive_file:0 "
    "isolated_file:0#012 unevictable:0 dirty:0 writeback:0#012 slab_reclaimable:2404 "
    "slab_unreclaimable:1464#012 free:%u free_pcp:59 free_cma:0",
    "Node 0 DMA free:684kB boost:0kB min:164kB low:204kB high:244kB present:15992kB managed:15360kB",
    "lowmem_reserve[]: 0 130 130 130 130",
    "Node 0 DMA32 free:1320kB boost:0kB min:1320kB low:1648kB high:1976kB present:180096kB "
    "managed:133524kB",
    "lowmem_reserve[]: 0 0 0 0 0",
    "Node 0 DMA: 1*4kB (M) 1*8kB (M) 0*16kB 1*32kB (U) 2*64kB (UM) 0*128kB 2*256kB (UM) = 684kB",
    "Node 0 DMA32: 2*4kB (UM) 0*8kB 2*16kB (UM) 2*32kB (UM) 1*64kB (U) 1*128kB (U) = 1320kB",
    "866 total pagecache pages",
    "Free swap  = 0kB",
    "Total swap = 0kB",
    "49022 pages RAM",
    "0 pages HighMem/MovableOnly",
    "11801 pages reserved",
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[    388]     0   388     9831      712    86016        0             0 systemd-journal",
    "[    412]     0   412     3210      289    49152        0         -1000 sshd",
    "[%7u]  1000 %5u    72820    %5u   179200        0             0 worker",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
    "task_memcg=/system.slice/worker.service,task=worker,pid=%u,uid=1000",
    "Out of memory: Killed process %u (worker) total-vm:291280kB, anon-rss:%ukB, file-rss:%ukB, "
    "shmem-rss:744kB, UID:1000 pgtables:175kB oom_score_adj:0",
    "oom_reaper: reaped process %u (worker), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void stamp(unsigned long line) {
  unsigned long second = line / 150;
  printf("Nov %2lu %02lu:%02lu:%02lu web-07 ", 1 + second / 86400 % 30, second / 3600 % 24,
         second / 60 % 60, second % 60);
}

int main(int count, char **words) {
  unsigned long lines = count > 2 ? strtoul(words[1], 0, 10) : 0;
  unsigned long reports = count > 2 ? strtoul(words[2], 0, 10) : 0;
  if (!reports || lines / reports <= COUNT(report)) errx(2, "log LINES REPORTS");
  static char buffer[1 << 20];
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  unsigned long period = lines / reports;
  for (unsigned long line = 0; line < lines;) {
    if (line % period == 0 && line / period < reports) {
      unsigned victim = 1000 + chance(60000), size = chance(90000);
      for (unsigned i = 0; i < COUNT(report); i++, line++) {
        stamp(line);
        printf("kernel: [%5lu.%06u] ", line / 150, i);
        printf(report[i], victim, i == 28 ? victim : size, size / 4);
        putchar('\n');
      }
      continue;
    }
    stamp(line++);
    printf(ordinary[chance(COUNT(ordinary))], chance(30000), chance(1000), chance(60000));
    putchar('\n');
  }
  if (fflush(stdout)) err(1, "output");
  return 0;
}
