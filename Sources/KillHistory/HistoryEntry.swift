import CivilTime
import KernelLog
import KillReplay
import LogLines
import LogSources
import Rendering

/// A kill that was found in some log, of the kernel or of a daemon.
struct HistoryEntry {
  enum Event {
    case kernel(KernelLog.Kill)
    case daemon(DaemonKill)
  }

  var event: Event
  /// `nil` where the log doesn't tell.
  var time: LogTime?
  /// The log it was found in, for people.
  var source: String
  /// The kernel's choice made again; `nil` for daemons.
  var replay: Replay?
  /// The reason why it may be no kill.
  var doubt: Doubt?
  /// Its place in the index of known kills, by which another log's account of it finds it.
  var number = 0
  /// Kept by the trimmed ones, whose tables are gone.
  private var facts: (uid: Int?, isComplete: Bool, biggest: TaskTable.Row?)?

  init(event: Event, time: LogTime?, source: String) {
    self.event = event
    self.time = time
    self.source = source
  }

  /// Without the rows of the task table and, where they aren't wanted, all details that only the whole story
  /// tells.
  func trimmed(keepingMemory: Bool = false) -> Self {
    guard case .kernel(var kill) = event else { return self }
    var entry = self
    entry.facts = (uid, isComplete, biggest)
    if keepingMemory { kill.report.tasks?.rows = [] } else { kill.report.forgetDetails() }
    entry.event = .kernel(kill)
    entry.replay?.forgetPoints()
    return entry
  }

  /// The doubt in words.
  var note: String? { doubt.map { $0.note(on: source) } }

  var stamp: Stamp {
    switch event {
    case .kernel(let kill): kill.stamp
    case .daemon(let kill): kill.stamp
    }
  }

  var line: Int {
    switch event {
    case .kernel(let kill): kill.line
    case .daemon(let kill): kill.line
    }
  }

  /// True where the kernel killed.
  var isKernels: Bool { if case .kernel = event { true } else { false } }

  var killer: String {
    switch event {
    case .kernel: "kernel"
    case .daemon(let kill): kill.killer
    }
  }

  var pid: Int? {
    switch event {
    case .kernel(let kill): kill.victim.pid
    case .daemon(let kill): kill.pid
    }
  }

  var name: String? {
    switch event {
    case .kernel(let kill): kill.victim.name
    case .daemon(let kill): kill.name
    }
  }

  var uid: Int? {
    switch event {
    case .kernel(let kill):
      kill.victim.uid ?? facts?.uid ?? kill.report.tasks?.row(of: kill.victim.pid)?.uid
    case .daemon(let kill): kill.uid
    }
  }

  /// The victim's cgroup, or the one that was killed as a whole.
  var cgroup: String? {
    switch event {
    case .kernel(let kill): kill.victimCgroup
    case .daemon(let kill): kill.cgroup
    }
  }

  /// The process that used most, whichever was chosen.
  var biggest: TaskTable.Row? {
    guard case .kernel(let kill) = event else { return nil }
    return kill.biggest ?? facts?.biggest
  }

  /// The memory cgroup that was at its limit.
  var limitCgroup: String? {
    if case .kernel(let kill) = event { kill.limitCgroup } else { nil }
  }

  var resident: Kibibytes? {
    switch event {
    case .kernel(let kill): kill.victim.resident
    case .daemon(let kill): kill.resident
    }
  }

  /// The time, or how long after boot, in brackets as the kernel prints it.
  func when(in zone: ZoneRules) -> String {
    time.map(zone.local) ?? stamp.monotonic.map {
      "[\(Value.microseconds($0).text(sizes: .bytes))]"
    }
      ?? "-"
  }

  /// `php-fpm[5120]`, or whose cgroup it was.
  var label: String {
    if let name { return pid.map { "\(name)[\($0)]" } ?? name }
    return cgroup.map { CgroupOwner(path: $0).short } ?? pid.map { "[\($0)]" } ?? "-"
  }

  /// True where all that the kernel prints of a kill was found.
  var isComplete: Bool {
    switch event {
    case .kernel(let kill): facts?.isComplete ?? kill.isComplete
    case .daemon: true
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
