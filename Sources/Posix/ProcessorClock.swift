import Glibc

/// The processor time that this process has taken (clock_gettime(2), `CLOCK_PROCESS_CPUTIME_ID`).
package enum ProcessorClock {
  /// The time so far.
  package static var microseconds: Int64 { MonotonicClock.read(CLOCK_PROCESS_CPUTIME_ID) }
}
