import CivilTime
import DaemonLog
import KernelLog
import LogLines
import LogSources
import Processes
import Rendering
import ReportAnalysis

extension HistoryEntry {
  /// All of it as a JSON object on a line.
  func line(rows: Bool, zone: ZoneRules) -> String {
    var json = JSONWriter(breaksLines: false)
    json.object { writeMembers(to: &$0, rows: rows, zone: zone) }
    return json.text.string + "\n"
  }

  /// The members of one kill.
  ///
  /// - Parameters:
  ///   - rows: Whether the task table's rows are wanted.
  ///   - zone: In which times are written.
  func writeMembers(to json: inout JSONWriter, rows: Bool, zone: ZoneRules) {
    json.member("time", Value(time.map(zone.iso)))
    json.member("year_assumed", .flag(time?.basis == .assumedYear || time?.basis == .assumedMonth))
    json.member("month_assumed", .flag(time?.basis == .assumedMonth))
    json.member("uptime_seconds", stamp.monotonic.map(Value.microseconds) ?? .absent)
    json.member("source", .text(source))
    json.member("line", .integer(Int128(line)))
    json.member("host", Value(host))
    json.member("killer", .text(killer))
    json.member("number", Value(number))
    switch event {
    case .kernel(let kill): write(kill, to: &json, rows: rows)
    case .daemon(let kill): write(kill, to: &json)
    case .incident(let incident): write(incident, to: &json, rows: rows)
    }
    if outcome == nil { write(followed, to: &json) }
    json.member("unconfirmed", unconfirmed)
    json.member("source_note", Value(note))
  }

  private func write(_ followed: Aftermath, to json: inout JSONWriter) {
    json.writeOptional("followed", followed.isEmpty ? nil : followed) { json, followed in
      json.member("unreaped", .flag(followed.isUnreaped))
      json.member("units", array: followed.units) { json, fate in
        json.object { json in
          json.member("unit", .text(fate.unit))
          json.member("by_time", .flag(fate.isByTime))
          json.member("failed_after_seconds", Value(after: fate.failure?.microseconds))
          json.member("result", Value(fate.failure?.result))
          json.member("restarted_after_seconds", Value(after: fate.restart?.microseconds))
          json.member("restarts", Value(fate.restart?.count))
        }
      }
    }
  }

  /// Absent where it can't be told: what daemons say is in no log that is the kernel's alone.
  private var unconfirmed: Value {
    guard isKernels else { return .absent }
    return doubt.map { $0.isUnconfirmed.map(Value.flag) ?? .absent } ?? .flag(false)
  }

  private func write(_ incident: Incident, to json: inout JSONWriter, rows: Bool) {
    json.member("outcome", .text(incident.outcome.word))
    json.member("words", Value(incident.outcome.words))
    json.member("pid", Value(pid))
    json.member("name", Value(name))
    json.writeOptional("unkillable", unkillable) { json, tasks in
      json.member("processes", .integer(Int128(tasks.count)))
      json.member("rss_pages", .integer(Int128(tasks.pages)))
    }
    write(incident.standIn, to: &json, rows: rows)
  }

  private func write(_ kill: DaemonKill, to json: inout JSONWriter) {
    json.member("kernel", .absent)
    json.member("constraint", .absent)
    json.writeOptional("invoker", kill.invoker) { json, invoker in
      json.member("name", Value(invoker.name))
      json.member("pid", Value(invoker.pid))
    }
    json.member("victim") { json in
      json.member("pid", Value(kill.pid))
      json.member("name", Value(kill.name))
      json.member("uid", Value(kill.uid))
      for key in ["total_vm", "anon_rss", "file_rss", "shmem_rss", "page_tables"] {
        json.member(key + "_bytes", .absent)
      }
      json.member("rss_bytes", Value(size: kill.resident?.bytes))
      json.member("swap_bytes", Value(size: kill.swapped?.bytes))
      json.member("oom_score_adj", Value(kill.adjustment))
      json.member("score", .absent)
      writeCgroup(to: &json)
    }
    for key in ["selected", "memcg", "tasks", "replay"] { json.member(key, .absent) }
    json.member("reason", Value(kill.reason))
    json.member("signal", Value(kill.signal))
    json.member("processes", Value(kill.processes))
    json.member("candidates", Value(kill.candidates))
    json.member("complete", .flag(true))
  }

  func writeCgroup(to json: inout JSONWriter) {
    json.member("cgroup", Value(cgroup))
    let owner = cgroup.map { CgroupOwner(path: $0, named: containers) }
    json.writeOptional("owner", owner) { json, owner in
      json.member("kind", .text(owner.kind.rawValue))
      json.member("name", .text(owner.name))
      json.member("pod", Value(owner.pod))
    }
    json.write(owner, named: containers)
  }
}

extension Value {
  fileprivate init(after microseconds: Int?) {
    self = microseconds.map(Value.microseconds) ?? .absent
  }
}

extension JSONWriter {
  /// A member that is an object, or `null` where there is none.
  mutating func writeOptional<Part>(
    _ key: String, _ part: Part?, _ write: (inout JSONWriter, Part) -> Void
  ) {
    guard let part else { return member(key, .absent) }
    member(key) { json in write(&json, part) }
  }
}

extension Incident.Outcome {
  /// For programs.
  fileprivate var word: String {
    switch self {
    case .panic: "panic"
    case .noVictim: "no_victim"
    case .wasExiting: "was_exiting"
    case .cutOff: "unknown"
    }
  }

  /// The kernel's own.
  var words: String? { if case .panic(let words) = self { words } else { nil } }
}
