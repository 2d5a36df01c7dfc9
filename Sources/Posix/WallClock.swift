import Glibc

/// The clock that people set.
package enum WallClock {
  /// Whole seconds since 1970 (time(2)).
  package static var seconds: Int { time(nil) }

  /// The distance from Greenwich at a moment by the zone of this process (localtime_r(3)), in seconds to the
  /// east: of the variable TZ or `/etc/localtime`.
  package static func offset(at moment: Int) -> Int {
    var time = time_t(moment)
    var parts = unsafe tm()
    unsafe localtime_r(&time, &parts)
    return unsafe parts.tm_gmtoff
  }
}
