import Core
import KernelLog
import LogSources
import Posix
import ProcFS

/// The kernel's messages from a moment on. Where its ring buffer can't be read (`kernel.dmesg_restrict`),
/// there are none.
struct KernelWords: ~Copyable {
  private var ring: RingTail?

  /// Begins behind the last message so far.
  init(in world: borrowing World) { ring = try? RingTail(in: world) }

  /// Those of the next kills that `isMeant` takes: who was chosen and where, and who was killed. The last
  /// of a kill comes after the deadly signal: it is waited for, but not for long.
  mutating func ofKill(count: Int = 1, _ isMeant: (String) -> Bool) -> [String] {
    var lines: [String] = []
    for _ in 0..<50 {
      lines += newLines().filter(isMeant)
      if lines.count(where: { $0.holds("Killed process ") }) >= count { break }
      MonotonicClock.pause(milliseconds: 10)
    }
    return lines
  }

  /// The texts of the messages that came: each stands behind its record's first semicolon; lines that begin
  /// with a blank tell of devices (Documentation/ABI/testing/dev-kmsg).
  private mutating func newLines() -> [String] {
    var texts: [String] = []
    ring?.read { records in
      let bytes = (0..<records.count).map { records[$0] }
      for line in bytes.split(separator: UInt8(ascii: "\n"))
      where line.first != UInt8(ascii: " ") {
        let text = line.drop { $0 != UInt8(ascii: ";") }.dropFirst()
        texts.append(String(decoding: text, as: UTF8.self))
      }
    }
    return texts
  }

  /// The process that the first of the kernel's kill lines names.
  static func victim(in lines: [String]) -> ProcessID? {
    var parser = KernelLogParser(live: true)
    var events: [LogEvent] = []
    parser.parse(Array(lines.joined(separator: "\n").utf8).span, into: &events)
    parser.finish(into: &events)
    for case .kill(let kill) in events {
      return Int32(exactly: kill.victim.pid).map { ProcessID($0) }
    }
    return nil
  }
}
