import Badness
import ProcFS
import Rendering

struct OverviewReport: Report {
  var machine: Machine
  var facts: SystemFacts
  var ranking: RankReport

  var isComplete: Bool { ranking.isComplete }
  var remarks: [Remark] { ranking.remarks }

  func writeText(to text: inout Text, on page: Page) {
    text.line(page.emphasis.apply(.heading, to: heading))
    text.line()
    writeMemory(to: &text, on: page)
    text.line()
    let policy = ranking.policy?.summary ?? "unknown: the kernel's version is"
    text.paragraph(policy, label: "On OOM      ", width: page.textWidth)
    text.line("Kills       \(kills)")
    text.line()
    text.paragraph(nextVictim(page), label: "Next victim  ", width: page.textWidth)
    guard !ranking.rows.isEmpty else { return }
    text.line()
    ranking.writeText(to: &text, on: page)
  }

  private var heading: String {
    let parts = [
      facts.hostName, machine.release.map { "Linux \($0)" }, uptime,
      isComplete ? nil : "incomplete",
    ]
    return SafeText.visible(parts.compactMap { $0 }.joined(separator: "   "))
  }

  private var uptime: String? {
    guard let seconds = facts.uptime?.seconds else { return nil }
    let days = seconds / 86400
    let hours = seconds / 3600 % 24
    let minutes = seconds / 60 % 60
    if days > 1 { return "up \(days) days" }
    return "up \(days * 24 + hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
  }

  private var kills: String {
    guard let kills = facts.kills else { return "not counted by this kernel" }
    return kills == 0 ? "none since boot" : "\(kills) since boot: oomctl history"
  }

  private func nextVictim(_ page: Page) -> String {
    if let exception = ranking.policy?.exception { return "none by badness: \(exception)" }
    guard let first = ranking.rows.first else { return "none: no process can be killed" }
    let name = { (subject: Subject) in SafeText.visible(subject.label) }
    guard ranking.rows.count > 1 else { return "\(name(first)), the only one" }
    let second = ranking.rows[1]
    if first.isTakenAtOnce { return "\(name(first)), which is switching off swap" }
    let lead = lead(first, second, page).map { "\($0) ahead of" } ?? "then"
    return "\(name(first)), \(lead) \(name(second))"
  }

  /// The distance in memory; `nil` where badness isn't measured in it.
  private func lead(_ first: Subject, _ second: Subject, _ page: Page) -> String? {
    guard machine.rule?.unit == .pages, let mine = first.explanation?.badness,
      let other = second.explanation?.badness, mine >= other
    else { return nil }
    return mine == other ? "just" : machine.bytes(mine - other).map(page.sizes.phrase)
  }
}

extension OverviewReport {
  private func writeMemory(to text: inout Text, on page: Page) {
    guard let memory = facts.memory else { return text.line("Memory      -") }
    let total = memory[.total]?.bytes ?? 0
    let available = memory[.available]?.bytes
    let used = rest(of: total, without: available ?? memory[.free]?.bytes)
    text.line(
      meter("Memory", used, total, page)
        + (available.map { "  \(page.sizes.phrase($0)) available" } ?? ""))
    if let swap = memory[.swapTotal]?.bytes, swap > 0 {
      text.line(meter("Swap", rest(of: swap, without: memory[.swapFree]?.bytes), swap, page))
    } else {
      text.line("Swap        none")
    }
    if let limit = memory[.commitLimit]?.bytes, let committed = memory[.committed]?.bytes {
      text.line("\(amounts("Committed", committed, limit, page))  \(enforcement)")
    }
    text.line("Pressure    \(facts.pressure?.phrase ?? "-")")
  }

  private func rest(of whole: Int, without part: Int?) -> Int {
    Int(clamping: Int128(whole) - Int128(part ?? 0))
  }

  private func meter(_ name: String, _ used: Int, _ total: Int, _ page: Page) -> String {
    amounts(name, used, total, page) + "  " + page.bar(width: 20).text(used, of: total)
  }

  private func amounts(_ name: String, _ used: Int, _ total: Int, _ page: Page) -> String {
    let label = name + String(repeating: " ", count: 12 - name.count)
    return label + "\(padded(page.sizes.text(used))) of \(padded(page.sizes.text(total)))"
  }

  private func padded(_ text: String) -> String {
    String(repeating: " ", count: max(0, 5 - text.count)) + text
  }

  private var enforcement: String {
    switch facts.overcommit {
    case .never: "enforced (overcommit_memory 2)"
    case .some(let policy): "not enforced (overcommit_memory \(policy.rawValue))"
    case nil: ""
    }
  }
}

extension OverviewReport {
  func writeMembers(to json: inout JSONWriter) {
    let memory = facts.memory
    json.member("uptime_seconds", Value(facts.uptime?.seconds))
    json.member("memory") { json in
      json.member("total_bytes", Value(size: memory?[.total]?.bytes))
      json.member("free_bytes", Value(size: memory?[.free]?.bytes))
      json.member("available_bytes", Value(size: memory?[.available]?.bytes))
    }
    json.member("swap") { json in
      json.member("total_bytes", Value(size: memory?[.swapTotal]?.bytes))
      json.member("free_bytes", Value(size: memory?[.swapFree]?.bytes))
    }
    json.member("commit") { json in
      json.member("limit_bytes", Value(size: memory?[.commitLimit]?.bytes))
      json.member("used_bytes", Value(size: memory?[.committed]?.bytes))
      json.member("mode", Value(facts.overcommit?.rawValue))
    }
    json.member("pressure") { json in
      json.member("some_avg10_percent_hundredths", Value(facts.pressure?.some?.tenSeconds))
      json.member("full_avg10_percent_hundredths", Value(facts.pressure?.full?.tenSeconds))
    }
    json.member("policy") { json in
      json.member("panic_on_oom", Value(ranking.policy?.panicSetting))
      json.member("oom_kill_allocating_task", Value(ranking.policy?.invokerSetting))
      json.member("action", Value(ranking.policy?.action.rawValue))
    }
    json.member("oom_kills", Value(facts.kills))
    ranking.writeMembers(to: &json)
  }
}
