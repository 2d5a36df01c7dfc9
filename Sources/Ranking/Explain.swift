import Arguments
import Badness
import Core
package import KillPrediction
import ProcFS
package import Processes
import Units

/// The reasons why the kernel ranks a process as it does.
package struct Explain: WorldCommand {
  static let name = "explain"
  static let summary = "Show how a process's badness comes about, and what would change it."
  static let group: String? = "See"
  static let discussion = [
    """
    The sum is the kernel's, term by term in its order; beneath stands what that kernel prints as \
    oom_score, and what it really prints.
    """
  ]
  static let examples = [
    Example("oomctl explain fluentd", "One by its name."),
    Example("oomctl explain --unit ssh", "All of a unit."),
  ]
  static let parameters: [Parameter<Self>] =
    SelectionOptions.parametersForReading.within(\.selection)
    + CommonOptions.parameters.within(\.common)

  var selection = SelectionOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let context = try ProcessContext(
      common, selection: selection, showsNames: true, in: world)
    var missing = try context.selection.missingNumbers(in: world)
    let processes = try ProcessList(
      on: context.machine, needs: ProcessSnapshot.Fields.all.union(context.selection.needs),
      isScored: true,
      in: world.proc)
    missing.addVanished(context.selection.numbers, from: processes.subjects)
    let confinement = world.confinement
    var outlook: GroupOutlook?
    if let confinement { outlook = try GroupOutlook(confinement, on: context.machine, in: world) }
    let ranked = outlook?.ranked ?? processes.ranked(on: context.machine)
    let ranks = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.rank) })
    var selected = context.selection.selected(from: processes.subjects)
    for index in selected.indices { selected[index].rank = ranks[selected[index].id] ?? nil }
    let completeness = Completeness(of: processes, for: context.selection, in: world)
    var remarks = missing.remarks + completeness.remarks + processes.reader.remarks
    let unmatched = context.selection.unmatched(
      from: processes.subjects, isVoid: selected.isEmpty && missing.isEmpty)
    remarks += unmatched.map { $0.absence(among: processes.subjects, in: world).remark }
    var cases = selected.map { subject in
      outlook.map { Case(subject, in: $0, on: context.machine) }
        ?? Case(subject, among: ranked, on: context.machine)
    }
    for index in cases.indices {
      cases[index].standstill = CgroupLevel.standstill(of: cases[index].subject.record, in: world)
      cases[index].unit = Case.Service(of: cases[index].subject.record, in: world)
    }
    return ExplainReport(
      cases: cases, context: context.columnContext,
      rivals: RankedField(
        count: ranked.count,
        policy: outlook?.policy ?? Policy(ofSystemOn: context.machine, in: world),
        isWholeView: outlook?.field.isWholeView ?? completeness.seesAll,
        group: outlook?.confinement.path),
      isComplete: completeness.isComplete, remarks: remarks)
  }
}

/// One process under explanation, and its rivals.
package struct Case {
  let subject: ScoredProcess
  /// The process that it has to outlive: the first victim, or for that one the runner-up.
  let rival: ScoredProcess?
  /// The highest adjustment at which it would rank behind the rival.
  let toOutlive: Int?
  /// The distance between their badnesses, in bytes; `nil` where badness isn't measured in them.
  let distance: Int?
  /// The finding that tasks wait in its memory cgroup.
  var standstill: Finding?
  /// The system's service that it belongs to.
  var unit: Service?

  /// A service's name and what its files say.
  struct Service {
    let name: String
    let files: UnitFiles

    /// `nil` for a process of none, and one of a user's own.
    init?(of record: ProcessSnapshot, in world: borrowing World) {
      guard let unit = record.unit, unit.user == nil, let name = unit.system,
        name.hasSuffix(".service")
      else { return nil }
      self.name = name
      files = UnitFiles(of: name, includingOwn: true, in: world)
    }
  }

  package init(_ subject: ScoredProcess, among ranked: [ScoredProcess], on machine: Machine) {
    self.subject = subject
    let rival = ranked.first { $0.id != subject.id }
    self.rival = rival
    toOutlive = rival.flatMap { machine.highestAdjustment(of: subject, behind: $0) }
    distance = machine.distance(
      subject.weighedBadness(subject.explanation?.badness),
      rival.flatMap { $0.weighedBadness($0.explanation?.badness) })
  }

  /// The case in a container's group, where badness is measured against the group's limit.
  init(_ subject: ScoredProcess, in outlook: GroupOutlook, on machine: Machine) {
    self.subject = subject
    let field = outlook.field
    let rival = outlook.ranked.first { $0.id != subject.id }
    self.rival = rival
    let other = rival.flatMap { rival in field.candidates.first { $0.id == rival.id } }
    toOutlive = other.flatMap { other in
      machine.highestAdjustment(
        of: subject, at: field.domain.walk.stop(at: subject.id), behind: machine.contender(other),
        in: field.domain.capacity)
    }
    distance = machine.distance(
      subject.weighedBadness(field.candidates.first { $0.id == subject.id }?.badness),
      rival?.weighedBadness(other?.badness))
  }
}

extension ScoredProcess {
  /// Its badness; `nil` if it is taken whatever that is.
  fileprivate func weighedBadness(_ badness: Int128?) -> Int128? {
    isTakenAtOnce ? nil : badness
  }
}

/// The processes among which those under explanation are ranked.
package struct RankedField: Sendable {
  /// The number of processes that the kernel can choose from.
  package let count: Int
  /// The policy in a shortage; `nil` where the kernel's version is unknown.
  package let policy: Policy?
  /// True if all of them were seen.
  package let isWholeView: Bool
  /// The memory cgroup that they are in; `nil` on the whole machine.
  var group: String?

  package init(count: Int, policy: Policy? = nil, isWholeView: Bool, group: String? = nil) {
    self.count = count
    self.policy = policy
    self.isWholeView = isWholeView
    self.group = group
  }

  /// True if the rank decides which process is killed.
  var areChosenByBadness: Bool { policy?.searches ?? true }
}

extension Machine {
  /// The distance between two badnesses, in bytes.
  fileprivate func distance(_ one: Int128?, _ other: Int128?) -> Int? {
    guard rule?.unit == .pages, let one, let other else { return nil }
    return bytes(one > other ? one - other : other - one)
  }
}
