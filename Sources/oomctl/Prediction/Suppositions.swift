import Arguments
import Badness
import ProcFS

/// What is to be taken for granted, though it isn't so.
struct Suppositions: Sendable {
  var adjustments: [SupposedAdjustment] = []
  var growths: [SupposedGrowth] = []
  var absences: [Selector] = []
  /// Of the memory cgroup.
  var limit: ByteCount?

  var isEmpty: Bool { adjustments.isEmpty && growths.isEmpty && absences.isEmpty && limit == nil }

  static let parameters: [Parameter<Self>] = [
    .options(
      "set", appendsTo: \.adjustments, group: group,
      help: "Suppose that adjustment for those processes."),
    .options(
      "grow", appendsTo: \.growths, group: group,
      help: "Suppose that those processes use that much more memory each."),
    .options(
      "without", appendsTo: \.absences, group: group, help: "Suppose that those processes are gone."
    ),
    .option(
      "limit", sets: \.limit, group: group, help: "Suppose that limit for the memory cgroup."),
  ]

  private static let group = "What if"
}

/// Suppositions with the processes that they mean.
struct SupposedWorld {
  private var adjustments: [ProcessID: Int] = [:]
  private var growths: [ProcessID: Int] = [:]
  private var absences: Set<ProcessID> = []

  init(
    _ suppositions: Suppositions, among subjects: [Subject], users: Users,
    in world: borrowing World
  ) throws(Failure) {
    for selector in suppositions.absences {
      for id in try selector.meant(among: subjects, users: users, in: world) { absences.insert(id) }
    }
    for supposed in suppositions.adjustments {
      let assignment = supposed.assignment
      for id in try assignment.selector.meant(among: subjects, users: users, in: world) {
        if let other = adjustments.updateValue(assignment.value, forKey: id),
          other != assignment.value
        {
          throw Failure(
            "\(id) can't have both adjustments, \(other) and \(assignment.value)", status: .usage)
        }
      }
    }
    for supposed in suppositions.growths {
      let assignment = supposed.assignment
      for id in try assignment.selector.meant(among: subjects, users: users, in: world) {
        growths[id, default: 0] += assignment.value
      }
    }
    let dead = absences.sorted().first { adjustments[$0] != nil || growths[$0] != nil }
    if let dead {
      throw Failure("\(dead) can't be gone and changed as well", status: .usage)
    }
  }

  /// The process as it would be; `nil` when it would be gone, or be passed by.
  func contestant(
    _ subject: Subject, on machine: Machine, in domain: Domain
  ) -> Contestant? {
    guard !absences.contains(subject.id), domain.contains(subject.record),
      var candidate = subject.candidate
    else { return nil }
    var freed = subject.freed
    if let adjustment = adjustments[subject.id] {
      candidate.adjustment = adjustment
      candidate.legacyAdjustment = machine.legacyAdjustment(for: adjustment)
    }
    if let growth = growths[subject.id], let pageSize = machine.pageSize,
      var memory = candidate.memory
    {
      memory.resident = memory.resident + Pages(growth / pageSize)
      memory.total = memory.total + Pages(growth / pageSize)
      candidate.memory = memory
      freed += growth
    }
    return machine.contestant(subject, as: candidate, freed: freed, in: domain)
  }
}

extension Selector {
  /// Those that it means; that there are none is an error.
  func meant(
    among subjects: [Subject], users: Users, in world: borrowing World
  ) throws(Failure) -> [ProcessID] {
    let selection = try Selection(options, users: users, in: world)
    let meant = selection.selected(from: subjects).map(\.id)
    if meant.isEmpty { throw Failure("no process matches '\(text)'") }
    return meant
  }
}

extension Machine {
  /// The old scale's value for a new one, where the old one counts.
  fileprivate func legacyAdjustment(for adjustment: Int) -> Int {
    max(OOMAdjustment.disable, adjustment * -OOMAdjustment.disable / OOMAdjustment.maximum)
  }
}
