import ProcFS

/// The program that probably set an adjustment, recognised by the value and by where the process
/// runs. Each row is a value that its program is documented to set; a value in no row has no known
/// origin.
package struct Origin: Equatable, Sendable {
  package let text: String

  package init?(of record: ProcessSnapshot) {
    guard let adjustment = record.adjustment, adjustment != 0 else { return nil }
    guard let sign = Sign.all.first(where: { $0.matches(adjustment, record) }) else { return nil }
    text = sign.text
  }

  /// The sign of an origin: all parts that are given must match.
  struct Sign: Sendable {
    var adjustments: ClosedRange<Int>
    /// The process's names, from the kernel or from its program.
    var names: [String] = []
    /// The start of a component of its cgroup's path; one that ends in `-` also matches without it.
    var cgroup = ""
    /// The start of a word of its command line.
    var word = ""
    var text: String

    init(
      _ adjustments: ClosedRange<Int>, _ names: [String] = [], cgroup: String = "",
      word: String = "", _ text: String
    ) {
      self.adjustments = adjustments
      self.names = names
      self.cgroup = cgroup
      self.word = word
      self.text = text
    }

    init(
      _ adjustment: Int, _ names: [String] = [], cgroup: String = "", word: String = "",
      _ text: String
    ) {
      self.init(adjustment...adjustment, names, cgroup: cgroup, word: word, text)
    }

    func matches(_ adjustment: Int, _ record: ProcessSnapshot) -> Bool {
      adjustments.contains(adjustment)
        && (names.isEmpty || record.names.contains(where: names.contains))
        && (cgroup.isEmpty || record.isBelow(cgroup)) && (word.isEmpty || record.says(word))
    }
  }
}

extension ProcessSnapshot {
  fileprivate func isBelow(_ start: String) -> Bool {
    let path = cgroups?.memory?.path ?? ""
    return (path.split(separator: "/") + (cgroups?.systemd?.path ?? "").split(separator: "/"))
      .contains { $0.hasPrefix(start) || "\($0)-" == start }
  }

  /// Programs that write over their command line leave blanks between its words.
  fileprivate func says(_ start: String) -> Bool {
    (commandLine?.words ?? []).contains { word in
      word.utf8.split(separator: UInt8(ascii: " ")).contains { $0.starts(with: start.utf8) }
    }
  }
}
