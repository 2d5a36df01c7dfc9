import DaemonLog
import LogLines

extension Sentence {
  /// `[ pid ]   uid  tgid total_vm …  name`: `dump_tasks`.
  static func tableHeader(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader(offset: 1)
    reader.skipBlanks(in: line)
    guard reader.skip("pid", in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard reader.skip("]", in: line) else { return nil }
    var columns: [String] = []
    while columns.count < 32 {
      reader.skipBlanks(in: line)
      let word = reader.word(in: line)
      guard !word.isEmpty else { break }
      columns.append(line.text(in: word))
    }
    return columns.isEmpty ? nil : .tableHeader(columns)
  }

  /// A row of a table; where its header has lost its end, of the longest that this can have been.
  static func row(_ line: Span<UInt8>, under columns: [String]) -> Sentence? {
    guard columns.last != "name" else { return wholeRow(line, under: columns) }
    for header in TaskColumns.completions(of: columns) {
      if case .row(let row) = wholeRow(line, under: header) { return .row(row) }
    }
    return wholeRow(line, under: columns)
  }

  /// A row has one number for each column but the last, which is a name with any bytes in it.
  private static func wholeRow(_ line: Span<UInt8>, under columns: [String]) -> Sentence? {
    var reader = Reader()
    guard reader.skip("[", in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard let pid = reader.natural(in: line), reader.skip("]", in: line) else { return nil }
    var row = TaskTable.Row(pid: pid, name: "")
    for column in columns.dropLast() {
      reader.skipBlanks(in: line)
      guard let value = reader.integer(in: line) else {
        return reader.isAtEnd(of: line) ? .brokenRow : nil
      }
      if column == "oom_score_adj", !adjustments.contains(value) { return nil }
      row.set(column, to: value)
    }
    guard reader.skip(" ", in: line) || reader.isAtEnd(of: line) else { return nil }
    row.name = line.text(in: reader.offset..<line.count)
    return .row(row)
  }

  /// `NAME   NKB   NKB`: `dump_unreclaimable_slab` in `mm/slab_common.c`.
  static func slab(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    let name = reader.word(in: line)
    reader.skipBlanks(in: line)
    if line.holds("Name", in: name), reader.skip("Used", in: line) { return .filler }
    guard let used = reader.kibibytes(in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard let total = reader.kibibytes(in: line), reader.isAtEnd(of: line) else { return nil }
    return .slab(Slab(name: line.text(in: name), used: used, total: total))
  }

  /// `SIZE COUNT FILE:LINE [MODULE] func:NAME`: `alloc_tag_to_text` in `lib/alloc_tag.c`; sizes can be
  /// rounded, as in `1.2 GiB`.
  static func allocation(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard let bytes = roundedSize(in: line, at: &reader) else { return nil }
    reader.skipBlanks(in: line)
    guard let count = reader.natural(in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard line.offset(of: "func:", from: reader.offset) != nil else { return nil }
    let site = line.text(in: reader.offset..<line.count)
    return .allocation(Allocation(bytes: bytes, count: count, site: site))
  }

  /// `1048576`, or `1.00 MiB` as `string_get_size` prints it.
  private static func roundedSize(in line: Span<UInt8>, at reader: inout Reader) -> Int? {
    guard let whole = reader.natural(in: line) else { return nil }
    var hundredths = 0
    if reader.skip(".", in: line) {
      let start = reader.offset
      guard let digits = reader.natural(in: line) else { return nil }
      hundredths = reader.offset - start == 1 ? digits * 10 : digits
    }
    let start = reader.offset
    reader.skipBlanks(in: line)
    var unit = 1
    for name in ["KiB", "MiB", "GiB", "TiB"] as [StaticString] {
      unit *= 1024
      if reader.skip(name, in: line) {
        let (bytes, overflow) = unit.multipliedReportingOverflow(by: whole)
        return overflow ? nil : bytes &+ unit * min(hundredths, 99) / 100
      }
    }
    if !reader.skip("B ", in: line) { reader.offset = start }
    return whole
  }
}

extension TaskTable.Row {
  /// Columns that aren't known are passed over.
  fileprivate mutating func set(_ column: String, to value: Int) {
    switch column {
    case "uid": uid = value
    case "tgid": tgid = value
    case "total_vm": totalVM = value
    case "rss": resident = value
    case "rss_anon": residentAnonymous = value
    case "rss_file": residentFile = value
    case "rss_shmem": residentShared = value
    case "nr_ptes": ptes = value
    case "nr_pmds": pmds = value
    case "pgtables_bytes": pageTableBytes = value
    case "swapents": swapped = value
    case "oom_adj": legacyAdjustment = value
    case "oom_score_adj": adjustment = value
    default: break
    }
  }
}
