import Badness
import Core
import KillPrediction
import ProcFS
import Processes

/// The processes that the kernel may choose from in a shortage of the whole machine, for the
/// monitoring: it looks long before, so reclaim will have gone first.
struct VictimOrder {
  /// The first victim first.
  let ranked: [ScoredProcess]
  /// The lead of the first over the second, in pages; `nil` where badness isn't measured in them.
  let lead: Int128?

  init(of processes: ProcessList, on machine: Machine, in world: borrowing World) {
    guard machine.rule?.unit == .pages, let capacity = machine.capacity else {
      ranked = processes.ranked(on: machine)
      lead = nil
      return
    }
    let domain = Domain.system(capacity)
    let reclaim = Reclaim(in: domain, world)
    let candidates = machine.ranked(
      processes.subjects.compactMap {
        machine.domainCandidate($0, in: domain, after: reclaim)
      })
    ranked = candidates.map(\.subject)
    lead =
      candidates.count > 1 ? candidates[0].lead(over: candidates[1], on: machine) : nil
  }
}
