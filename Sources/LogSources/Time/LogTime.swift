import CivilTime

/// The time at which something was logged.
package struct LogTime: Hashable, Sendable {
  /// Since 1970.
  package var microseconds: Int
  /// The basis on which it is known.
  package var basis: Basis

  package init(microseconds: Int, basis: Basis) {
    self.microseconds = microseconds
    self.basis = basis
  }

  /// From the weakest to the strongest.
  package enum Basis: Int, Comparable, Sendable {
    /// The time of boot and the kernel's own clock, which stands still in suspend.
    case boot
    /// A calendar without a month that is understood: the latest is taken that fits the file.
    case assumedMonth
    /// A calendar without a year: the latest is taken that fits the file.
    case assumedYear
    /// A calendar of the logging machine's own zone.
    case local
    /// A calendar with its zone.
    case zoned
    /// The journal's.
    case universal

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Rounded down.
  package var seconds: Int { microseconds.divided(by: 1_000_000) }
}

extension ZoneRules {
  /// As `2026-11-21T03:12:44+01:00`.
  package func iso(_ time: LogTime) -> String {
    let offset = offset(at: time.seconds)
    let distance = abs(offset) / 60
    return calendar(time, separator: "T") + (offset < 0 ? "-" : "+") + Self.two(distance / 60)
      + ":" + Self.two(distance % 60)
  }

  /// As `2026-11-21 03:12:44`.
  package func local(_ time: LogTime) -> String { calendar(time, separator: " ") }

  /// As `2026-11-21`.
  func date(_ time: LogTime) -> String { String(local(time).prefix { $0 != " " }) }

  private func calendar(_ time: LogTime, separator: String) -> String {
    ClockReading(secondsSince1970: time.seconds + offset(at: time.seconds))
      .text(separator: separator)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
