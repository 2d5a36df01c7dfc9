import Badness
package import Core
package import ProcFS

/// What the kernel will do when memory is short.
package struct Prediction: Sendable {
  let domain: Domain
  let policy: Policy
  /// In their order; empty where the kernel does something else, or there is nobody to kill.
  package var kills: [PredictedKill] = []
  /// How many processes it chooses from.
  let candidateCount: Int

  /// What comes of it; the raw values are JSON's words.
  enum Outcome: String {
    case kill
    case panic
    case allocatingTask = "allocating_task"
    /// Those who ask wait until memory is freed.
    case wait
    /// There is nobody that could be killed.
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

/// When to stop.
package struct Horizon: Sendable {
  package var steps: Int
  /// Bytes that are to be freed.
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
  /// The kill order in a field.
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

  /// Whoever asks for memory dies; one that can't be killed doesn't, then the worst does.
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
