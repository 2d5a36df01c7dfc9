import Badness
import CgroupFS
import Core
import KillPrediction
import Posix
import ProcFS
import Processes
import Rendering

/// Prediction and truth. In text the forecast was shown before.
struct DrillReport: CommandReport {
  let forecast: DrillForecast
  let kill: DrillKill
  /// Groups of drills that had been killed, which this one removed.
  let leftovers: Int

  private var stage: DrillStage { forecast.stage }

  /// True where the kernel killed the predicted member, and counts it as its own action. If several
  /// died and nothing tells their order, they must be those that were to die first.
  var agrees: Bool {
    let foretold = forecast.prediction.kills.prefix(kill.dead.count).compactMap { kill in
      stage.members.firstIndex { $0.id == kill.victim.id }
    }
    let isForetold =
      kill.isOrdered ? foretold == kill.dead : foretold.sorted() == kill.dead.sorted()
    return isForetold && isKernels
  }

  private var isKernels: Bool {
    kill.signals.allSatisfy { $0 == Signals.kill } && kill.count ?? 1 > 0
  }

  var status: ExitStatus { agrees ? .done : .failed }

  var remarks: [Remark] {
    leftovers == 0
      ? []
      : [
        .note(
          "removed the memory cgroup\(leftovers == 1 ? "" : "s") of \(leftovers) killed drill\(leftovers == 1 ? "" : "s")"
        )
      ]
  }

  func writeText(to text: inout Text, on page: Page) {
    let dead = kill.dead.map(forecast.label).joined(separator: ", then ")
    DrillOutcome(killed: "\(dead), \(witness)", agrees: agrees, words: kill.words)
      .write(to: &text, on: page)
    guard page.hasRemarks, !kill.words.isEmpty else { return }
    text.paragraph(explanation, width: page.textWidth)
  }

  private var file: String { forecast.version == .one ? "memory.oom_control" : "memory.events" }

  private var witness: String {
    if let signal = kill.signals.first(where: { $0 != Signals.kill }) {
      return "by signal \(signal), which isn't the OOM killer's"
    }
    switch kill.count {
    case nil: return "by SIGKILL"
    case 0: return "by SIGKILL, but \(file) counts no kill: another program did it"
    case 1: return "by SIGKILL; \(file) counts 1 kill"
    case .some(let count): return "by SIGKILL; \(file) counts \(count) kills"
    }
  }

  private var explanation: String {
    let last = stage.members.count - 1
    let asker =
      kill.dead.contains(last)
      ? "\(forecast.label(last)) was the one that asked for the last page."
      : "\(forecast.label(last)) asked for the last page, and lives: badness decides, not who asks."
    return
      "oom_memcg is the group whose limit was hit, task the victim, anon-rss what its death gave "
      + "back, pgtables what its page tables took. \(asker)"
  }
}

extension DrillReport {
  func writeMembers(to json: inout JSONWriter) {
    let plan = stage.plan
    json.member("group", .text(stage.group.path))
    json.member("cgroup_version", .integer(forecast.version == .one ? 1 : 2))
    json.member("limit_bytes", .size(plan.limit))
    json.member("members", array: stage.members.indices) { json, index in
      let member = plan.members[index]
      json.object { json in
        json.member("name", .text(member.name))
        json.member("pid", Value(stage.members[index].id.rawValue))
        json.member("oom_score_adj", Value(member.adjustment))
        json.member("size_bytes", .size(member.size))
        json.member(
          "growth_bytes", .size(index == stage.members.count - 1 ? plan.growth : 0))
        json.member("predicted_step", Value(forecast.kill(of: index)?.step))
        json.member("killed", .flag(kill.dead.contains(index)))
      }
    }
    json.member("prediction") { json in
      json.members(of: forecast.prediction, stage.context.columnContext)
    }
    json.member("predicted_pid", Value(forecast.victim.map { stage.members[$0].id.rawValue }))
    json.member("killed_pid", Value(kill.dead.first.map { stage.members[$0].id.rawValue }))
    json.member("killed_pids", array: kill.dead) { json, index in
      json.value(Value(stage.members[index].id.rawValue))
    }
    json.member("counted_kills", Value(kill.count))
    json.member("agrees", .flag(agrees))
    json.member("kernel_log", array: kill.words) { json, line in json.value(.text(line)) }
    json.member("leftovers_removed", Value(leftovers))
  }
}
