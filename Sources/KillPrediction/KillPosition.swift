import Badness
import Core
import ProcFS
import Processes

/// A process's place in the kill order.
struct KillPosition: Sendable {
  let subject: ScoredProcess
  /// The number of deaths before it; `nil` if it is never killed.
  let deathsBefore: Int?
  let freedBefore: Int
  /// The highest adjustment with which all others die first; `nil` if none has that effect.
  let adjustmentToBeLast: Int?

  /// The position of the first to die of several processes.
  init?(of ids: [ProcessID], in field: PredictionInput, _ world: borrowing World) {
    let meant = Set(ids)
    var sequence = field.sequence
    var deaths = 0
    var freed = 0
    var release = Release(field.relations)
    while var kill = sequence.next() {
      if let subject = kill.dead.first(where: { meant.contains($0.id) }) {
        self.init(subject, deathsBefore: deaths, freedBefore: freed, in: field)
        return
      }
      release.settle(&kill, in: world)
      deaths += kill.dead.count
      freed = kill.freedTotal
    }
    guard
      let subject = field.subjects.first(where: {
        meant.contains($0.id) && field.domain.contains($0.record)
      })
    else { return nil }
    self.init(subject, deathsBefore: nil, freedBefore: 0, in: field)
  }

  private init(
    _ subject: ScoredProcess, deathsBefore: Int?, freedBefore: Int, in field: PredictionInput
  ) {
    self.subject = subject
    self.deathsBefore = deathsBefore
    self.freedBefore = freedBefore
    let others = field.machine.ranked(field.candidates.filter { $0.id != subject.id })
    // A process that dies with its group, or with others on its memory, can't save itself.
    let isAlone =
      field.relations.group(of: subject.record) == nil
      && field.relations.sharers(of: subject.id).count == 1
    adjustmentToBeLast =
      !isAlone
      ? nil
      : others.last.flatMap {
        field.machine.highestAdjustment(
          of: subject, at: field.domain.walk.stop(at: subject.id),
          behind: field.machine.contender($0),
          weighedAs: field.machine.candidate(of: subject, after: field.reclaim),
          in: field.domain.capacity)
      }
  }
}
