import Badness
package import Core
package import ProcFS

/// The kernel's actions when memory is short.
package struct Prediction: Sendable {
  let domain: Domain
  let policy: Policy
  /// The kills in their order; empty where the kernel does something else, or no process can be
  /// killed.
  package var kills: [PredictedKill] = []
  /// The number of processes that it chooses from.
  let candidateCount: Int

  /// The outcome; the raw values are JSON's words.
  enum Outcome: String {
    case kill
    case panic
    case allocatingTask = "allocating_task"
    /// Processes that ask for memory wait until some is freed.
    case wait
    /// There is no process that could be killed.
    case nobody
  }

  var outcome: Outcome {
    switch policy.action {
    case .panic: .panic
    case .wait: .wait
    case .killInvoker: .allocatingTask
    case .search: candidateCount == 0 ? .nobody : .kill
    }
  }
}

/// The end of a prediction: a number of steps, or a goal.
package struct Horizon: Sendable {
  package var steps: Int
  /// The bytes that are to be freed.
  var goal: Int?

  package init(steps: Int, goal: Int? = nil) {
    self.steps = steps
    self.goal = goal
  }

  func isReached(by kills: [PredictedKill]) -> Bool {
    if let goal { return kills.last?.freedTotal ?? 0 >= goal }
    return kills.count >= steps
  }
}

extension Prediction {
  /// The kill order for an input.
  package init(
    _ field: PredictionInput, until horizon: Horizon, policy: Policy, in world: borrowing World
  ) {
    domain = field.domain
    self.policy = policy
    candidateCount = field.candidates.count
    guard policy.searches else { return }
    var sequence = field.sequence
    var release = Release(field.relations)
    while !horizon.isReached(by: kills), var kill = sequence.next() {
      release.settle(&kill, in: world)
      kills.append(kill)
    }
  }

  /// Kills the process that asks for memory; if it can't be killed, the worst dies.
  package mutating func kill(
    invoker id: ProcessID, in field: PredictionInput, _ world: borrowing World
  ) {
    guard policy.action == .killInvoker else { return }
    var sequence = field.sequence
    if let invoker = field.candidates.first(where: { $0.id == id }) {
      kills = [sequence.kill(invoker)]
    } else if let kill = sequence.next() {
      kills = [kill]
    }
    var release = Release(field.relations)
    for index in kills.indices { release.settle(&kills[index], in: world) }
  }
}
