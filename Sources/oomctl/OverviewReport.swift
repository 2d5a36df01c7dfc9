import Badness
import CgroupFS
import Core
import Diagnosis
import KillPrediction
import ProcFS
import Processes
import Ranking
import Rendering

struct OverviewReport: CommandReport {
  var machine: Machine
  var facts: SystemFacts
  /// On a shortage of the whole machine; `nil` where the kernel's version is unknown.
  var policy: Policy?
  /// True where the machine's numbers are those of a host, seen from inside.
  var isContained: Bool
  /// In a container with a limit that of its group.
  var ranking: RankReport

  var isComplete: Bool { ranking.isComplete }
  var remarks: [Remark] { ranking.remarks }

  private static let victimLabel = "Next victim  "

  func writeText(to text: inout Text, on page: Page) {
    text.line(page.emphasis.apply(.heading, to: heading))
    text.line()
    guard let confinement = ranking.confinement else {
      writeMachine(to: &text, on: page)
      writeVictims(to: &text, on: page)
      return
    }
    writeGroup(confinement, to: &text, on: page)
    text.line()
    text.line(page.emphasis.apply(.heading, to: "The host"))
    text.line()
    writeMachine(to: &text, on: page)
  }

  private func writeMachine(to text: inout Text, on page: Page) {
    writeMemory(to: &text, on: page)
    text.line()
    let policy = policy?.summary ?? "unknown: the kernel's version is"
    text.paragraph(policy, label: "On OOM      ", width: page.textWidth)
    text.line("Kills       \(kills)")
    text.line()
    text.paragraph(nextVictim(page), label: Self.victimLabel, width: page.textWidth)
  }

  private func writeVictims(to text: inout Text, on page: Page) {
    guard !ranking.rows.isEmpty else { return }
    text.line()
    ranking.writeTable(to: &text, on: page)
  }

  private func writeGroup(_ confinement: Confinement, to text: inout Text, on page: Page) {
    let group = GroupText(confinement: confinement, outlook: ranking.outlook, sizes: page.sizes)
    text.line(page.emphasis.apply(.heading, to: "This container: \(group.name)"))
    text.line()
    if let used = confinement.level.usage.memory {
      let left = confinement.level.headroom.map { max(0, $0) }
      text.line(
        meter("Memory", used, confinement.limit, page)
          + (left.map { "  \(page.sizes.phrase($0)) left" } ?? ""))
    } else {
      text.line("Memory      - of \(page.sizes.text(confinement.limit))")
    }
    text.line("Kills       \(group.kills)")
    text.line()
    text.paragraph(group.nextVictim, label: Self.victimLabel, width: page.textWidth)
    writeVictims(to: &text, on: page)
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
    let place = isContained || ranking.confinement != nil ? ", anywhere on the host" : ""
    return kills == 0 ? "none since boot\(place)" : "\(kills) since boot\(place): oomctl history"
  }

  private func nextVictim(_ page: Page) -> String {
    if let exception = policy?.exception { return "none by badness: \(exception)" }
    if ranking.confinement != nil, !isComplete {
      return "unknown: not all processes of the host are seen"
    }
    guard let first = firstVictims.first else {
      return isComplete
        ? "none: no process can be killed" : "unknown: not all processes are seen"
    }
    if first.isTakenAtOnce {
      return SafeText.visible("\(first.label), which is switching off swap")
    }
    let second = firstVictims.dropFirst().first
    let phrase = VictimPhrase(
      first: first.label, second: second?.label, lead: second.flatMap { lead(first, $0) },
      sizes: page.sizes)
    return SafeText.visible(isComplete ? phrase.fact : phrase.ofThoseSeen)
  }

  /// The first victims of the machine. A container's rows are those of its group.
  private var firstVictims: [ScoredProcess] {
    guard let field = ranking.outlook?.field else { return ranking.rows }
    return field.subjects.filter(machine.isEligible).sorted(by: machine.precedes)
  }

  /// The distance in memory; `nil` where badness isn't measured in it.
  private func lead(_ first: ScoredProcess, _ second: ScoredProcess) -> Int? {
    guard machine.rule?.unit == .pages, let mine = first.explanation?.badness,
      let other = second.explanation?.badness, mine >= other
    else { return nil }
    return machine.bytes(mine - other)
  }
}

extension OverviewReport {
  private func writeMemory(to text: inout Text, on page: Page) {
    guard let memory = facts.memory else { return text.line("Memory      -") }
    let total = memory[.total]?.bytes ?? 0
    let available = memory[.available]?.bytes
    let used = memory.used?.bytes ?? 0
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
      json.member("panic_on_oom", Value(policy?.panicSetting))
      json.member("oom_kill_allocating_task", Value(policy?.invokerSetting))
      json.member("action", Value(policy?.action.rawValue))
    }
    json.member("oom_kills", Value(facts.kills))
    ranking.writeMembers(to: &json)
  }
}
