/// What the same logs tell to have followed a kill. It followed; that the kill was its cause isn't said.
struct Aftermath: Equatable {
  /// The units that the victim was in, or that lost a process in the same moment, as far as something is told of them.
  var units: [UnitFate] = []
  /// True where the kernel gave up taking the victim's memory, and went on to the next one.
  var isUnreaped = false

  var isEmpty: Bool { units.isEmpty && !isUnreaped }

  /// What became of one unit.
  struct UnitFate: Equatable {
    var unit: String
    /// True where nothing but the time connects it with the kill.
    var isByTime = false
    var failure: Failure?
    var restart: Restart?
  }

  struct Failure: Equatable {
    /// systemd's word for the reason.
    var result: String?
    /// Since the kill, where the log tells.
    var microseconds: Int?
  }

  struct Restart: Equatable {
    /// The number of restarts so far, where the log tells.
    var count: Int?
    /// Since the kill, where the log tells.
    var microseconds: Int?
  }
}

extension Aftermath {
  /// True where one of the units was started again.
  func hasRestart(of unit: String) -> Bool {
    units.contains { $0.unit == unit && $0.restart != nil }
  }

  /// What followed, in words, one for each line.
  var sentences: [String] {
    units.map(\.sentence)
      + (isUnreaped
        ? ["the kernel couldn't take its memory (unable to reap), and went on to the next one"]
        : [])
  }
}

extension Aftermath.UnitFate {
  fileprivate var sentence: String {
    var parts: [String] = []
    if let failure {
      let result = failure.result.map { " (result \($0))" } ?? ""
      let policy = failure.result == "oom-kill" ? ": systemd ended all of it, by OOMPolicy=" : ""
      parts.append("failed \(Self.moment(failure.microseconds))\(policy)\(result)")
    }
    if let restart {
      let count = restart.count.map { " (restart \($0))" } ?? ""
      parts.append("was started again \(Self.moment(restart.microseconds))\(count)")
    }
    if parts.isEmpty { parts.append("lost a process, and went on") }
    return "\(unit)\(isByTime ? ", by the time," : "") " + parts.joined(separator: ", and ")
  }

  private static func moment(_ microseconds: Int?) -> String {
    guard let microseconds else { return "afterwards" }
    let seconds = (max(0, microseconds) + 500_000) / 1_000_000
    return seconds == 0 ? "at once" : "\(seconds) s later"
  }
}
