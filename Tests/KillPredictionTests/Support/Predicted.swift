import ProcFS
import ProgramSupport
import Rendering
import TestSupport

@testable import Core
@testable import KillPrediction
@testable import Processes

extension FixtureMachine {
  /// A prediction on this machine.
  func predict<Result>(
    _ change: (inout Predict) throws -> Void = { _ in },
    _ body: (PredictReport) throws -> Result
  ) throws -> Result {
    var predict = Predict()
    try change(&predict)
    try predict.validate()
    let tree = try tree()
    return try withExtendedLifetime(tree) {
      let world = try World(root: tree.path, environment: Environment())
      guard let report = try predict.run(in: world) as? PredictReport else {
        throw DataError("predict", "is reported otherwise")
      }
      return try body(report)
    }
  }

  /// Its victims in their order.
  func victims(_ change: (inout Predict) throws -> Void = { _ in }) throws -> [Int32] {
    try predict(change) { $0.prediction.kills.map(\.victim.id.rawValue) }
  }

  /// What people read of it, in lines as long as they like.
  func page(_ change: (inout Predict) throws -> Void = { _ in }) throws -> String {
    try predict(change) { report in
      var text = Text()
      report.writeText(to: &text, on: Page(CommonOptions(), in: Environment()))
      return text.string.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: " ")
    }
  }

  /// Runs with the measure and the world of this machine.
  func withMachine<Result>(
    _ body: (Machine, borrowing World) throws -> Result
  ) throws -> Result {
    let tree = try tree()
    return try withExtendedLifetime(tree) {
      let world = try World(root: tree.path, environment: Environment())
      return try body(Machine(world, options: MachineOptions()), world)
    }
  }

  /// Two that can be killed, of so many pages, and process 1.
  static func two(_ first: Int = 500, _ second: Int = 400, kernel: String = "6.1.0") -> Self {
    FixtureMachine(
      kernel: kernel,
      processes: [
        FixtureProcess(1, "init", resident: 10).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0), FixtureProcess(10, "big", resident: first),
        FixtureProcess(11, "small", resident: second),
      ])
  }
}
