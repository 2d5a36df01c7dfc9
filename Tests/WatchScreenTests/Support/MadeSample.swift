import ProcFS
import ProgramSupport
import TestSupport

@testable import CivilTime
@testable import Core
@testable import Processes
@testable import WatchScreen

/// The parts of a screen made up, without a machine that they are read from.
struct MadeSample {
  private let machine: Machine
  let context: WatchContext

  init(utf8: Bool = true) throws {
    let tree = try FixtureMachine(processes: []).tree()
    let environment = Environment(variables: ["LANG": utf8 ? "C.UTF-8" : "C"])
    let world = try World(root: tree.path, environment: environment)
    machine = Machine(world, options: MachineOptions())
    context = WatchContext(CommonOptions(), users: Users(in: world), in: world)
  }

  /// A row of which nothing is known but what is changed in it.
  func row(_ id: Int32, _ change: (inout ProcessRow) -> Void = { _ in }) -> ProcessRow {
    let record = ProcessSnapshot(id: ProcessID(id))
    var row = ProcessRow(ScoredProcess(record, on: machine, isScored: false), on: machine)
    row.name = "p\(id)"
    change(&row)
    return row
  }
}

/// The time of samples made up.
enum MadeTime {
  static let seconds = 1_700_000_000

  /// The text with `T` where the time is.
  static func hidden(in text: String) -> String {
    let clock = Moment(seconds).local.suffix(8)
    return text.split(separator: clock, omittingEmptySubsequences: false).joined(separator: "T")
  }
}
