import Badness
import Core
import ProcFS
import Processes
import Rendering

extension ExplainText {
  /// The terms and their sum, aligned.
  func writeSum(_ explanation: Explanation, to text: inout Text) {
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
