import CivilTime
import KernelLog
import KillReplay
import LogLines
import LogSources
import Rendering

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
    json.member("uptime_seconds", stamp.monotonic.map(Value.microseconds) ?? .absent)
    json.member("source", .text(source))
    json.member("line", .integer(Int128(line)))
    json.member("host", Value(stamp.host))
    json.member("killer", .text(killer))
    json.member("number", Value(number))
    switch event {
    case .kernel(let kill): write(kill, to: &json, rows: rows)
    case .daemon(let kill): write(kill, to: &json)
    case .incident(let incident): write(incident, to: &json)
    }
    json.member("unconfirmed", unconfirmed)
    json.member("source_note", Value(note))
  }

  /// Absent where it can't be told: what daemons say is in no log that is the kernel's alone.
  private var unconfirmed: Value {
    guard isKernels else { return .absent }
    return doubt.map { $0.isUnconfirmed.map(Value.flag) ?? .absent } ?? .flag(false)
  }

  private func write(_ kill: KernelLog.Kill, to json: inout JSONWriter, rows: Bool) {
    json.member("kernel", Value(kill.report.release))
    json.member("constraint", Value(kill.constraint))
    writeInvoker(kill.report.invoker, to: &json)
    json.member("victim") { json in writeVictim(of: kill, to: &json) }
    writeOptional("selected", kill.sacrificedFor, to: &json) { json, selected in
      json.member("pid", .integer(Int128(selected.pid)))
      json.member("name", .text(selected.name))
      json.member("score", Value(selected.score))
    }
    json.member("memcg", Value(kill.limitCgroup))
    json.member("tasks", Value(kill.report.tasks?.count))
    // The table is the leader's.
    if rows { kill.isFollower ? json.member("rows", .absent) : writeRows(of: kill, to: &json) }
    writeReplay(to: &json)
    json.member("follows", .flag(kill.isFollower))
    json.member("evidence", .text(kill.evidence.word))
    json.member("complete", .flag(isComplete))
  }

  private func write(_ incident: Incident, to json: inout JSONWriter) {
    json.member("outcome", .text(incident.outcome.word))
    json.member("words", Value(incident.outcome.words))
    json.member("pid", Value(pid))
    json.member("name", Value(name))
    json.member("kernel", Value(incident.report.release))
    json.member("constraint", Value(incident.report.constraint()))
    writeInvoker(incident.report.invoker, to: &json)
    json.member("memcg", Value(limitCgroup))
    json.member("tasks", Value(incident.report.tasks?.count))
    writeOptional("unkillable", incident.report.tasks.flatMap(UnkillableTasks.init), to: &json) {
      json, tasks in
      json.member("processes", .integer(Int128(tasks.count)))
      json.member("rss_pages", .integer(Int128(tasks.pages)))
    }
  }

  private func writeInvoker(_ invoker: Invoker?, to json: inout JSONWriter) {
    writeOptional("invoker", invoker, to: &json) { json, invoker in
      json.member("name", Value(invoker.name))
      json.member("pid", Value(invoker.pid))
      json.member("gfp_mask", Value(invoker.gfpMask.map { "0x" + String($0, radix: 16) }))
      json.member("gfp_flags", Value(invoker.gfpFlags))
      json.member("order", Value(invoker.order))
      json.member("oom_score_adj", Value(invoker.adjustment))
    }
  }

  private func writeVictim(of kill: KernelLog.Kill, to json: inout JSONWriter) {
    let victim = kill.victim
    json.member("pid", .integer(Int128(victim.pid)))
    json.member("name", .text(victim.name))
    json.member("uid", Value(victim.uid))
    json.member("total_vm_bytes", Value(size: victim.totalVM?.bytes))
    json.member("anon_rss_bytes", Value(size: victim.anonymous?.bytes))
    json.member("file_rss_bytes", Value(size: victim.file?.bytes))
    json.member("shmem_rss_bytes", Value(size: victim.shared?.bytes))
    json.member("page_tables_bytes", Value(size: victim.pageTables?.bytes))
    json.member("oom_score_adj", Value(victim.adjustment))
    // Printed of the chosen process, whose child the victim can be.
    json.member("score", Value(kill.selected?.score))
    writeCgroup(to: &json)
  }

  private func write(_ kill: DaemonKill, to json: inout JSONWriter) {
    json.member("kernel", .absent)
    json.member("constraint", .absent)
    json.member("invoker", .absent)
    json.member("victim") { json in
      json.member("pid", Value(kill.pid))
      json.member("name", Value(kill.name))
      json.member("uid", Value(kill.uid))
      for key in ["total_vm", "anon_rss", "file_rss", "shmem_rss", "page_tables"] {
        json.member(key + "_bytes", .absent)
      }
      json.member("rss_bytes", Value(size: kill.resident?.bytes))
      json.member("oom_score_adj", Value(kill.adjustment))
      json.member("score", .absent)
      writeCgroup(to: &json)
    }
    for key in ["selected", "memcg", "tasks", "replay"] { json.member(key, .absent) }
    json.member("reason", Value(kill.reason))
    json.member("complete", .flag(true))
  }

  private func writeCgroup(to json: inout JSONWriter) {
    json.member("cgroup", Value(cgroup))
    writeOptional("owner", cgroup.map(CgroupOwner.init(path:)), to: &json) { json, owner in
      json.member("kind", .text(owner.kind.rawValue))
      json.member("name", .text(owner.name))
      json.member("pod", Value(owner.pod))
    }
  }

  private func writeReplay(to json: inout JSONWriter) {
    writeOptional("replay", replay, to: &json) { json, replay in
      json.member("verdict", .text(replay.verdict.text))
      json.member("victim_rank", Value(replay.victimRank))
      json.member("agrees", replay.agrees.map(Value.flag) ?? .absent)
      json.member("reason", Value(replay.reason))
    }
  }

  private func writeRows(of kill: KernelLog.Kill, to json: inout JSONWriter) {
    let points = replay?.pointsByRow ?? [:]
    let rows = kill.report.tasks?.rows ?? []
    json.member("rows", array: rows.indices) { json, index in
      let row = rows[index]
      json.object { json in
        json.member("pid", .integer(Int128(row.pid)))
        json.member("tgid", Value(row.tgid))
        json.member("uid", Value(row.uid))
        json.member("name", .text(row.name))
        json.member("total_vm_pages", Value(row.totalVM))
        json.member("rss_pages", Value(row.resident))
        json.member("swap_pages", Value(row.swapped))
        json.member("page_tables_bytes", Value(size: row.pageTableBytes))
        json.member("oom_score_adj", Value(row.adjustment))
        json.member("oom_adj", Value(row.legacyAdjustment))
        json.member("badness", Value(points[index]))
      }
    }
  }

  private func writeOptional<Part>(
    _ key: String, _ part: Part?, to json: inout JSONWriter,
    _ write: (inout JSONWriter, Part) -> Void
  ) {
    guard let part else { return json.member(key, .absent) }
    json.member(key) { json in write(&json, part) }
  }
}

extension Replay {
  /// The points of each row, by its index; rows that can't be chosen aren't in it.
  var pointsByRow: [Int: Int128] {
    Dictionary(points.map { ($0.row, $0.points) }) { first, _ in first }
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
