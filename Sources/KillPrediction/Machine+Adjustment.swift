package import Badness
package import Processes

extension Machine {
  /// The highest adjustment with which the kernel would take the rival first; `nil` if there is
  /// none, or the process can't be chosen anyway.
  package func highestAdjustment(of subject: ScoredProcess, behind rival: ScoredProcess) -> Int? {
    guard let capacity, !subject.isTakenAtOnce, !rival.isTakenAtOnce else { return nil }
    return highestAdjustment(of: subject, at: .byAge, behind: contender(rival), in: capacity)
  }

  /// This adjustment against a rival's badness in a domain of that capacity.
  package func highestAdjustment(
    of subject: ScoredProcess, at stop: Walk.Stop, behind other: RankKey,
    weighedAs candidate: Candidate? = nil, in capacity: MemoryCapacity
  ) -> Int? {
    guard let rule, rule.since >= KernelVersion(2, 6, 11), let selection, !subject.isTakenAtOnce,
      isEligible(subject) || subject.exemption == .adjustment,
      var candidate = candidate ?? subject.candidate
    else { return nil }
    let adjustments =
      rule.readsLegacyAdjustment
      ? OOMAdjustment.disable...OOMAdjustment.legacy.upperBound
      : OOMAdjustment.minimum...OOMAdjustment.maximum
    return adjustments.last { adjustment in
      candidate.adjustment = adjustment
      candidate.legacyAdjustment = adjustment
      guard selection.exemption(of: candidate) == nil,
        let badness = rule.score(candidate, in: capacity), selection.takes(badness: badness)
      else { return true }
      return selection.precedes(other, contender(subject, badness: badness, at: stop))
    }
  }
}
