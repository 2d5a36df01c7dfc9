import Badness
package import Core
import ProcFS
package import Processes
package import Rendering

/// One explanation as people read it: a sum, the comparison with the kernel, and what would change
/// it.
package struct ExplainText {
  let item: Case
  let machine: Machine
  let context: Column.Context
  let rivals: RankedField
  let page: Page
  var subject: ScoredProcess { item.subject }

  package init(_ item: Case, context: Column.Context, rivals: RankedField, page: Page) {
    self.item = item
    self.context = context
    self.rivals = rivals
    self.page = page
    machine = context.machine
  }

  package func write(to text: inout Text) {
    text.line(page.emphasis.apply(.heading, to: heading))
    text.line()
    if let exemption = subject.exemption {
      text.paragraph("The kernel can't kill it: \(reason(exemption)).", width: page.textWidth)
    } else if let explanation = subject.explanation, explanation.exemption == nil {
      writeSum(explanation, to: &text)
    } else if subject.isTakenAtOnce {
      text.paragraph(
        "Its oom_score_adj is -1000, which doesn't spare it now.", width: page.textWidth)
    } else {
      text.paragraph(
        "Its badness can't be told: \(missingPart) missing.", width: page.textWidth)
    }
    writeComparison(to: &text)
    let remarks = self.remarks
    if !remarks.isEmpty, page.hasRemarks {
      text.line()
      for remark in remarks { text.paragraph(remark, width: page.textWidth) }
    }
  }

  private var heading: String {
    var parts = [subject.label]
    if let rank = subject.rank {
      let place = rivals.group.map { " in \($0)" } ?? ""
      let count = "\(rivals.count)" + (rivals.isWholeView ? "" : " that are seen")
      let isFirst = rank == 1 && rivals.areChosenByBadness && rivals.isWholeView
      parts.append("rank \(rank) of \(count)\(place)" + (isFirst ? ", dies first" : ""))
    }
    if let user = subject.record.status?.effectiveUserID {
      parts.append("user \(context.users.name(of: user))")
    }
    let owner = CgroupOwner(
      contained: subject.record.cgroups?.memory?.path, named: context.containers)
    if let owner {
      parts.append(owner.phrase)
    } else if let unit = subject.record.unit?.user ?? subject.record.unit?.system {
      parts.append(unit)
    }
    return SafeText.visible(parts.joined(separator: "   "))
  }

  private func reason(_ exemption: Exemption) -> String {
    switch exemption {
    case .initProcess: "it is init, the system's process 1"
    case .kernelThread: "it is a thread of the kernel itself"
    case .adjustment:
      machine.readsLegacyAdjustment
        ? "its oom_adj is -17, which means never" : "its oom_score_adj is -1000, which means never"
    case .noMemory: "it has no memory of its own (it has ended, but wasn't waited for)"
    case .skipped: "already killed, its memory is gone or about to go"
    case .inVfork: "it shares its parent's memory until it execs"
    case .memoryDie: "it is dying already"
    }
  }

  private var missingPart: String {
    if machine.rule == nil { return "the kernel's version is unknown, its rule is" }
    return machine.capacity == nil ? "meminfo or the page size is" : "its status is"
  }
}

extension ExplainText {
  private func writeComparison(to text: inout Text) {
    let actual = subject.record.score.map { "\($0) in /proc" } ?? absence
    let predicted = subject.explanation?.oomScore.map { "\($0) predicted, " } ?? ""
    text.line()
    text.paragraph(
      "\(predicted)\(actual)\(verdict)", label: "  oom_score  ", width: page.textWidth)
    if let rule = machine.rule {
      text.paragraph(
        "since \(rule.since): \(rule.summary)", label: "  rule       ", width: page.textWidth)
    }
  }

  private var absence: String {
    let isShown = machine.rule.map { $0.since >= KernelVersion(2, 6, 11) } ?? true
    return isShown ? "not readable in /proc" : "not shown by this kernel"
  }

  private var verdict: String {
    switch subject.agrees {
    case true: ": agrees"
    case false:
      agreeingRules.isEmpty
        ? ": they differ; did it change between two readings?"
        : ": they differ, but agree by --rule \(agreeingRules.joined(separator: " or "))"
    default: ""
    }
  }

  /// Rules of other generations that give the score that the kernel shows: distributions backport
  /// later ones.
  private var agreeingRules: [String] {
    guard let score = subject.record.score, let candidate = subject.candidate,
      let capacity = machine.capacity
    else { return [] }
    return ScoringRule.history.filter {
      $0.explain(candidate, in: capacity).oomScore == Int128(score)
    }.map { "\($0.since)" }
  }
}
