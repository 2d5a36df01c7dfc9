import Rendering
import Testing

@testable import Core

@Suite("A finding")
struct FindingTests {
  private func finding(_ id: String, _ severity: Finding.Severity, remedy: String? = nil) -> Finding
  {
    Finding(
      id: id, severity: severity, text: "the \(id) is short", source: "/proc/x", remedy: remedy)
  }

  @Test("is sorted by how bad it is, and equals keep their order")
  func order() {
    let findings = [
      finding("a", .info), finding("b", .critical), finding("c", .warning), finding("d", .critical),
      finding("e", .info),
    ]
    #expect(findings.worstFirst.map(\.id) == ["b", "d", "c", "a", "e"])
    #expect(Finding.Severity.info < .warning && .warning < .critical)
    #expect(!(Finding.Severity.info < .info) && !(Finding.Severity.critical < .warning))
  }

  @Test("is of a group where its name says so")
  func groups() {
    #expect(finding("cgroup_full", .info).isOfGroup)
    #expect(!finding("memory_cgroup_", .info).isOfGroup)
  }

  private func shown(
    _ finding: Finding, width: Int? = nil, color: CommonOptions.ColorChoice = .never,
    isQuiet: Bool = false
  ) -> String {
    var options = CommonOptions()
    options.color = color
    options.isQuiet = isQuiet
    var text = Text()
    finding.write(to: &text, on: Page(options, in: Environment { $0.terminalWidth = width }))
    return text.string
  }

  @Test("hangs from its mark, with its remedy below")
  func words() {
    #expect(shown(finding("a", .info)) == "-  info: the a is short. [/proc/x]\n")
    #expect(shown(finding("a", .warning)) == "!  warning: the a is short. [/proc/x]\n")
    #expect(
      shown(finding("a", .critical, remedy: "Do it."))
        == "!! critical: the a is short. [/proc/x]\n   Do it.\n")
    #expect(
      shown(finding("a", .critical, remedy: "Do it."), isQuiet: true)
        == "!! critical: the a is short. [/proc/x]\n")
    #expect(
      shown(finding("a", .info), width: 24) == "-  info: the a is short.\n   [/proc/x]\n")
  }

  @Test("has a mark in colour")
  func colors() {
    for (severity, code, mark) in [
      (.info, 2, "-  "), (.warning, 33, "!  "), (.critical, 31, "!! "),
    ] as [(Finding.Severity, Int, String)] {
      #expect(
        shown(finding("a", severity), color: .always)
          .hasPrefix("\u{1B}[\(code)m\(mark)\u{1B}[0m\(severity.rawValue): "))
    }
  }
}
