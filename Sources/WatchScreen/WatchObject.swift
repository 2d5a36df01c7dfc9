import Badness
import CivilTime
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// A sample as one JSON object on a line.
struct WatchObject {
  let sample: Sample
  let context: WatchContext
  let machine: Machine

  static let mostProcesses = 10

  var text: Text {
    var json = JSONWriter(breaksLines: false)
    json.object { json in
      json.member("oomctl") { json in
        json.member("version", .text(Version.current))
        json.member("command", .text(Watch.name))
        json.member("schema", .integer(1))
      }
      json.member("kernel", Value(context.release))
      json.member("complete", .flag(sample.isComplete))
      json.member("time", .text(Moment(sample.time).iso))
      writeMemory(to: &json)
      writeKills(to: &json)
      json.member("action", Value(sample.policy?.action.rawValue))
      json.member("candidates", Value(sample.candidateCount))
      json.member("margin_bytes", Value(size: sample.lead))
      json.member("processes", array: sample.shown.prefix(Self.mostProcesses)) { json, processRow in
        write(processRow, to: &json)
      }
    }
    json.text.line()
    return json.text
  }

  private func writeMemory(to json: inout JSONWriter) {
    let state = sample.memory
    json.member("memory") { json in
      json.member("total_bytes", Value(size: state.memory?.total))
      json.member(
        "available_bytes", Value(size: state.isAvailableEstimated ? nil : state.available))
    }
    json.member("swap") { json in
      json.member("total_bytes", Value(size: state.hasNoSwap ? 0 : state.swap?.total))
      json.member("used_bytes", Value(size: state.hasNoSwap ? 0 : state.swap?.used))
    }
    json.member("commit") { json in
      json.member("limit_bytes", Value(size: state.commit?.total))
      json.member("used_bytes", Value(size: state.commit?.used))
      json.member("enforced", state.commit == nil ? .absent : .flag(state.isCommitEnforced))
    }
    json.member("pressure") { json in
      json.member("some_avg10_percent_hundredths", Value(state.somePressure))
      json.member("full_avg10_percent_hundredths", Value(state.fullPressure))
    }
    json.member("left_bytes", Value(size: state.left))
    json.member("shrinkage_bytes_per_minute", Value(size: sample.trends.shrinkageAMinute))
  }

  private func writeKills(to json: inout JSONWriter) {
    json.member("oom_kills", Value(sample.memory.kills))
    json.member("kills", array: sample.kills) { json, kill in
      json.object { json in
        json.member("time", .text(Moment(kill.time).iso))
        json.member("pid", Value(kill.pid?.rawValue))
        json.member("name", Value(kill.name))
        json.member("cgroup", Value(kill.cgroup))
      }
    }
  }

  private func write(_ processRow: ProcessRow, to json: inout JSONWriter) {
    json.object { json in
      json.member("rank", Value(processRow.rank))
      json.member("pid", Value(processRow.id.rawValue))
      json.member("ppid", Value(processRow.parent?.rawValue))
      json.member("uid", Value(processRow.user))
      json.member("user", Value(processRow.user.map(context.users.name(of:))))
      json.member("name", .text(processRow.name))
      json.member("cgroup", Value(processRow.cgroup))
      json.member("oom_score", Value(processRow.score))
      json.member(
        machine.readsLegacyAdjustment ? "oom_adj" : "oom_score_adj", Value(processRow.adjustment))
      json.member("rss_bytes", Value(size: processRow.resident))
      json.member("swap_bytes", Value(size: processRow.swapped))
      json.member("badness", Value(processRow.badness))
      json.member("badness_unit", Value(machine.rule?.unit.rawValue))
      json.member("growth_bytes_per_minute", Value(size: processRow.growth))
    }
  }
}
