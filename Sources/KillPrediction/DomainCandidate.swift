package import Badness
package import ProcFS
package import Processes

/// A process that the kernel may choose, with the badness that it has in the domain.
package struct DomainCandidate: Sendable {
  package var subject: ScoredProcess
  package var badness: Int128
  /// Where the kernel comes to it, which decides between equals.
  var stop = Walk.Stop.byAge
  /// How much lower and higher its badness may be, by what of its memory is swapped out.
  var doubt: (below: Int128, above: Int128) = (0, 0)

  package var id: ProcessID { subject.id }

  /// How far it is ahead of another one, in pages; `nil` where badness decides nothing between them.
  package func lead(over other: DomainCandidate, on machine: Machine) -> Int128? {
    machine.rule?.unit == .pages && !subject.isTakenAtOnce ? badness - other.badness : nil
  }
}

extension Machine {
  /// A process as the kernel sees it in that domain, before or after a reclaim; `nil` when it passes it by.
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

  /// What the kernel weighs of a process, before or after a reclaim.
  func candidate(of subject: ScoredProcess, after reclaim: Reclaim?) -> Candidate? {
    guard let reclaim, let pageSize else { return subject.candidate }
    return reclaim.candidate(of: subject, pageSize: pageSize)
  }

  /// The first victim in front.
  package func ranked(_ candidates: [DomainCandidate]) -> [DomainCandidate] {
    guard let selection else { return candidates }
    return candidates.sorted {
      selection.precedes(contender($0), contender($1))
    }
  }

  /// One in the kernel's choice, at its place in the kernel's walk. Where that doesn't show age stands
  /// for it: processes are mostly added where they are started.
  package func contender(_ domainCandidate: DomainCandidate) -> RankKey {
    contender(domainCandidate.subject, badness: domainCandidate.badness, at: domainCandidate.stop)
  }

  /// The same of any process.
  func contender(_ subject: ScoredProcess, badness: Int128? = nil, at stop: Walk.Stop) -> RankKey {
    var contender = contender(subject, badness: badness)
    if case .at(let place) = stop { contender.startTicks = UInt64(place.position) }
    return contender
  }
}
