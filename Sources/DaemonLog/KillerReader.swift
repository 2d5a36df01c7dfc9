package import LogLines

/// Makes kills of what other killers say: their reasons stand in lines before, and what came of it, or how many
/// died, in lines behind.
package struct KillerReader: Sendable {
  private var nohang = NohangReader()
  private var prelude: Prelude?
  private var units: [Unit] = []
  private var held: DaemonKill?
  /// The kills that are ready to be delivered, in order.
  package private(set) var finished: [DaemonKill] = []
  /// The lines of attempts that failed.
  private var failures: [Int] = []

  /// What a killer said before a kill.
  private struct Prelude {
    let killer: String
    var line: Int
    var reasons: [String] = []
    var hasReason = false
    var candidates: Int?
  }

  /// What the service manager counted in a unit.
  private struct Unit {
    let name: String
    let processes: Int
    let line: Int
  }

  /// Lines between what a killer says of one kill.
  private static let nearness = 64

  package init() {}

  /// True while a kill may still turn out to have failed.
  package var isHolding: Bool { held != nil }

  /// Takes a line, and tells whether it is a killer's.
  package mutating func take(_ text: Span<UInt8>, _ wrapping: Wrapping, _ stamp: Stamp, line: Int)
    -> Bool
  {
    if let held, line - held.line > Self.nearness { release() }
    guard let (killer, sentence) = read(text, wrapping, line: line) else { return false }
    take(sentence, of: killer, stamp, line: line)
    return true
  }

  /// True of a line that names nobody and yet is a killer's.
  package static func understands(_ text: Span<UInt8>) -> Bool {
    KillerSentence.read(inKernelLog: text) != nil
      || KillerSentence.read(untagged: text, isExpected: false) != nil
  }

  /// Ends the wait for what came of a kill, where it was told before that line.
  package mutating func release(before line: Int = .max) {
    guard let held, held.line < line else { return }
    finished.append(held)
    self.held = nil
  }

  /// The lines of attempts that failed.
  package mutating func deliverFailures() -> [Int] {
    guard !failures.isEmpty else { return [] }
    defer { failures = [] }
    return failures
  }

  /// The kills that are ready.
  package mutating func deliver() -> [DaemonKill] {
    guard !finished.isEmpty else { return [] }
    defer { finished = [] }
    return finished
  }
}

extension KillerReader {
  private mutating func read(
    _ text: Span<UInt8>, _ wrapping: Wrapping, line: Int
  ) -> (killer: String, KillerSentence)? {
    switch wrapping.origin {
    case .program(let tag):
      guard Wrapping.Origin.killersTags.contains(tag) else { return nil }
      if NohangReader.names.contains(tag) { return nohang.take(text, tag).map { (tag, $0) } }
      return KillerSentence.read(text, by: tag)
    case .kernel, .kernelLogWriter: return readKernelLog(text, line: line)
    case .unknown:
      if let found = readKernelLog(text, line: line) { return found }
      // The kernel's own time stands before nobody else's lines.
      guard wrapping.stamp.monotonic == nil, wrapping.stamp.caller == nil else { return nil }
      return KillerSentence.read(untagged: text, isExpected: isEarlyoomSpeaking(at: line))
    }
  }

  /// True where a reason or a kill of earlyoom's came just before.
  private func isEarlyoomSpeaking(at line: Int) -> Bool {
    if let prelude, prelude.killer == "earlyoom", prelude.hasReason {
      return line - prelude.line <= 4
    }
    return held.map { $0.killer == "earlyoom" && line - $0.line <= 4 } ?? false
  }

  /// The driver's further lines don't name it.
  private func readKernelLog(
    _ text: Span<UInt8>, line: Int
  ) -> (killer: String, KillerSentence)? {
    if let found = KillerSentence.read(inKernelLog: text) { return found }
    guard let held, held.killer == DaemonKill.driver || held.killer == DaemonKill.lmkd else {
      return nil
    }
    return KillerSentence.androidAddition(text).map { (held.killer, $0) }
  }

  private mutating func take(
    _ sentence: KillerSentence, of killer: String, _ stamp: Stamp, line: Int
  ) {
    switch sentence {
    case .kill(var kill):
      release()
      (kill.stamp, kill.line) = (stamp, line)
      complete(&kill)
      held = kill
    case .reason(let text), .state(let text):
      let isReason = if case .reason = sentence { true } else { false }
      remember(text, isReason: isReason, of: killer, line: line)
    case .candidates(let count):
      prelude = Prelude(killer: killer, line: line, candidates: count)
    case .addition(let addition):
      if let held, killer == held.killer || Self.areAndroids(killer, held.killer) {
        self.held?.add(addition)
      }
    case .unit(let name, let processes): count(processes, in: name, line: line)
    case .failure:
      guard held?.killer == killer else { return }
      held = nil
      failures.append(line)
    case .fruitless: failures.append(line)
    case .filler: break
    }
  }

  private static func areAndroids(_ one: String, _ other: String) -> Bool {
    [one, other].allSatisfy { $0 == DaemonKill.driver || $0 == DaemonKill.lmkd }
  }

  /// Adds what was said before.
  private mutating func complete(_ kill: inout DaemonKill) {
    if let prelude, prelude.killer == kill.killer, kill.line - prelude.line <= Self.nearness {
      if kill.reason == nil, prelude.hasReason {
        kill.reason = prelude.reasons.joined(separator: "; ")
      }
      kill.candidates = prelude.candidates
    }
    prelude = nil
    guard let leaf = kill.unit, let place = units.lastIndex(where: { $0.name == leaf }) else {
      return
    }
    if kill.line - units[place].line <= Self.nearness { kill.processes = units[place].processes }
    units.remove(at: place)
  }

  /// Of states the latest counts: they are also told when nothing is short.
  private mutating func remember(
    _ text: String, isReason: Bool, of killer: String, line: Int
  ) {
    var new = Prelude(killer: killer, line: line)
    if let prelude, prelude.killer == killer, line - prelude.line <= Self.nearness,
      prelude.hasReason || isReason, prelude.reasons.count < 4
    {
      new = prelude
      new.line = line
    }
    new.reasons.append(text)
    new.hasReason = new.hasReason || isReason
    prelude = new
  }

  private mutating func count(_ processes: Int, in unit: String, line: Int) {
    if let held, held.unit == unit, held.processes == nil {
      self.held?.processes = processes
      return
    }
    units.append(Unit(name: unit, processes: processes, line: line))
    if units.count > 8 { units.removeFirst() }
  }
}

extension DaemonKill {
  /// The last part of the cgroup's path.
  fileprivate var unit: String? {
    cgroup.flatMap { $0.split(separator: "/").last.map(String.init) }
  }
}
