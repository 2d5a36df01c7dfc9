/// The forms of a log in which an entry has several lines.
enum EntryForm {
  /// `journalctl -o export`: a field a line, and an empty line at the end.
  case export
  /// `journalctl -o json-pretty` and `dmesg --json`: a member a line, within braces.
  case prettyJSON
  /// `journalctl -o verbose`: a line with the time and the cursor, then indented fields.
  case verbose

  /// What the first bytes of a log say of its form.
  enum Finding: Equatable {
    case lines
    case entries(EntryForm)
    /// More of them are needed.
    case unknown
  }

  static func find(in beginning: Span<UInt8>) -> Finding {
    var start = 0
    // `-- Logs begin at … --`, as journalctl wrote to 246; `-- Boot … --`.
    for _ in 0..<mostRemarks where beginning.starts(with: "-- ", at: start) {
      let end = beginning.offset(of: UInt8(ascii: "\n"), from: start)
      guard (end ?? beginning.count) - start < longestRemark else { return .lines }
      guard let end else { return .unknown }
      start = end + 1
    }
    let end = beginning.offset(of: UInt8(ascii: "\n"), from: start)
    guard end != nil || beginning.count - start >= longestHead else { return .unknown }
    let head = beginning.extracting(
      start..<min(end.map { $0 + 1 } ?? beginning.count, start + longestHead))
    if LogEntry.beginsVerbose(head) { return .entries(.verbose) }
    guard start == 0 else { return .lines }
    if LogEntry.beginsExport(head) { return .entries(.export) }
    return head.starts(with: "{\n") ? .entries(.prettyJSON) : .lines
  }

  /// What tells the forms apart stands in so many bytes of the first line.
  private static let longestHead = 64
  private static let longestRemark = 512
  private static let mostRemarks = 4

  /// Passes over what stands between two entries.
  func skipBetween(_ bytes: Span<UInt8>, from start: Int) -> Int {
    self == .prettyJSON ? LogEntry.skipBetweenPretty(bytes, from: start) : start
  }

  /// Reads the entry that begins at an offset; `nil` where it isn't whole.
  func readEntry(_ bytes: Span<UInt8>, from start: Int) -> LogEntry.Place? {
    switch self {
    case .export: LogEntry.readExport(bytes, from: start)
    case .prettyJSON: LogEntry.readPretty(bytes, from: start)
    case .verbose: LogEntry.readVerbose(bytes, from: start)
    }
  }

  /// Whether an entry that begins in `carry` may come to its end in the bytes that follow it; if not, nothing
  /// need be looked at again.
  func mayEnd(in bytes: Span<UInt8>, behind carry: Span<UInt8>) -> Bool {
    switch self {
    case .export: LogEntry.exportMayEnd(in: bytes, behind: carry)
    case .prettyJSON: LogEntry.prettyEnds(in: bytes, behind: carry)
    case .verbose: LogEntry.verboseEnds(in: bytes, behind: carry)
    }
  }
}

extension LogEntry {
  /// An entry in a log.
  struct Place {
    var entry: LogEntry
    /// Where it begins, behind what may stand between entries.
    var start: Int
    /// Behind its last byte.
    var end: Int
  }
}
