import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// The process that would die of SysRq-f, and if it was done, the one that did.
struct SystemDrillReport: CommandReport {
  let forecast: SystemForecast
  let sysRq: SysRq
  /// The obstacle that would keep it from being done; only of a dry run.
  let obstacle: Failure?
  /// `nil` where nothing was done.
  let kill: SystemKill?
  /// True where the forecast was shown already.
  let isAnnounced: Bool

  var isComplete: Bool { forecast.field.completeness.isComplete }

  var remarks: [Remark] {
    forecast.field.completeness.remarks
      + [obstacle?.remark, sysRq.remark].compactMap { $0 }
  }

  /// True where the predicted victim is gone, and the kernel says nothing else.
  private var agrees: Bool? {
    kill.map { kill in
      kill.isVictimGone && kill.count ?? 1 > 0
        && kill.named.map { $0 == forecast.victim.id } ?? true
    }
  }

  var status: ExitStatus { obstacle?.status ?? (agrees ?? true ? .done : .failed) }

  func writeText(to text: inout Text, on page: Page) {
    if !isAnnounced { forecast.write(to: &text, on: page) }
    guard let kill, let agrees else { return text.line("Nothing was done.") }
    text.line()
    DrillOutcome(killed: victim(kill) + witness(kill), agrees: agrees, words: kill.words)
      .write(to: &text, on: page)
  }

  private func victim(_ kill: SystemKill) -> String {
    if let named = kill.named {
      return kill.gone.first { $0.id == named }?.label ?? "process \(named)"
    }
    if kill.isVictimGone { return forecast.victim.label }
    return kill.gone.isEmpty ? "nobody" : "one of \(kill.gone.map(\.label).joined(separator: ", "))"
  }

  private func witness(_ kill: SystemKill) -> String {
    switch kill.count {
    case nil: ""
    case 1: "; vmstat counts 1 kill"
    case .some(let count): "; vmstat counts \(count) kills"
    }
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("sysrq") { json in
      json.member("available", .flag(sysRq.hindrance == nil))
      json.member("setting", Value(sysRq.setting))
      json.member("masked_at_keyboard", .flag(sysRq.isMaskedAtKeyboard))
    }
    json.member("prediction") { json in
      json.members(of: forecast.prediction, forecast.context)
    }
    json.member("warnings", array: forecast.warnings) { json, text in json.value(.text(text)) }
    json.member("predicted_pid", Value(forecast.victim.id.rawValue))
    json.member("killed_pid", Value(killed?.rawValue))
    json.member("counted_kills", Value(kill?.count))
    json.member("agrees", agrees.map(Value.flag) ?? .absent)
    json.member("kernel_log", array: kill?.words ?? []) { json, line in json.value(.text(line)) }
  }

  private var killed: ProcessID? {
    guard let kill else { return nil }
    return kill.named ?? (kill.isVictimGone ? forecast.victim.id : nil)
  }
}
