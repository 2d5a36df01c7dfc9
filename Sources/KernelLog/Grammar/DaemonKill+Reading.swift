import LogLines

extension DaemonKill {
  /// Reads what a daemon logs when it kills; `nil` for all else it logs, and for other programs.
  init?(_ line: Span<UInt8>, by program: String, _ stamp: Stamp, line number: Int) {
    guard Self.killers.contains(program) else { return nil }
    self.init(stamp: stamp, line: number, killer: program)
    let line = line.extracting(line.trimmed)
    switch program {
    case "systemd-oomd": guard readSystemd(line) else { return nil }
    case "earlyoom": guard readEarlyoom(line) else { return nil }
    default: return nil
    }
  }

  /// `Killed /a.slice/b.service due to …`, and since systemd 258 `Marked … for killing due to …`:
  /// `monitor_memory_pressure_contexts_handler` and `monitor_swap_contexts_handler` in systemd's
  /// `oomd-manager.c`.
  private mutating func readSystemd(_ line: Span<UInt8>) -> Bool {
    guard line.starts(with: "Killed /") || line.starts(with: "Marked /"),
      let end = line.offset(of: " for killing due to ") ?? line.offset(of: " due to "),
      let reasonStart = line.offset(of: " due to ", from: end)
    else { return false }
    cgroup = line.text(in: 7..<end)
    reason = line.text(in: reasonStart + 8..<line.count)
    return true
  }

  /// `sending SIGTERM to process 12 uid 1000 "name": oom_score 900, oom_score_adj 0, VmRSS 20 MiB, cmdline "…"`,
  /// with `badness 900` before 1.8, without the user before 1.4, and before 1.3
  /// `killing process 12 "name" with signal 15: …`: `kill_process` in earlyoom's `kill.c`.
  private mutating func readEarlyoom(_ line: Span<UInt8>) -> Bool {
    var reader = Reader()
    let isOld = reader.skip("killing process ", in: line)
    guard
      isOld || line.starts(with: "sending SIG") && reader.skipPast(" to process ", in: line),
      let pid = reader.natural(in: line)
    else { return false }
    self.pid = pid
    if reader.skip(" uid ", in: line) { uid = reader.natural(in: line) }
    if reader.skip(" \"", in: line),
      let end = line.offset(of: isOld ? "\" with signal " : "\": ", from: reader.offset)
    {
      name = line.text(in: reader.offset..<end)
      reader.offset = end + 3
    }
    var details = reader
    if let size = line.offset(of: "VmRSS ", from: reader.offset),
      details.skipPast("oom_score_adj ", in: line), details.offset < size
    {
      adjustment = details.integer(in: line)
    }
    if reader.skipPast("VmRSS ", in: line), let size = reader.natural(in: line) {
      resident = Kibibytes(size.multipliedReportingOverflow(by: 1024).partialValue)
    }
    return true
  }
}

extension DaemonKill {
  /// `oomd kill: 50.85 49.35 30.53 a.slice/b.service 6905962496 ruleset:[…] …`, which oomd writes to
  /// `/dev/kmsg`: `logKill` in its `BaseKillPlugin.cpp`. A dry run kills nothing.
  init?(inKernelLog line: Span<UInt8>, _ stamp: Stamp, line number: Int) {
    var reader = Reader()
    guard reader.skip("oomd kill: ", in: line), line.offset(of: "killer:(dry)") == nil else {
      return nil
    }
    for _ in 0..<3 {
      guard Wrapping.seconds(in: line, at: &reader) != nil, reader.skip(" ", in: line) else {
        return nil
      }
    }
    self.init(stamp: stamp, line: number, killer: "oomd")
    guard let end = line.offset(of: " ruleset:[", from: reader.offset) else { return nil }
    var start = end
    while start > reader.offset, line[start - 1].isDigit { start -= 1 }
    var digits = Reader(offset: start)
    resident = digits.natural(in: line).map { Kibibytes($0 / 1024) }
    cgroup = "/" + line.text(in: reader.offset..<max(reader.offset, start - 1))
    reason = line.text(in: end + 1..<line.count)
  }
}
