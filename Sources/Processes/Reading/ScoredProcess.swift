package import Badness
package import ProcFS

/// A process as the program shows it: what was read of it, and what the kernel makes of that.
package struct ScoredProcess: Sendable {
  package var record: ProcessSnapshot
  /// `nil` when it wasn't asked for, too little could be read, or no rule is known.
  private let judgement: Judgement?
  /// Why the kernel can't choose it, by the score or by the selection.
  package var exemption: Exemption?
  /// Whether the kernel takes it first, whatever its score.
  package private(set) var isTakenAtOnce = false
  /// 1 for the first victim; `nil` for what the kernel can't choose, and where ranks weren't asked for.
  package var rank: Int?

  /// With `isScored` all files that the rule needs must have been read.
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

  /// With a candidate that is supposed.
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

  /// As people name a process.
  package var label: String { "\(record.name ?? "?")[\(id)]" }

  /// What the kernel weighs.
  package var candidate: Candidate? { judgement?.candidate }

  /// What it makes of that.
  package var explanation: Explanation? { judgement?.explanation }

  /// Kept apart: in long lists most processes have none, and space is time.
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

  /// Whether the kernel may choose a process, and it isn't this program.
  package func isEligible(_ subject: ScoredProcess) -> Bool {
    if subject.isTakenAtOnce { return true }
    guard subject.exemption == nil, subject.id != bystander else { return false }
    guard let badness = subject.explanation?.badness else {
      return subject.record.score ?? 0 > 0
    }
    return selection?.takes(badness: badness) ?? (badness > 0)
  }

  /// Whether the kernel would take the one before the other. Before all others goes what it takes at once; then its
  /// own scores decide where they differ;
  /// among equals the exact badness does, then age as that kernel looks at it.
  package func precedes(_ one: ScoredProcess, _ other: ScoredProcess) -> Bool {
    if one.isTakenAtOnce != other.isTakenAtOnce { return one.isTakenAtOnce }
    return precedes(
      contender(one), score: one.record.score, contender(other), score: other.record.score)
  }

  /// The same by what decides.
  package func precedes(
    _ one: RankKey, score: UInt64?, _ other: RankKey, score otherScore: UInt64?
  ) -> Bool {
    if isKernelsOwnRule || rule == nil, let score, let otherScore, score != otherScore {
      return score > otherScore
    }
    guard let selection else { return one.pid > other.pid }
    return selection.precedes(one, other)
  }

  /// A process in the kernel's choice, with its own badness unless another is supposed.
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
