import Badness
import Core
import ProcFS
import Processes

/// The processes that a prediction is about.
struct Field {
  let domain: Domain
  let machine: Machine
  let subjects: [Subject]
  let contestants: [Contestant]
  let relations: Relations
  let survey: Survey
  let completeness: Completeness
  /// Whether these are all processes, and not the leaders alone.
  private let isWhole: Bool
  /// The scores by which the leaders were found.
  private var scan: ScoreScan?
  /// What goes before the kernel chooses; `nil` where it chooses at once.
  let reclaim: Reclaim?

  /// Up to so many processes all are read whatever is asked.
  private static let fewProcesses = 512
  /// So many more leaders are read, lest all must be for their order after a reclaim.
  private static let spareLeaders = 24

  /// Reads all processes, or where that won't change the answer the likeliest `count` and some more.
  init(
    _ domain: Domain, isWhole: Bool, count: Int, on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    if !isWhole, domain.shortage == .system, machine.isKernelsOwnRule,
      let field = try Self.ofLeaders(domain, count: count, machine, in: world)
    {
      self = field
      return
    }
    let population = try Population(
      on: machine, needs: .all.union(.executable), isScored: true, in: world.proc)
    self.init(
      population.subjects, domain, population.survey, Completeness(of: population, in: world),
      isWhole: true, machine, in: world)
  }

  private init(
    _ subjects: [Subject], _ domain: Domain, _ survey: Survey, _ completeness: Completeness,
    isWhole: Bool, _ machine: Machine, in world: borrowing World
  ) {
    self.init(
      subjects, domain, Relations(among: subjects, in: domain, on: machine, in: world), survey,
      completeness, isWhole: isWhole, after: nil, machine)
  }

  private init(
    _ subjects: [Subject], _ domain: Domain, _ relations: Relations, _ survey: Survey,
    _ completeness: Completeness, isWhole: Bool, after reclaim: Reclaim?, _ machine: Machine
  ) {
    self.domain = domain
    self.machine = machine
    self.subjects = subjects
    self.relations = relations
    self.survey = survey
    self.completeness = completeness
    self.isWhole = isWhole
    self.reclaim = reclaim
    let contestants = subjects.compactMap { machine.contestant($0, in: domain, after: reclaim) }
    guard domain.shortage == .system, domain.capacity == machine.capacity,
      let restored = machine.restoredCapacity,
      contestants.contains(where: \.subject.isTakenAtOnce)
    else {
      self.contestants = contestants
      return
    }
    // It comes first by any measure, and the others when it has given up.
    var later = domain
    later.capacity = restored
    self.contestants = subjects.compactMap { machine.contestant($0, in: later, after: reclaim) }
  }

  /// The same under suppositions, or in another domain.
  func with(_ supposed: SupposedWorld? = nil, in other: Domain? = nil) -> Field {
    let changed = subjects.compactMap { subject in
      supposed.map { $0.changed(subject, on: machine) } ?? subject
    }
    return Field(
      changed, other ?? domain, relations, survey, completeness, isWhole: isWhole, after: reclaim,
      machine)
  }

  /// The same after a reclaim. Where only leaders were read, those are that may overtake them by it.
  func reclaimed(
    by reclaim: Reclaim, count: Int, in world: borrowing World
  ) throws(Failure) -> Field {
    let field = Field(
      subjects, domain, relations, survey, completeness, isWhole: isWhole, after: reclaim, machine)
    if isWhole || field.isLed(by: count, among: self) { return field }
    var others = Overtakers(count: count, of: field, reclaim)
    try others.find(by: scan, in: world)
    let subjects = subjects + others.subjects
    let relations = Relations(among: subjects, in: domain, on: machine, in: world)
    guard relations.isEmpty else {
      return try Field(domain, isWhole: true, count: count, on: machine, in: world)
        .reclaimed(by: reclaim, count: count, in: world)
    }
    return Field(
      subjects, domain, relations, others.survey, completeness, isWhole: isWhole, after: reclaim,
      machine)
  }

  /// Whether the first `count` of these are the first of all, though only the leaders before the reclaim were
  /// read: nobody gains by it, so whoever was behind these leaders is behind the last of them.
  private func isLed(by count: Int, among before: Field) -> Bool {
    guard let bound = before.contestants.map(\.badness).min() else { return false }
    return contestants.count { $0.badness > bound } >= count
  }

  /// Those that are in the domain, whether they can be killed or not.
  var members: [Subject] { subjects.filter { domain.contains($0.record) } }

  var sequence: KillSequence {
    KillSequence(contestants, of: subjects, relations: relations, on: machine)
  }

  /// `nil` where some die together, or there are few: then all are worth a look.
  private static func ofLeaders(
    _ domain: Domain, count: Int, _ machine: Machine, in world: borrowing World
  ) throws(Failure) -> Field? {
    let leaders = try Leaders(
      count: count + 1 + spareLeaders, needs: .all, isScored: true, on: machine, in: world.proc)
    let seen = leaders.scan.positiveCount + leaders.scan.zeroCount
    guard seen > fewProcesses else { return nil }
    let completeness = Completeness(of: leaders, in: world)
    var field = Field(
      leaders.subjects, domain, leaders.survey, completeness, isWhole: false, machine, in: world)
    field.scan = leaders.scan
    return field.relations.isEmpty ? field : nil
  }
}
