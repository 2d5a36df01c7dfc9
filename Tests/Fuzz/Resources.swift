import Glibc

/// Which time is meant.
enum Clock {
  /// What passes.
  case wall
  /// What this program computes: others on the machine don't count.
  case processor
}

/// Microseconds since some moment.
func now(_ clock: Clock) -> Int {
  var time = timespec()
  unsafe clock_gettime(clock == .wall ? CLOCK_REALTIME : CLOCK_PROCESS_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}

/// The most memory that this program had, in KiB.
func peakMemory() -> Int {
  var usage = rusage()
  unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
  return usage.ru_maxrss
}

/// Ends the program when an input takes that long; 0 for never.
func setAlarm(seconds: Int) { alarm(UInt32(seconds)) }

/// Prints a line at once: the next input may be the last.
func say(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
}

func exitFailing() -> Never { exit(1) }
