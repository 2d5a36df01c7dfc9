import Badness
import ProcFS

/// What the kernel will do when memory is short.
struct Prediction: Sendable {
  let domain: Domain
  let policy: Policy
  /// In their order; empty where the kernel does something else, or there is nobody to kill.
  var kills: [Kill] = []
  /// The processes that it chooses from.
  var candidateCount = 0
  /// Whom to hit before: how many die first, and which adjustment would put it behind all others.
  var turn: Turn?

  /// One process's place in the order.
  struct Turn: Sendable {
    var subject: Subject
    /// Dead before it; `nil` when it is never killed.
    var deathsBefore: Int?
    var freedBefore = 0
    /// The highest adjustment with which all others die first.
    var adjustmentToBeLast: Int?
  }

  /// What becomes of it, as JSON's word.
  var outcome: String {
    if policy.panics { return "panic" }
    if policy.isKillDisabled { return "wait" }
    if policy.killsAllocatingTask { return "allocating_task" }
    return kills.isEmpty ? "nobody" : "kill"
  }
}

/// When to stop.
struct Horizon: Sendable {
  var steps = 5
  /// Bytes that are to be freed.
  var goal: Int?

  func isReached(by kills: [Kill]) -> Bool {
    if let goal { return kills.last?.freedTotal ?? 0 >= goal }
    return kills.count >= steps
  }
}

extension Prediction {
  /// The kill order among contestants.
  init(
    _ contestants: [Contestant], of all: [Subject], relations: Relations, until horizon: Horizon,
    domain: Domain, policy: Policy, on machine: Machine
  ) {
    self.domain = domain
    self.policy = policy
    candidateCount = contestants.count
    guard policy.searches else { return }
    var sequence = KillSequence(contestants, of: all, relations: relations, on: machine)
    while !horizon.isReached(by: kills), let kill = sequence.next() { kills.append(kill) }
  }

  /// Whoever asks for memory dies: that one, unless it can't be killed; then the worst does.
  mutating func name(invoker: Contestant, relations: Relations, all: [Subject], on machine: Machine)
  {
    guard policy.killsAllocatingTask else { return }
    var sequence = KillSequence([invoker], of: all, relations: relations, on: machine)
    if let kill = sequence.next() { kills = [kill] }
  }
}

extension Prediction.Turn {
  /// The place of a process in the whole order.
  init(
    of subject: Subject, in contestants: [Contestant], all: [Subject], relations: Relations,
    on machine: Machine, _ domain: Domain
  ) {
    self.subject = subject
    var sequence = KillSequence(contestants, of: all, relations: relations, on: machine)
    var deaths = 0
    var freed = 0
    while let kill = sequence.next() {
      let dead = [kill.victim] + kill.others
      if dead.contains(where: { $0.id == subject.id }) {
        deathsBefore = deaths
        freedBefore = freed
        break
      }
      deaths += dead.count
      freed = kill.freedTotal
    }
    let others = machine.ranked(contestants.filter { $0.id != subject.id })
    if let last = others.last {
      adjustmentToBeLast = machine.highestAdjustment(
        of: subject, behind: machine.contender(last.subject, badness: last.badness),
        in: domain.capacity)
    }
  }
}
