/// The forms of a log in which an entry has several lines.
package enum EntryForm {
  /// `journalctl -o export`: a field a line, and an empty line at the end.
  case export
  /// `journalctl -o json-pretty` and `dmesg --json`: a member a line, within braces.
  case prettyJSON
  /// `journalctl -o verbose`: a line with the time and the cursor, then indented fields.
  case verbose

  /// The form whose entries begin with such a line, if any does.
  package init?(firstLine line: Span<UInt8>) {
    let line = line.extracting(0..<line.textEnd(of: line.count))
    if LogEntry.beginsExport(line) {
      self = .export
    } else if LogEntry.beginsPretty(line) {
      self = .prettyJSON
    } else if LogEntry.beginsVerbose(line) {
      self = .verbose
    } else {
      return nil
    }
  }

  /// Passes over what stands between two entries.
  package func skipBetween(_ bytes: Span<UInt8>, from start: Int) -> Int {
    self == .prettyJSON ? LogEntry.skipBetweenPretty(bytes, from: start) : start
  }

  /// Reads the entry that begins at an offset; `nil` where it isn't whole.
  package func readEntry(_ bytes: Span<UInt8>, from start: Int) -> LogEntry.Place? {
    switch self {
    case .export: LogEntry.readExport(bytes, from: start)
    case .prettyJSON: LogEntry.readPretty(bytes, from: start)
    case .verbose: LogEntry.readVerbose(bytes, from: start)
    }
  }

  /// True where an entry that begins in `carry` may end in the bytes that follow it; if not,
  /// nothing needs to be looked at again.
  package func mayEnd(in bytes: Span<UInt8>, behind carry: Span<UInt8>) -> Bool {
    switch self {
    case .export: LogEntry.exportMayEnd(in: bytes, behind: carry)
    case .prettyJSON: LogEntry.prettyEnds(in: bytes, behind: carry)
    case .verbose: LogEntry.verboseEnds(in: bytes, behind: carry)
    }
  }
}

extension LogEntry {
  /// An entry in a log.
  package struct Place {
    package var entry: LogEntry
    /// The offset of its first byte, behind whatever separates entries.
    package var start: Int
    /// The offset behind its last byte.
    package var end: Int
  }
}
