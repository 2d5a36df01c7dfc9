/// Limits from which something is a finding. None is invented here: each is another program's, or
/// the kernel's.
package enum Threshold {
  /// Percent of a memory's size below which what is available is short: at 10 % earlyoom begins to kill
  /// (its -m and -s), and at 90 % in use systemd-oomd (SwapUsedLimit= of oomd.conf(5)).
  package static let shortPercent = 10

  /// Percent at which earlyoom no longer asks (SIGTERM), but kills (SIGKILL).
  package static let deadlyShortPercent = 5

  /// Percent of ten seconds in which all tasks stood still: the trigger for "full" that the kernel's own
  /// Documentation/accounting/psi.rst gives as its example, 50 ms in a second.
  package static let stallPercent = 5

  /// Percent at which systemd-oomd kills (DefaultMemoryPressureLimit= of oomd.conf(5)).
  package static let deadlyStallPercent = 60

  /// The highest order for which the OOM killer acts: PAGE_ALLOC_COSTLY_ORDER of include/linux/mmzone.h.
  package static let costlyOrder = 3

  /// True if `part` is at most `percent` of `whole`.
  package static func isShort(_ part: Int, of whole: Int, percent: Int = shortPercent) -> Bool {
    whole > 0 && Int128(part) * 100 <= Int128(whole) * Int128(percent)
  }

  /// The part of the commit limit to leave free, in bytes, so that one can still log in: a tenth of
  /// it, but at least 256 MiB or, on small machines, an eighth of RAM.
  package static func commitReserve(limit: Int, ram: Int) -> Int {
    max(limit / 10, min(256 << 20, ram / 8))
  }

  /// The badness of a state, the same for findings, meters, metrics and alerts.
  package enum Level: Int, Comparable, Sendable {
    case fine, short, deadly

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// The level of memory by what of it is available, bytes. As long as swap has room nothing is deadly.
  package static func memory(
    available: Int, of total: Int, swapFree: Int, of swapTotal: Int
  ) -> Level {
    guard isShort(available, of: total) else { return .fine }
    let hasSwap = !isShort(swapFree, of: max(1, swapTotal))
    return !hasSwap && isShort(available, of: total, percent: deadlyShortPercent) ? .deadly : .short
  }

  /// The level of a share of time in which all tasks stood still, in hundredths of a percent.
  package static func stall(_ share: Int) -> Level {
    share >= deadlyStallPercent * 100 ? .deadly : share >= stallPercent * 100 ? .short : .fine
  }

  /// The level of promised memory where a limit is enforced, by bytes.
  package static func commit(_ promised: Int, of limit: Int, ram: Int) -> Level {
    let left = Int128(limit) - Int128(promised)
    guard left < Int128(commitReserve(limit: limit, ram: ram)) else { return .fine }
    return left > 0 ? .short : .deadly
  }
}
