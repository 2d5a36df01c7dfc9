/// Lines of a busy machine that have nothing to do with memory, though some look as if they had.
public enum ForeignLines {
  /// What other parts of the kernel print.
  public static let kernel = [
    "docker0: port 2(veth4cb51e1) entered disabled state",
    "audit: type=1400 audit(1573558202.123:42): apparmor=\"DENIED\" name=\"/proc/1/mem\" pid=812",
    "usb 1-1.2: new high-speed USB device number 5 using xhci_hcd",
    "[UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.7 DST=192.0.2.1 LEN=60 TOS=0x00 PROTO=TCP SPT=1 DPT=22",
    "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro",
    "php-fpm[4711]: segfault at 10 ip 000055d0 sp 00007ffe error 4 in php-fpm[55d0+1000]",
    "nf_conntrack: table full, dropping packet",
    "perf: interrupt took too long (2511 > 2500), lowering kernel.perf_event_max_sample_rate",
  ]

  /// What daemons log: tag and text.
  public static let daemons = [
    ("sshd[812]", "Accepted publickey for root from 192.0.2.9 port 50522 ssh2"),
    ("systemd[1]", "php-fpm.service: A process of this unit has been killed by the OOM killer."),
    ("CRON[77121]", "(root) CMD (   cd / && run-parts --report /etc/cron.hourly)"),
    ("app[31]", "java.lang.OutOfMemoryError: Java heap space"),
    ("monitor[9]", "found in kern.log: Killed process 99 (fake) total-vm:1kB, anon-rss:1kB"),
  ]

  /// One of them as a record, in turn.
  public static func record(_ index: Int, at microseconds: Int) -> LogRecord {
    let kernelFirst = index % 3 != 2
    if kernelFirst {
      return LogRecord(kernel[index % kernel.count], at: microseconds, caller: 77)
    }
    let (tag, text) = daemons[index / 3 % daemons.count]
    return LogRecord(text, at: microseconds, caller: 78).said(by: tag)
  }
}
