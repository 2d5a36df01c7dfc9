import CivilTime
import DaemonLog
import KernelLog
import KillReplay
import LogLines
import LogSources
import Processes
import Rendering
import ReportAnalysis

/// What was found in some log: a kill, of the kernel or of a daemon, or a shortage without one.
struct HistoryEntry {
  enum Event {
    case kernel(KernelLog.Kill)
    case daemon(DaemonKill)
    case incident(Incident)
  }

  var event: Event
  /// `nil` where the log doesn't tell.
  var time: LogTime?
  /// The log it was found in, for people.
  var source: String
  /// The kernel's choice made again; `nil` for daemons.
  var replay: Replay?
  /// Those of an incident's table that could not be killed.
  private(set) var unkillable: UnkillableTasks?
  /// The reason why it may be no kill.
  var doubt: Doubt?
  /// What is told to have followed it, once all logs were read.
  var followed = Aftermath()
  /// Its place in the index of known kills, by which another log's account of it finds it.
  var indexNumber = 0
  /// Its place among all that was found, whatever was asked for; those that died together share one.
  var ordinal = 0
  /// The machine whose logs these are, where they don't say.
  var machine: String?
  /// Names of the containers that lie on the machine whose logs these are.
  var containers = ContainerNames()
  /// The number in the list, of which 1 is the latest; `nil` before all were found.
  var number: Int?
  /// Kept by the trimmed ones, whose tables are gone.
  private var facts: Facts?

  private struct Facts {
    let uid: Int?
    let resident: Kibibytes?
    let isComplete: Bool
    let biggest: TaskTable.Row?
  }

  init(event: Event, time: LogTime?, source: String) {
    if case .incident(let incident) = event {
      unkillable = incident.report.tasks.flatMap(UnkillableTasks.init)
    }
    self.event = event
    self.time = time
    self.source = source
  }

  /// Without the rows of the task table and, where they aren't wanted, all details that only the whole story
  /// tells.
  func trimmed(keepingMemory: Bool = false) -> Self {
    var entry = self
    if case .incident(var incident) = event {
      incident.report.forgetDetails()
      entry.event = .incident(incident)
    }
    guard case .kernel(var kill) = event else { return entry }
    entry.facts = Facts(
      uid: uid, resident: resident, isComplete: isComplete, biggest: biggest)
    if keepingMemory { kill.report.tasks?.rows = [] } else { kill.report.forgetDetails() }
    entry.event = .kernel(kill)
    entry.replay?.forgetPoints()
    return entry
  }

  /// The machine's name.
  var host: String? { stamp.host ?? machine }

  /// The doubt in words.
  var note: String? { doubt.map { $0.note(on: source) } }

  var stamp: Stamp {
    switch event {
    case .kernel(let kill): kill.stamp
    case .daemon(let kill): kill.stamp
    case .incident(let incident): incident.stamp
    }
  }

  var line: Int {
    switch event {
    case .kernel(let kill): kill.line
    case .daemon(let kill): kill.line
    case .incident(let incident): incident.line
    }
  }

  /// True where the kernel says so.
  var isKernels: Bool { if case .daemon = event { false } else { true } }

  var killer: String { if case .daemon(let kill) = event { kill.killer } else { "kernel" } }

  /// The end of a shortage without a kill; `nil` for kills.
  var outcome: Incident.Outcome? {
    if case .incident(let incident) = event { incident.outcome } else { nil }
  }

  var pid: Int? {
    switch event {
    case .kernel(let kill): kill.victim.pid
    case .daemon(let kill): kill.pid
    case .incident(let incident): incident.outcome.exiting?.pid
    }
  }

  var name: String? {
    switch event {
    case .kernel(let kill): kill.victim.name
    case .daemon(let kill): kill.name
    case .incident(let incident): incident.outcome.exiting?.name
    }
  }

  var uid: Int? {
    switch event {
    case .kernel(let kill):
      kill.victim.uid ?? kill.report.summary?.uid(of: kill.victim.pid) ?? facts?.uid
        ?? kill.row?.uid
    case .daemon(let kill): kill.uid
    case .incident: nil
    }
  }

  /// The victim's cgroup, or the one that was killed as a whole.
  var cgroup: String? {
    switch event {
    case .kernel(let kill): kill.victimCgroup
    case .daemon(let kill): kill.cgroup
    case .incident(let incident): incident.report.victimCgroup
    }
  }

  /// The process that used most, whichever was chosen.
  var biggest: TaskTable.Row? {
    guard case .kernel(let kill) = event else { return nil }
    return kill.biggest ?? facts?.biggest
  }

  /// The memory cgroup that was at its limit.
  var limitCgroup: String? {
    switch event {
    case .kernel(let kill): kill.limitCgroup
    case .incident(let incident): incident.report.limitCgroup()
    case .daemon: nil
    }
  }

  /// The memory that the victim had in RAM: as its kill line says, else as its row does.
  var resident: Kibibytes? {
    switch event {
    case .kernel(let kill):
      kill.victim.resident ?? facts?.resident
        ?? kill.row?.resident.map { Kibibytes($0 &* pageSize(of: kill).count) }
    case .daemon(let kill): kill.resident
    case .incident: nil
    }
  }

  /// The time, or how long after boot, in brackets as the kernel prints it.
  func when(in zone: ZoneRules) -> String {
    time.map(zone.local) ?? stamp.monotonic.map {
      "[\(Value.microseconds($0).text(sizes: .bytes))]"
    }
      ?? "-"
  }

  /// `php-fpm[5120]`, or whose cgroup it was, or what happened in place of a kill.
  var label: String {
    if let outcome { return outcome.label }
    if let name { return pid.map { "\(name)[\($0)]" } ?? name }
    return cgroup.map { CgroupOwner(path: $0, named: containers).short } ?? pid.map { "[\($0)]" }
      ?? "-"
  }

  /// True where all that the kernel prints of a kill was found.
  var isComplete: Bool {
    switch event {
    case .kernel(let kill): facts?.isComplete ?? kill.isComplete
    case .daemon, .incident: true
    }
  }
}

extension Incident.Outcome {
  /// The process that was exiting already.
  var exiting: (pid: Int, name: String)? {
    if case .wasExiting(let pid, let name) = self { (pid, name) } else { nil }
  }

  /// For a cell of a table.
  var label: String {
    switch self {
    case .panic: "(kernel panic)"
    case .noVictim: "(nobody could be)"
    case .wasExiting(let pid, let name): "(\(name)[\(pid)] was exiting)"
    case .cutOff: "(the log doesn't tell)"
    }
  }
}

extension KernelLog.Report {
  /// Leaves what a line of a list tells.
  mutating func forgetDetails() {
    memory.zones = []
    memory.counters = []
    slabs = []
    allocations = []
    cgroup?.statistics = []
    tasks?.rows = []
  }
}

extension KernelLog.Kill {
  /// The victim's row.
  fileprivate var row: TaskTable.Row? { report.tasks?.row(of: victim.pid) }
}

extension Summary {
  /// The victim's user, where it is that process.
  fileprivate func uid(of victim: Int) -> Int? { pid == victim ? uid : nil }
}

extension HistoryEntry {
  /// The size of a page on the machine that printed its report.
  func pageSize(of kill: KernelLog.Kill) -> Kibibytes {
    kill.report.memory.pageSize ?? Kibibytes((replay?.pageSize.bytes ?? 4096) / 1024)
  }
}
