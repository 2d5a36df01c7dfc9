import Glibc

/// The clock that nobody sets (clock_gettime(2), `CLOCK_MONOTONIC`).
package enum MonotonicClock {
  package static var microseconds: Int64 {
    read(CLOCK_MONOTONIC)
  }

  /// True where this machine was suspended since boot, which this clock doesn't count.
  package static var stoodStill: Bool { read(CLOCK_BOOTTIME) - microseconds > 1_000_000 }

  /// Waits that long, or until a signal is handled.
  package static func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

  static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
