import LogLines

/// nohang describes its victim in some lines, and says in others what it does to it:
/// `implement_corrective_action` in its `nohang`.
struct NohangReader: Sendable {
  private var victim: DaemonKill?

  /// The names that it logs under.
  static let names = ["nohang", "nohang-desktop"]

  /// Takes one of its lines, and returns a kill if the line tells of one.
  mutating func take(
    _ line: Span<UInt8>, _ program: String, _ stamp: Stamp, line number: Int
  ) -> DaemonKill? {
    let line = line.extracting(line.trimmed)
    var reader = Reader()
    if reader.skip("Sending SIG", in: line) || reader.skip("Send SIG", in: line) {
      guard line.offset(of: " to the victim", from: reader.offset) != nil else { return nil }
      defer { victim = nil }
      victim?.stamp = stamp
      victim?.line = number
      return victim
    }
    if reader.skip("PID:", in: line) {
      readProcess(line, at: &reader, by: program, stamp, line: number)
    } else if reader.skip("badness:", in: line), reader.skipPast("oom_score_adj:", in: line) {
      reader.skipBlanks(in: line)
      victim?.adjustment = reader.integer(in: line)
    } else if reader.skip("Vm, MiB:", in: line), reader.skipPast(" RSS: ", in: line) {
      let size = reader.natural(in: line)?.multipliedReportingOverflow(by: 1024).partialValue
      victim?.resident = size.map { Kibibytes($0) }
    }
    return nil
  }

  /// `PID: 12, name: java, badness: 849`, later with state and user; in older words `Name:`.
  private mutating func readProcess(
    _ line: Span<UInt8>, at reader: inout Reader, by program: String, _ stamp: Stamp,
    line number: Int
  ) {
    reader.skipBlanks(in: line)
    guard let pid = reader.natural(in: line) else { return }
    victim = DaemonKill(stamp: stamp, line: number, killer: program)
    victim?.pid = pid
    guard reader.skip(", name: ", in: line) || reader.skip(", Name: ", in: line),
      let end = line.lastOffset(of: ", badness: ") ?? line.lastOffset(of: ", state: "),
      end >= reader.offset
    else { return }
    victim?.name = line.text(in: reader.offset..<end)
    if reader.skipPast("EUID: ", in: line) { victim?.uid = reader.natural(in: line) }
  }
}
