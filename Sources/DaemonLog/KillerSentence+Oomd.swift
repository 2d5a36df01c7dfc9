import LogLines

/// systemd-oomd, the service manager that counts for it, and the program that it took its name from.
extension KillerSentence {
  /// `Killed /a.slice/b.service due to …`, and since systemd 257 `Marked … for killing due to …`:
  /// `oomd-manager.c` and `oomd-util.c`.
  static func systemd(_ line: Span<UInt8>) -> KillerSentence? {
    var reader = Reader()
    if reader.skip("Considered ", in: line) {
      return reader.natural(before: " cgroups for killing", in: line).map { .candidates($0) }
    }
    if line.starts(with: "Nothing killed when attempting to kill ") { return .failure }
    // It found some, but no process in them could be killed.
    if line.starts(with: "Failed to kill any cgroup") { return .fruitless }
    guard line.starts(with: "Killed /") || line.starts(with: "Marked /"),
      let end = line.offset(of: " for killing due to ") ?? line.offset(of: " due to "),
      let reasonStart = line.offset(of: " due to ", from: end)
    else { return nil }
    var kill = DaemonKill(killer: "systemd-oomd")
    kill.signal = "SIGKILL"
    kill.cgroup = line.text(in: 7..<end)
    kill.reason = line.text(in: reasonStart + 8..<line.count)
    return .kill(kill)
  }

  /// True of a line that says all that systemd-oomd does, to the end.
  func isWhole(_ line: Span<UInt8>) -> Bool {
    guard case .kill = self else { return true }
    var reader = Reader()
    if reader.skipPast(" due to memory pressure for /", in: line) {
      return reader.skipPast(" being ", in: line) && reader.skipDecimal(in: line)
        && reader.skip("% > ", in: line) && reader.skipDecimal(in: line)
        && reader.skip("% for > ", in: line) && line.holdsEnd(" with reclaim activity")
    }
    for (place, words) in Self.usages.enumerated() {
      let isThere = place == 0 ? reader.skipPast(words, in: line) : reader.skip(words, in: line)
      guard isThere, reader.natural(in: line) != nil else { return false }
    }
    return reader.skip(") being more than ", in: line) && reader.skipDecimal(in: line)
      && reader.skip("%", in: line) && reader.isAtEnd(of: line)
  }

  private static let usages: [StaticString] = [
    " due to memory used (", ") / total (", ") and swap used (", ") / total (",
  ]

  /// `b.service: systemd-oomd killed 20 process(es) in this unit.`: `unit_check_oomd_kill` in the service
  /// manager's `unit.c`.
  static func unit(_ line: Span<UInt8>) -> KillerSentence? {
    guard let words = line.offset(of: ": systemd-oomd killed ") else { return nil }
    var reader = Reader(offset: words + 22)
    guard let count = reader.natural(before: " process(es) in this unit.", in: line) else {
      return nil
    }
    return .unit(line.text(in: 0..<words), processes: count)
  }

  /// `oomd kill: 50.85 49.35 30.53 a.slice/b.service 6905962496 ruleset:[…] …`, which oomd writes to
  /// `/dev/kmsg`: `logKill` in its `BaseKillPlugin.cpp`. A dry run kills nothing.
  static func oomd(_ line: Span<UInt8>) -> KillerSentence? {
    var reader = Reader()
    guard reader.skip("oomd kill: ", in: line), line.offset(of: "killer:(dry)") == nil else {
      return nil
    }
    for _ in 0..<3 {
      guard Wrapping.seconds(in: line, at: &reader) != nil, reader.skip(" ", in: line) else {
        return nil
      }
    }
    guard let end = line.offset(of: " ruleset:[", from: reader.offset) else { return nil }
    var start = end
    while start > reader.offset, line[start - 1].isDigit { start -= 1 }
    var digits = Reader(offset: start)
    var kill = DaemonKill(killer: "oomd")
    kill.signal = "SIGKILL"
    kill.resident = digits.natural(in: line).map { Kibibytes($0 / 1024) }
    kill.cgroup = "/" + line.text(in: reader.offset..<max(reader.offset, start - 1))
    kill.reason = line.text(in: end + 1..<line.count)
    return .kill(kill)
  }
}

extension Span<UInt8> {
  fileprivate func holdsEnd(_ word: StaticString) -> Bool {
    starts(with: word, at: count - word.utf8CodeUnitCount)
  }
}
