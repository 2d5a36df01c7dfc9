import LogLines

/// nohang describes its victim in some lines, and says in others what it does to it:
/// `implement_corrective_action` in its `nohang`.
struct NohangReader: Sendable {
  private var victim: DaemonKill?

  /// The names that it logs under.
  static let names = ["nohang", "nohang-desktop"]

  /// Takes one of its lines, and returns what it says of a kill.
  mutating func take(_ line: Span<UInt8>, _ program: String) -> KillerSentence? {
    let line = line.extracting(line.trimmed)
    var reader = Reader()
    if reader.skip("Sending ", in: line) || reader.skip("Send ", in: line) {
      let signal = line.text(in: reader.word(in: line))
      guard signal.hasPrefix("SIG"), line.starts(with: " to the victim", at: reader.offset) else {
        return nil
      }
      defer { victim = nil }
      victim?.signal = signal
      return victim.map { .kill($0) }
    }
    if line.starts(with: "Cannot send a signal: ") { return .failure }
    if reader.skip("PID:", in: line) {
      readProcess(line, at: &reader, by: program)
    } else if reader.skip("New victim is cached victim ", in: line) {
      readCached(line, at: &reader, by: program)
    } else if reader.skip("badness:", in: line), reader.skipPast("oom_score_adj:", in: line) {
      reader.skipBlanks(in: line)
      victim?.adjustment = reader.integer(in: line)
    } else if reader.skip("Vm, MiB:", in: line), reader.skipPast(" RSS: ", in: line) {
      let size = reader.natural(in: line)?.multipliedReportingOverflow(by: 1024).partialValue
      victim?.resident = size.map { Kibibytes($0) }
    } else if line.offset(of: "_threshold_m") != nil {
      return .reason(line.condensed)
    }
    // The lines around tell what it does.
    return .filler
  }

  /// `PID: 12, name: java, badness: 849`, later with state and user; in older words `Name:`.
  private mutating func readProcess(
    _ line: Span<UInt8>, at reader: inout Reader, by program: String
  ) {
    reader.skipBlanks(in: line)
    guard let pid = reader.natural(in: line) else { return }
    victim = DaemonKill(killer: program)
    victim?.pid = pid
    guard reader.skip(", name: ", in: line) || reader.skip(", Name: ", in: line),
      let end = line.lastOffset(of: ", badness: ") ?? line.lastOffset(of: ", state: "),
      end >= reader.offset
    else { return }
    victim?.name = line.text(in: reader.offset..<end)
    if reader.skipPast("EUID: ", in: line) { victim?.uid = reader.natural(in: line) }
  }

  /// `12 (java)`, whom it asked before.
  private mutating func readCached(
    _ line: Span<UInt8>, at reader: inout Reader, by program: String
  ) {
    guard let pid = reader.natural(before: " (", in: line), let end = line.lastOffset(of: ")"),
      end >= reader.offset
    else { return }
    victim = DaemonKill(killer: program)
    victim?.pid = pid
    victim?.name = line.text(in: reader.offset..<end)
  }
}
