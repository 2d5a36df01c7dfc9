import Core
package import ProcFS

/// The kernel's report on pressure: its silence can mean three things.
package enum PressureState: Sendable {
  case known(Pressure)
  /// A kernel before 4.20 or without PSI; from 5.13 on also one that was booted with it switched off.
  case missing
  /// A copied tree lacks it.
  case uncaptured
  /// It is there, but was switched off at boot.
  case disabled
  case unreadable(String)

  init(of world: borrowing World) {
    do {
      self = .known(try world.proc.memoryPressure)
    } catch {
      world.gaps.note(error)
      self.init(error)
      if case .missing = self, !world.proc.isLive { self = .uncaptured }
    }
  }

  init(_ error: ProcFSError) {
    switch error.errno {
    case .noSuchFile: self = .missing
    case .notSupported: self = .disabled
    default: self = .unreadable("\(error.reason)")
    }
  }

  package var pressure: Pressure? {
    if case .known(let pressure) = self { pressure } else { nil }
  }

  /// JSON's word for it.
  var word: String {
    switch self {
    case .known: "known"
    case .missing: "missing"
    case .uncaptured: "uncaptured"
    case .disabled: "disabled"
    case .unreadable: "unreadable"
    }
  }

  /// For people.
  var phrase: String {
    switch self {
    case .known(let pressure):
      return pressure.phrase
    case .missing: return "missing: this kernel has no PSI, or was booted with psi=0"
    case .uncaptured: return "unknown: not captured"
    case .disabled: return "disabled: boot with psi=1"
    case .unreadable(let reason): return "unreadable: \(reason)"
    }
  }
}

extension Pressure {
  /// Of the last ten seconds, for people.
  package var phrase: String {
    guard let some else { return "-" }
    let full = full.map { "  full \(Percent.text($0.tenSeconds))" } ?? ""
    return "some \(Percent.text(some.tenSeconds))\(full)  (10 s)"
  }
}
