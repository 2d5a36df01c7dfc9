import LogLines

/// An assembler for each host of a log into which several write: their lines may come in turns.
struct HostAssemblers {
  /// The one that the next line is for.
  var current = Assembler()
  private var host: String?
  /// Those of other hosts, the one used last at the end.
  private var resting: [(host: String, assembler: Assembler)] = []

  /// More hosts at once than any log has shown.
  private static let most = 16

  /// True where no report is open.
  var areEmpty: Bool { current.isEmpty && resting.allSatisfy(\.assembler.isEmpty) }

  /// True where lines of that host are another one's; `isBeginning` where a report begins with the line. What stands
  /// in a host's place needn't be one, so only a second report's beginning shows that there are several.
  func mustChange(to name: String?, isBeginning: Bool) -> Bool {
    guard let name, let host, !Self.areSame(name, host) else { return false }
    return isBeginning && !current.isEmpty || resting.contains { Self.areSame($0.host, name) }
  }

  /// Takes note of the host that a line names.
  mutating func note(_ name: String?) {
    if let name, host == nil || current.isEmpty && resting.isEmpty { host = name }
  }

  /// Goes on with another host's.
  mutating func change(to name: String, into events: inout [LogEvent]) {
    if let host { resting.append((host, current)) }
    let place = resting.firstIndex { Self.areSame($0.host, name) }
    current = place.map { resting.remove(at: $0).assembler } ?? Assembler()
    host = name
    if resting.count > Self.most {
      var oldest = resting.removeFirst().assembler
      oldest.finish(into: &events)
    }
  }

  mutating func finish(into events: inout [LogEvent]) {
    for index in resting.indices { resting[index].assembler.finish(into: &events) }
    current.finish(into: &events)
  }

  /// A machine may be called by its short name or its long one; an address has one only.
  private static func areSame(_ one: String, _ other: String) -> Bool {
    one == other || short(one) == short(other)
  }

  private static func short(_ name: String) -> Substring {
    name.utf8.first?.isDigit == true ? name[...] : name.prefix { $0 != "." }
  }
}
