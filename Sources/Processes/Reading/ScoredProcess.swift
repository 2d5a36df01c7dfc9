package import Badness
package import ProcFS

/// A process as the program shows it: the data read of it, and the kernel's judgement of them.
package struct ScoredProcess: Sendable {
  package var record: ProcessSnapshot
  /// `nil` when it wasn't asked for, too little could be read, or no rule is known.
  private let judgement: Judgement?
  /// The reason why the kernel can't choose it, from the scoring or from the selection.
  package var exemption: Exemption?
  /// True if the kernel takes it first, whatever its score.
  package private(set) var isTakenAtOnce = false
  /// The rank, 1 for the first victim; `nil` for one that the kernel can't choose, and where ranks
  /// weren't asked for.
  package var rank: Int?

  /// Judges a process if `isScored`: then all files that the rule needs must have been read.
  package init(
    _ record: ProcessSnapshot, on machine: Machine, isScored: Bool, family: Family = Family()
  ) {
    self.record = record
    guard isScored, let rule = machine.rule, let capacity = machine.capacity,
      var candidate = machine.candidate(for: record, family: family)
    else {
      judgement = nil
      return
    }
    candidate.marks = machine.marks(of: candidate, shownAs: record)
    let explanation = rule.explain(candidate, in: capacity)
    judgement = Judgement(candidate, explanation)
    isTakenAtOnce = machine.selection?.takesAtOnce(candidate) ?? false
    exemption =
      isTakenAtOnce
      ? nil : explanation.exemption ?? machine.selection?.exemption(of: candidate)
  }

  /// Judges a process as a supposed candidate.
  package init?(_ record: ProcessSnapshot, as candidate: Candidate, on machine: Machine) {
    guard let rule = machine.rule, let capacity = machine.capacity else { return nil }
    self.record = record
    let explanation = rule.explain(candidate, in: capacity)
    judgement = Judgement(candidate, explanation)
    isTakenAtOnce = machine.selection?.takesAtOnce(candidate) ?? false
    exemption =
      isTakenAtOnce
      ? nil : explanation.exemption ?? machine.selection?.exemption(of: candidate)
  }

  package var id: ProcessID { record.id }

  /// The name for people, as `nginx[7]`.
  package var label: String { "\(record.name ?? "?")[\(id)]" }

  /// The values that the kernel weighs.
  package var candidate: Candidate? { judgement?.candidate }

  /// The badness that the kernel computes from them, and how.
  package var explanation: Explanation? { judgement?.explanation }

  /// The judgement, kept apart: in long lists most processes have none, and space is time.
  private final class Judgement: Sendable {
    let candidate: Candidate
    let explanation: Explanation

    init(_ candidate: Candidate, _ explanation: Explanation) {
      self.candidate = candidate
      self.explanation = explanation
    }
  }

  /// Resident, swapped and page tables, in bytes.
  package var footprint: Int? { record.status?.footprint }
}

extension Machine {
  /// The files that the rule in force needs, and those that decide between equals.
  package var badnessNeeds: ProcessSnapshot.Fields {
    readsLegacyAdjustment
      ? [.status, .stat, .sizes, .legacyAdjustment]
      : [.score, .status, .stat, .adjustment, .systemCall]
  }

  /// True if the kernel may choose a process, and it isn't this program.
  package func isEligible(_ subject: ScoredProcess) -> Bool {
    if subject.isTakenAtOnce { return true }
    guard subject.exemption == nil, subject.id != bystander else { return false }
    guard let badness = subject.explanation?.badness else {
      return subject.record.score ?? 0 > 0
    }
    return selection?.takes(badness: badness) ?? (badness > 0)
  }

  /// True if the kernel would take the one before the other. A process that it takes at once comes
  /// before all others; then its own scores decide where they differ; among equals the exact
  /// badness does, then age as that kernel compares it.
  package func precedes(_ one: ScoredProcess, _ other: ScoredProcess) -> Bool {
    if one.isTakenAtOnce != other.isTakenAtOnce { return one.isTakenAtOnce }
    return precedes(
      contender(one), score: one.record.score, contender(other), score: other.record.score)
  }

  /// This order by the values that decide it.
  package func precedes(
    _ one: RankKey, score: UInt64?, _ other: RankKey, score otherScore: UInt64?
  ) -> Bool {
    if isKernelsOwnRule || rule == nil, let score, let otherScore, score != otherScore {
      return score > otherScore
    }
    guard let selection else { return one.pid > other.pid }
    return selection.precedes(one, other)
  }

  /// The key of a process in the kernel's order, with its own badness unless another is supposed.
  package func contender(_ subject: ScoredProcess, badness: Int128? = nil) -> RankKey {
    let own =
      subject.isTakenAtOnce
      ? SelectionRule.atOnce
      : subject.explanation?.badness ?? Int128(subject.record.score ?? 0)
    return RankKey(
      badness: badness ?? own, startTicks: subject.record.stat?.startTicks ?? 0,
      pid: Int(subject.id.rawValue))
  }
}
