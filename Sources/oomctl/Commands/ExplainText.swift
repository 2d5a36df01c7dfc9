import Badness
import ProcFS
import Rendering

/// One explanation as people read it: a sum, the comparison with the kernel, and what would change it.
struct ExplainText {
  private let item: Case
  private let machine: Machine
  private let context: Column.Context
  private let candidateCount: Int
  private let page: Page
  private var subject: Subject { item.subject }

  init(_ item: Case, context: Column.Context, candidateCount: Int, page: Page) {
    self.item = item
    self.context = context
    self.candidateCount = candidateCount
    self.page = page
    machine = context.machine
  }

  func write(to text: inout Text) {
    text.line(page.emphasis.apply(.heading, to: heading))
    text.line()
    if let exemption = subject.exemption {
      text.paragraph("The kernel can't kill it: \(reason(exemption)).", width: page.textWidth)
    } else if let explanation = subject.explanation {
      writeSum(explanation, to: &text)
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

  private var name: String { "\(subject.record.name ?? "?")[\(subject.id)]" }

  private var heading: String {
    var parts = [name]
    if let rank = subject.rank {
      parts.append("rank \(rank) of \(candidateCount)" + (rank == 1 ? ", dies first" : ""))
    }
    if let user = subject.record.status?.effectiveUserID {
      parts.append("user \(context.users.name(of: user))")
    }
    if let unit = subject.record.unit?.user ?? subject.record.unit?.system { parts.append(unit) }
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
    case .skipped: "its memory has been reaped already"
    case .inVfork: "it still borrows its parent's memory"
    case .memoryDie: "it is dying already"
    }
  }

  private var missingPart: String {
    if machine.rule == nil { return "the kernel's version is unknown, its rule is" }
    return machine.capacity == nil ? "meminfo or the page size is" : "its status is"
  }
}

extension ExplainText {
  private func writeSum(_ explanation: Explanation, to text: inout Text) {
    // Name, amount, unit, size and remark; for older units name, sign, operand, result and remark.
    let second = explanation.unit == .pages ? Table.Alignment.left : .right
    var table = Table(
      [
        Table.Column(""), Table.Column("", .right), Table.Column("", second),
        Table.Column("", .right), Table.Column(""),
      ], hasHeadings: false)
    for term in explanation.terms { table.append(row(term, explanation.unit)) }
    table.append(total(explanation))
    var lines = Text()
    table.write(to: &lines)
    let rows = lines.string.split(separator: "\n").map(String.init)
    for row in rows.dropLast() { text.line("  " + row) }
    text.line("  " + String(repeating: "-", count: rows.map(\.displayWidth).max() ?? 0))
    text.line("  " + (rows.last ?? ""))
  }

  private func row(_ term: Term, _ unit: BadnessUnit) -> [String] {
    guard unit == .pages, let pages = term.pages else {
      return [
        label(term), sign(term.operation), grouped(term.operand), "= " + grouped(term.result), "",
      ]
    }
    let unit = term.operation == .start ? "pages" : ""
    return [label(term), grouped(pages), unit, size(of: pages), adjustmentHint(term)]
  }

  private func total(_ explanation: Explanation) -> [String] {
    guard let badness = explanation.badness else { return [] }
    switch explanation.unit {
    case .points: return ["badness", "", "", "= " + grouped(badness), "points"]
    case .perMille: return ["badness", "", "", "= " + grouped(badness), "of 1000"]
    case .pages:
      let whole = machine.capacity.map { "of \(grouped(Int128($0.total.count))) in RAM + swap" }
      return ["badness", grouped(badness), "pages", size(of: badness), whole ?? ""]
    }
  }

  private func size(of pages: Int128) -> String {
    machine.bytes(pages).map(page.sizes.phrase) ?? ""
  }

  private func label(_ term: Term) -> String {
    guard term.name == "adjustment" else { return term.name }
    let record = subject.record
    let value = machine.readsLegacyAdjustment ? record.legacyAdjustment : record.adjustment
    return "adjustment \(value ?? 0)"
  }

  private func sign(_ operation: Term.Operation) -> String {
    switch operation {
    case .start: ""
    case .add: "+"
    case .subtract: "-"
    case .multiply: "x"
    case .divide: "/"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .atLeast: "at least"
    case .atMost: "at most"
    case .replace: "becomes"
    }
  }

  private func adjustmentHint(_ term: Term) -> String {
    guard term.name == "adjustment", let adjustment = subject.record.adjustment, adjustment != 0,
      let total = machine.capacity?.total.count
    else { return "" }
    return "\(adjustment) x \(grouped(Int128(total / 1000))) (total / 1000)"
  }

  /// Digits in groups of three, set off by blanks.
  private func grouped(_ number: Int128) -> String {
    let digits = Array(String(number.magnitude))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += " " }
      result.append(digit)
    }
    return (number < 0 ? "-" : "") + result
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

  /// Rules of other generations that give what the kernel shows: distributions carry later ones back.
  private var agreeingRules: [String] {
    guard let score = subject.record.score, let candidate = subject.candidate,
      let capacity = machine.capacity
    else { return [] }
    return ScoringRule.history.filter {
      $0.explain(candidate, in: capacity).oomScore == Int128(score)
    }.map { "\($0.since)" }
  }

  private var remarks: [String] {
    [weight, outlook, origin].compactMap { $0 }
  }

  private var weight: String? {
    guard let footprint = subject.footprint, let worth = machine.memoryEquivalent(of: subject),
      worth != 0, subject.exemption == nil
    else { return nil }
    let amount = page.sizes.phrase(Int(clamping: worth.magnitude))
    return "It uses \(page.sizes.phrase(footprint)); the adjustment makes it weigh \(amount) "
      + (worth > 0 ? "more." : "less.")
  }

  private var outlook: String? {
    guard let rank = subject.rank, let rival = item.rival else { return nil }
    let other = SafeText.visible("\(rival.record.name ?? "?")[\(rival.id)]")
    let lead = rank == 1 ? "Runner-up \(other) follows" : "The first victim is \(other)"
    let ahead = distance(to: rival).map { rank == 1 ? " \($0) behind" : ", \($0) ahead" } ?? ""
    return "\(lead)\(ahead)." + (wayOut(rank: rank, other: other).map { " " + $0 } ?? "")
  }

  private func distance(to rival: Subject) -> String? {
    guard let own = subject.explanation, own.unit == .pages, let mine = own.badness,
      let other = rival.explanation?.badness
    else { return nil }
    let pages = mine > other ? mine - other : other - mine
    return machine.bytes(pages).map(page.sizes.phrase)
  }

  private func wayOut(rank: Int, other: String) -> String? {
    guard let adjustment = item.toOutlive else { return nil }
    let isLegacy = machine.readsLegacyAdjustment
    let file = isLegacy ? "oom_adj" : "oom_score_adj"
    guard adjustment != (isLegacy ? OOMAdjustment.disable : OOMAdjustment.minimum) else {
      return "Only \(file) \(adjustment), which means never, would spare it."
    }
    return rank == 1
      ? "With \(file) \(adjustment) or below it dies after \(other)."
      : "Up to \(file) \(adjustment) it dies after \(other)."
  }

  private var origin: String? {
    Origin(of: subject.record).map { "The adjustment was probably set by \($0.text)." }
  }
}
