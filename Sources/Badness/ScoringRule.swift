/// One way in which kernels have scored processes.
///
/// Scores are made by `badness` or `oom_badness` in `mm/oom_kill.c`, and shown by `proc_oom_score`
/// in `fs/proc/base.c`.
public struct ScoringRule: KernelEra, Hashable {
  /// The release that brought the rule, and its name.
  public let since: KernelVersion
  /// The last release that had it; `nil` while it holds.
  public let through: KernelVersion?
  /// 2.4.22 for the rule of 2.6.0; else the same as `since`.
  public let lowest: KernelVersion
  /// The formula, in a line for people.
  public let summary: String
  let family: Family
  let traits: Traits

  init(
    _ since: KernelVersion, lowest: KernelVersion? = nil, through: KernelVersion?,
    _ family: Family, _ traits: Traits, _ summary: String
  ) {
    self.since = since
    self.through = through
    self.lowest = lowest ?? since
    self.summary = summary
    self.family = family
    self.traits = traits
  }

  /// The four ideas of what a score is.
  enum Family {
    case points, perMille, pages, signedPages
  }
}

extension ScoringRule {
  /// The unit of its scores.
  public var unit: BadnessUnit {
    switch family {
    case .points: .points
    case .perMille: .perMille
    case .pages, .signedPages: .pages
    }
  }

  /// True where scores depend on `oom_adj` rather than on `oom_score_adj`: to 2.6.35.
  public var readsLegacyAdjustment: Bool { family == .points }

  /// True where `CAP_SYS_ADMIN` lowers a score: to 4.16.
  public var favorsAdministrators: Bool {
    switch family {
    case .points, .perMille: true
    case .pages, .signedPages: !traits.isDisjoint(with: [.adjustmentBonus, .memoryBonus])
    }
  }

  /// The score of a candidate, step by step.
  public func explain(_ candidate: Candidate, in capacity: MemoryCapacity) -> Explanation {
    var calculation = Calculation(on: capacity.wordSize, in: unit, recording: true)
    let exemption = weigh(candidate, in: capacity, with: &calculation)
    let badness = exemption == nil ? calculation.value : nil
    return Explanation(
      unit: unit, exemption: exemption, terms: calculation.terms,
      returned: badness ?? ineligible(on: capacity.wordSize),
      oomScore: oomScore(ofBadness: badness, in: capacity))
  }

  /// The score alone; `nil` when the candidate isn't eligible.
  public func score(_ candidate: Candidate, in capacity: MemoryCapacity) -> Int128? {
    var calculation = Calculation(on: capacity.wordSize, in: unit, recording: false)
    let exemption = weigh(candidate, in: capacity, with: &calculation)
    return exemption == nil ? calculation.value : nil
  }

  private func ineligible(on wordSize: WordSize) -> Int128 {
    family == .signedPages ? wordSize.lowestLong : 0
  }
}

extension ScoringRule {
  private func weigh(
    _ candidate: Candidate, in capacity: MemoryCapacity, with calculation: inout Calculation
  ) -> Exemption? {
    guard let memory = candidate.memory else { return candidate.standing.exemption ?? .noMemory }
    if let exemption = exemption(of: candidate) { return exemption }
    switch family {
    case .points: weighPoints(candidate, memory, with: &calculation)
    case .perMille: weighPerMille(candidate, memory, in: capacity, with: &calculation)
    case .pages, .signedPages: weighPages(candidate, memory, in: capacity, with: &calculation)
    }
    return nil
  }

  /// The reason why a process that has memory isn't eligible.
  ///
  /// To 2.6.35 init and `oom_adj` -17 are left out by the selection, not by the score.
  private func exemption(of candidate: Candidate) -> Exemption? {
    if family != .points {
      if let exemption = candidate.standing.exemption { return exemption }
      if candidate.adjustment == OOMAdjustment.minimum { return .adjustment }
    } else if traits.contains(.sparesDisabled) {
      if candidate.legacyAdjustment == OOMAdjustment.disable { return .adjustment }
    }
    return Self.spared.first { traits.contains($0.0) && candidate.marks.contains($0.1) }?.2
  }

  private static let spared: [(Traits, Candidate.Marks, Exemption)] = [
    (.sparesDying, .memoryDie, .memoryDie), (.sparesSkipped, .skipped, .skipped),
    (.sparesVfork, .inVfork, .inVfork),
  ]
}
