import Badness
import ProcFS
import ProgramSupport
import TestSupport

@testable import Core
@testable import Processes

extension FixtureMachine {
  /// A machine of that kernel on which only process 1 runs, with so many pages.
  static func idle(_ kernel: String = "6.1.0", ram: Int = 1_000_000, swap: Int = 0) -> Self {
    FixtureMachine(
      kernel: kernel, ram: ram, swap: swap, processes: [FixtureProcess(1, "init", resident: 10)])
  }

  /// The measure that it is for processes.
  func measure(_ change: (inout Machine) -> Void = { _ in }) throws -> Machine {
    try tree().withWorld { world in
      var machine = Machine(world, options: MachineOptions())
      change(&machine)
      return machine
    }
  }
}

extension ProcessSnapshot {
  /// A process with what its `status` says changed.
  static func with(
    id: Int32 = 7, _ change: (inout ProcessSnapshot, inout ProcessStatus) -> Void
  ) -> ProcessSnapshot {
    var record = ProcessSnapshot(id: ProcessID(id))
    var status = ProcessStatus()
    change(&record, &status)
    record.status = status
    return record
  }

  /// A process of that name and with those words.
  static func named(
    _ name: String?, words: [String] = [], executable: String? = nil, id: Int32 = 7
  ) -> ProcessSnapshot {
    with(id: id) { record, status in
      status.name = name
      record.commandLine = words.isEmpty ? nil : ProcessCommandLine(words)
      record.executable = executable
    }
  }
}

extension ScoredProcess {
  /// A process that isn't judged.
  static func unjudged(_ record: ProcessSnapshot) throws -> ScoredProcess {
    ScoredProcess(record, on: try FixtureMachine.idle().measure(), isScored: false)
  }
}

extension ProcessStat {
  /// A `stat` with something changed.
  static func with(_ change: (inout ProcessStat) -> Void) -> ProcessStat {
    var stat = ProcessStat()
    stat.state = "S"
    stat.threadCount = 1
    change(&stat)
    return stat
  }
}

extension ProcessCgroups {
  /// In that group of version 2.
  static func two(_ path: String) -> ProcessCgroups { lines("0::\(path)\n") }

  /// As those lines say.
  static func lines(_ text: String) -> ProcessCgroups {
    ProcessCgroups(parsing: Array(text.utf8).span) ?? ProcessCgroups()
  }
}
