import DaemonLog
import KernelLog

/// What a parser finds in a log that it gets in pieces of a size.
func events(in log: [UInt8], pieces size: Int = .max) -> [LogEvent] {
  var parser = KernelLogParser()
  var events: [LogEvent] = []
  var rest = log[...]
  while !rest.isEmpty {
    let piece = Array(rest.prefix(size))
    parser.parse(piece.span, into: &events)
    rest = rest.dropFirst(piece.count)
  }
  parser.finish(into: &events)
  return events
}

/// The same of a text.
func events(in log: String) -> [LogEvent] { events(in: Array(log.utf8)) }

/// The kills alone.
func kills(in log: [UInt8]) -> [Kill] { events(in: log).kills }

func kills(in log: String) -> [Kill] { events(in: log).kills }

extension [LogEvent] {
  var kills: [Kill] {
    compactMap { event in
      guard case .kill(let kill) = event else { return nil }
      return kill
    }
  }

  var daemonKills: [DaemonKill] {
    compactMap { event in
      guard case .daemonKill(let kill) = event else { return nil }
      return kill
    }
  }

  var incidents: [Incident] {
    compactMap { event in
      guard case .incident(let incident) = event else { return nil }
      return incident
    }
  }

  var reapings: [Reaping] {
    compactMap { event in
      guard case .reaped(let reaping) = event else { return nil }
      return reaping
    }
  }
}
