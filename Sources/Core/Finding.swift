package import Rendering

/// Something to worry about: what it is, where that was read, and what mends it.
package struct Finding: Equatable, Sendable {
  package enum Severity: String, CaseIterable, Sendable, Comparable {
    /// Worth knowing.
    case info
    /// Trouble is near.
    case warning
    /// The kernel may kill or refuse at any moment.
    case critical

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// As `low_memory_short`: the same for the same trouble, wherever it is found.
  package let id: String
  package let severity: Severity
  /// A sentence without its full stop.
  package let text: String
  /// The file read.
  package let source: String
  /// The remedy, as a sentence or a command.
  package let remedy: String?

  package init(
    id: String, severity: Severity, text: String, source: String, remedy: String? = nil
  ) {
    self.id = id
    self.severity = severity
    self.text = text
    self.source = source
    self.remedy = remedy
  }
}

extension Finding {
  /// True where it is about memory cgroups, and not about the machine.
  package var isOfGroup: Bool { id.hasPrefix("cgroup_") }
}

extension [Finding] {
  /// The worst first; equals keep their order.
  package var worstFirst: [Finding] {
    Finding.Severity.allCases.reversed().flatMap { severity in
      filter { $0.severity == severity }
    }
  }
}

extension Finding {
  /// A paragraph that hangs from its mark, and with remarks one of advice.
  package func write(to text: inout Text, on page: Page) {
    var paragraph = Text()
    paragraph.paragraph(
      SafeText.visible("\(severity.rawValue): \(self.text). [\(source)]"), label: mark,
      width: page.textWidth)
    text.append(page.emphasis.apply(role, to: mark))
    text.append(String(paragraph.string.dropFirst(mark.count)))
    guard page.hasRemarks, let remedy else { return }
    text.paragraph(SafeText.visible(remedy), label: "   ", width: page.textWidth)
  }

  private var mark: String {
    switch severity {
    case .info: "-  "
    case .warning: "!  "
    case .critical: "!! "
    }
  }

  private var role: Emphasis.Role {
    switch severity {
    case .info: .faint
    case .warning: .notice
    case .critical: .danger
    }
  }
}

extension JSONWriter {
  package mutating func findings(_ findings: [Finding]) {
    member("findings", array: findings) { json, finding in
      json.object { json in
        json.member("id", .text(finding.id))
        json.member("severity", .text(finding.severity.rawValue))
        json.member("text", .text(finding.text))
        json.member("source", .text(finding.source))
        json.member("remedy", Value(finding.remedy))
      }
    }
  }
}
