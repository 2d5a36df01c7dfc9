/// The meaning of one line of a file in sysctl.d, as one reader understands it.
struct SysctlEntry: Hashable {
  /// Below `/proc/sys`, as the reader opens it: `vm/swappiness`, or a pattern of such.
  let name: [UInt8]
  /// `nil` in a line that only keeps patterns away.
  let value: [UInt8]?
  /// From 1.
  let line: Int

  /// True where it is meant for all keys that match: `string_is_glob` of both programs.
  var isPattern: Bool { name.contains { "*?[".utf8.contains($0) } }

  /// `nil` for an empty line, a comment, and what isn't understood.
  init?(_ text: ArraySlice<UInt8>, number: Int, by reader: SysctlReader) {
    var key = text.stripped(by: reader)
    guard let first = key.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else {
      return nil
    }
    let parts = key.split(
      separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 || first == UInt8(ascii: "-") else { return nil }
    key = parts[0]
    if first == UInt8(ascii: "-") { key = key.dropFirst() }
    switch reader {
    case .systemd:
      name = key.stripped(by: reader)[...].withSlashes.simplified
    case .procps:
      // Only its end is stripped, and `setting_new` takes one more dash.
      while key.last?.isSpace(to: reader) == true { key.removeLast() }
      name = (key.first == UInt8(ascii: "-") ? key.dropFirst() : key).withSlashes
    }
    value = parts.count == 2 ? Array(parts[1].stripped(by: reader)) : nil
    line = number
  }
}

extension SysctlEntry {
  /// All that a reader finds in a file.
  static func entries(in bytes: [UInt8], by reader: SysctlReader) -> [SysctlEntry] {
    var entries: [SysctlEntry] = []
    for (index, line) in bytes[...].lines.enumerated() {
      for part in parts(of: line, by: reader) {
        // `read_line` gives up at LONG_LINE_MAX, and with it the rest of the file.
        if reader == .systemd, part.count >= 1 << 20 { return entries }
        if let entry = SysctlEntry(part, number: index + 1, by: reader) { entries.append(entry) }
      }
    }
    return entries
  }

  /// The lines that a reader sees in what an editor shows as one.
  private static func parts(
    of line: ArraySlice<UInt8>, by reader: SysctlReader
  ) -> [ArraySlice<UInt8>] {
    switch reader {
    case .systemd: line.split { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
    case .procps: [line.prefix { $0 != 0 }]
    }
  }
}

extension UInt8 {
  /// systemd's `WHITESPACE`, or what isspace(3) finds as well.
  fileprivate func isSpace(to reader: SysctlReader) -> Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    case 0x0B, 0x0C: reader == .procps
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func stripped(by reader: SysctlReader) -> Self {
    var rest = drop { $0.isSpace(to: reader) }
    while rest.last?.isSpace(to: reader) == true { rest.removeLast() }
    return rest
  }

  /// Dots and slashes change places if the first separator is a dot: `net.ipv4.conf.eth0/1.x` is
  /// `net/ipv4/conf/eth0.1/x`.
  var withSlashes: [UInt8] {
    let dot = UInt8(ascii: ".")
    let slash = UInt8(ascii: "/")
    guard first(where: { $0 == dot || $0 == slash }) == dot else { return Array(self) }
    return map { $0 == dot ? slash : $0 == slash ? dot : $0 }
  }
}

extension [UInt8] {
  /// The path without what leads nowhere: `path_simplify`.
  var simplified: [UInt8] {
    let parts = split(separator: UInt8(ascii: "/")).filter {
      !$0.elementsEqual([UInt8(ascii: ".")])
    }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}
