import Badness
package import Core
import ProcFS
package import Processes

/// The processes that a prediction is about.
package struct PredictionInput {
  package let domain: Domain
  let machine: Machine
  package let subjects: [ScoredProcess]
  package let candidates: [DomainCandidate]
  let relations: Relations
  package let reader: ProcessReader
  package let completeness: Completeness
  /// True if these are all processes, and not the leaders alone.
  private let isWhole: Bool
  /// The scores by which the leaders were found.
  private var scan: ScoreScan?
  /// The reclaim before the kernel chooses; `nil` where it chooses at once.
  let reclaim: Reclaim?

  /// The number of processes up to which all are read, whatever is asked.
  private static let fewProcesses = 512
  /// The number of additional leaders, so that their order after a reclaim seldom needs all
  /// processes.
  private static let spareLeaders = 24

  /// Reads all processes, or, where that doesn't change the answer, the likeliest `count` and some
  /// more.
  package init(
    _ domain: Domain, isWhole: Bool, count: Int, on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    if !isWhole, domain.shortage == .system, machine.isKernelsOwnRule,
      let field = try Self.ofLeaders(domain, count: count, machine, in: world)
    {
      self = field
      return
    }
    let processes = try ProcessList(
      on: machine, needs: .all.union(.executable), isScored: true, in: world.proc)
    self.init(
      processes.subjects, domain, processes.reader, Completeness(of: processes, in: world),
      isWhole: true, machine, in: world)
  }

  private init(
    _ subjects: [ScoredProcess], _ domain: Domain, _ reader: ProcessReader,
    _ completeness: Completeness,
    isWhole: Bool, _ machine: Machine, in world: borrowing World
  ) {
    self.init(
      subjects, domain, Relations(among: subjects, in: domain, on: machine, in: world), reader,
      completeness, isWhole: isWhole, after: nil, machine)
  }

  private init(
    _ subjects: [ScoredProcess], _ domain: Domain, _ relations: Relations, _ reader: ProcessReader,
    _ completeness: Completeness, isWhole: Bool, after reclaim: Reclaim?, _ machine: Machine
  ) {
    self.domain = domain
    self.machine = machine
    self.subjects = subjects
    self.relations = relations
    self.reader = reader
    self.completeness = completeness
    self.isWhole = isWhole
    self.reclaim = reclaim
    let candidates = subjects.compactMap { machine.domainCandidate($0, in: domain, after: reclaim) }
    guard domain.shortage == .system, domain.capacity == machine.capacity,
      let restored = machine.restoredCapacity,
      candidates.contains(where: \.subject.isTakenAtOnce)
    else {
      self.candidates = candidates
      return
    }
    // It comes first by any measure, and the others when it has given up.
    var later = domain
    later.capacity = restored
    self.candidates = subjects.compactMap { machine.domainCandidate($0, in: later, after: reclaim) }
  }

  /// This input under suppositions, or in another domain.
  package func with(_ supposed: WhatIf? = nil, in other: Domain? = nil) -> PredictionInput {
    let changed = subjects.compactMap { subject in
      supposed.map { $0.changed(subject, on: machine) } ?? subject
    }
    return PredictionInput(
      changed, other ?? domain, relations, reader, completeness, isWhole: isWhole, after: reclaim,
      machine)
  }

  /// This input after a reclaim. Where only leaders were read, processes that may overtake them are
  /// read too.
  func reclaimed(
    by reclaim: Reclaim, count: Int, in world: borrowing World
  ) throws(Failure) -> PredictionInput {
    let field = PredictionInput(
      subjects, domain, relations, reader, completeness, isWhole: isWhole, after: reclaim, machine)
    if isWhole || field.isLed(by: count, among: self) { return field }
    var others = Overtakers(count: count, of: field, reclaim)
    try others.find(by: scan, in: world)
    let subjects = subjects + others.subjects
    let relations = Relations(among: subjects, in: domain, on: machine, in: world)
    guard relations.isEmpty else {
      return try PredictionInput(domain, isWhole: true, count: count, on: machine, in: world)
        .reclaimed(by: reclaim, count: count, in: world)
    }
    return PredictionInput(
      subjects, domain, relations, others.reader, completeness, isWhole: isWhole, after: reclaim,
      machine)
  }

  /// True if the first `count` of these are the first of all, though only the leaders before the
  /// reclaim were read: no badness rises by it, so a process that was behind these leaders is
  /// behind the last of them.
  private func isLed(by count: Int, among before: PredictionInput) -> Bool {
    guard let bound = before.candidates.map(\.badness).min() else { return false }
    return candidates.count { $0.badness > bound } >= count
  }

  /// Processes in the domain, including those that can't be killed.
  package var members: [ScoredProcess] { subjects.filter { domain.contains($0.record) } }

  var sequence: KillSequence {
    KillSequence(candidates, of: subjects, relations: relations, on: machine)
  }

  /// The input from the leaders alone; `nil` where some die together, or there are few processes:
  /// then all are read.
  private static func ofLeaders(
    _ domain: Domain, count: Int, _ machine: Machine, in world: borrowing World
  ) throws(Failure) -> PredictionInput? {
    let firstVictims = try FirstVictims(
      count: count + 1 + spareLeaders, needs: .all, isScored: true, on: machine, in: world.proc)
    let seen = firstVictims.scan.positiveCount + firstVictims.scan.zeroCount
    guard seen > fewProcesses else { return nil }
    let completeness = Completeness(of: firstVictims, in: world)
    var field = PredictionInput(
      firstVictims.subjects, domain, firstVictims.reader, completeness, isWhole: false, machine,
      in: world)
    field.scan = firstVictims.scan
    return field.relations.isEmpty ? field : nil
  }
}
