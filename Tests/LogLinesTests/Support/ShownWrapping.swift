import Testing

@testable import LogLines

/// What was made of a line, in words: what its prefix tells, and behind a bar what is left.
func shown(_ line: String, behind margin: Int? = nil) -> String {
  let bytes = Array(line.utf8)
  let wrapping = Wrapping(of: bytes.span, behind: margin)
  return (wrapping.words + ["|", bytes.span.text(in: wrapping.textStart..<bytes.count)])
    .joined(separator: " ")
}

extension Wrapping {
  /// What it tells.
  var words: [String] {
    var words = stamp.words
    switch origin {
    case .unknown: break
    case .kernel: words.append("kernel")
    case .kernelLogWriter: words.append("writer")
    case .program(let name): words.append("by \(name)")
    }
    let signs = [
      (isEscaped, "escaped"), (isMarkup, "markup"), (isQuoted, "quoted"),
      (escapesLineEnds, "#012"), (isFurtherLine, "further"), (!hasPrefix, "bare"),
    ]
    return words + signs.filter(\.0).map(\.1)
  }
}

extension Stamp {
  var words: [String] {
    var words: [String] = []
    switch clock {
    case nil: break
    case .universal(let microseconds): words.append("@\(microseconds)")
    case .calendar(let time): words.append(time.words)
    }
    if let monotonic { words.append("+\(monotonic)") }
    if let caller { words.append(caller) }
    if let host { words.append("on \(host)") }
    if let boot { words.append("boot \(boot)") }
    return words
  }
}

extension CalendarTime {
  fileprivate var words: String {
    let date = "\(year.map(String.init) ?? "?")-\(month.map(String.init) ?? "?")-\(day)"
    let fraction = microsecond == 0 ? "" : ".\(microsecond)"
    return "\(date) \(hour):\(minute):\(second)\(fraction)" + (zone.map { " zone \($0)" } ?? "")
  }
}
