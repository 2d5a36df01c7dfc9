public import LogLines

/// What became of a unit, in the service manager's words: systemd tells of its processes that were killed, and of
/// what it did about that.
public struct UnitChange: Hashable, Sendable {
  /// The time at which it was logged.
  public var stamp: Stamp
  /// In the log, from 1.
  public var line: Int
  /// The unit's name, such as `nginx.service`.
  public var unit: String
  /// What happened to it.
  public var kind: Kind
  /// True where a person's own manager says so, which knows of that person's units only.
  public var isPersons: Bool

  /// What happened to a unit.
  public enum Kind: Hashable, Sendable {
    /// The OOM killer took a process of it: said from systemd 246 on.
    case lostProcess
    /// Its main process got SIGKILL.
    case lostMainProcess
    /// It failed; with systemd's word for the reason, which it gives from version 231 on: `oom-kill` where
    /// `OOMPolicy=` ended it.
    case failed(result: String?)
    /// It is started again; with the number of times so far, given from version 235 on.
    case restart(count: Int?)
  }
}

extension UnitChange {
  /// Reads a line of the service manager's, by the tag that it logs under; `nil` for all that says nothing of this.
  package init?(_ line: Span<UInt8>, by tag: String, _ stamp: Stamp, at number: Int) {
    guard tag == "systemd" || tag == Wrapping.Origin.personsManager else { return nil }
    let line = line.extracting(line.trimmed)
    guard let (unit, kind) = Self.colonForm(line) ?? Self.olderForm(line), unit.isUnitName else {
      return nil
    }
    self.init(
      stamp: stamp, line: number, unit: unit, kind: kind,
      isPersons: tag == Wrapping.Origin.personsManager)
  }

  /// `nginx.service: …`: `unit.c` and `service.c` of systemd.
  private static func colonForm(_ line: Span<UInt8>) -> (String, Kind)? {
    guard let end = line.offset(of: ": ") else { return nil }
    let unit = line.text(in: 0..<end)
    var reader = Reader(offset: end + 2)
    if reader.skip("A process of this unit has been killed by the OOM killer", in: line) {
      return (unit, .lostProcess)
    }
    if reader.skip("Main process exited, code=killed, status=9", in: line)
      || reader.skip("main process exited, code=killed, status=9", in: line)
    {
      return (unit, .lostMainProcess)
    }
    if reader.skip("Failed with result '", in: line) {
      guard let end = line.offset(of: "'", from: reader.offset) else { return nil }
      return (unit, .failed(result: line.text(in: reader.offset..<end)))
    }
    if reader.skip("Unit entered failed state", in: line) { return (unit, .failed(result: nil)) }
    if reader.skip("Scheduled restart job", in: line) {
      let isCounted = reader.skip(", restart counter is at ", in: line)
      return (unit, .restart(count: isCounted ? reader.natural(in: line) : nil))
    }
    return reader.skip("Service hold-off time over, scheduling restart", in: line)
      ? (unit, .restart(count: nil)) : nil
  }

  /// systemd before 229: `Unit nginx.service entered failed state.`, `nginx.service holdoff time over, …`.
  private static func olderForm(_ line: Span<UInt8>) -> (String, Kind)? {
    if line.starts(with: "Unit "), let end = line.offset(of: " entered failed state") {
      return (line.text(in: 5..<end), .failed(result: nil))
    }
    guard let end = line.offset(of: " holdoff time over, scheduling restart") else { return nil }
    return (line.text(in: 0..<end), .restart(count: nil))
  }
}

extension String {
  /// True of what systemd can have for a name of a unit with processes: systemd.unit(5).
  fileprivate var isUnitName: Bool {
    (hasSuffix(".service") || hasSuffix(".scope")) && utf8.count < 256
      && utf8.allSatisfy { byte in
        byte.isLetter || byte.isDigit || ":-_.\\@".utf8.contains(byte)
      }
  }
}
