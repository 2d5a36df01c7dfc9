package import Badness
package import ProcFS
package import Processes

/// A process that the kernel may choose, with the badness that it has in the domain.
package struct DomainCandidate: Sendable {
  package var subject: ScoredProcess
  package var badness: Int128
  /// The point at which the kernel comes to it, which decides between equals.
  var stop = Walk.Stop.byAge
  /// The amounts by which its badness may be lower and higher, depending on how much of its memory
  /// is swapped out.
  var doubt: (below: Int128, above: Int128) = (0, 0)

  package var id: ProcessID { subject.id }

  /// Its lead over another one, in pages; `nil` where badness decides nothing between them.
  package func lead(over other: DomainCandidate, on machine: Machine) -> Int128? {
    machine.rule?.unit == .pages && !subject.isTakenAtOnce ? badness - other.badness : nil
  }
}

extension Machine {
  /// A process as the kernel sees it in that domain, before or after a reclaim; `nil` if the kernel
  /// skips it.
  package func domainCandidate(
    _ subject: ScoredProcess, in domain: Domain, after reclaim: Reclaim? = nil
  ) -> DomainCandidate? {
    guard subject.id != bystander, let rule, let selection,
      let candidate = candidate(of: subject, after: reclaim), domain.contains(subject.record)
    else { return nil }
    let stop = domain.walk.stop(at: subject.id)
    if selection.takesAtOnce(candidate) {
      return DomainCandidate(subject: subject, badness: SelectionRule.atOnce, stop: stop)
    }
    guard selection.exemption(of: candidate) == nil,
      let badness = rule.score(candidate, in: domain.capacity), selection.takes(badness: badness)
    else { return nil }
    var domainCandidate = DomainCandidate(subject: subject, badness: badness, stop: stop)
    if let reclaim, reclaim.isPartial {
      domainCandidate.doubt = doubt(of: subject, badness: badness, in: domain, after: reclaim)
    }
    return domainCandidate
  }

  private func doubt(
    of subject: ScoredProcess, badness: Int128, in domain: Domain, after reclaim: Reclaim
  ) -> (below: Int128, above: Int128) {
    func badnessWhere(_ reclaim: Reclaim) -> Int128 {
      candidate(of: subject, after: reclaim).flatMap { rule?.score($0, in: domain.capacity) }
        ?? badness
    }
    let (stays, goes) = reclaim.extremes
    return (max(0, badness - badnessWhere(goes)), max(0, badnessWhere(stays) - badness))
  }

  /// The values of a process that the kernel weighs, before or after a reclaim.
  func candidate(of subject: ScoredProcess, after reclaim: Reclaim?) -> Candidate? {
    guard let reclaim, let pageSize else { return subject.candidate }
    return reclaim.candidate(of: subject, pageSize: pageSize)
  }

  /// The candidates in their order, the first victim first.
  package func ranked(_ candidates: [DomainCandidate]) -> [DomainCandidate] {
    guard let selection else { return candidates }
    return candidates.sorted {
      selection.precedes(contender($0), contender($1))
    }
  }

  /// The key of a candidate in the kernel's order, at its place in the kernel's walk. Where that
  /// can't be seen, age replaces it: processes are mostly added where they are started.
  package func contender(_ domainCandidate: DomainCandidate) -> RankKey {
    contender(domainCandidate.subject, badness: domainCandidate.badness, at: domainCandidate.stop)
  }

  /// The key of any process at such a place.
  func contender(_ subject: ScoredProcess, badness: Int128? = nil, at stop: Walk.Stop) -> RankKey {
    var contender = contender(subject, badness: badness)
    if case .at(let place) = stop { contender.startTicks = UInt64(place.position) }
    return contender
  }
}
