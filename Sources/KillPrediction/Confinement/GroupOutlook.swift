import Badness
package import Core
import ProcFS
package import Processes

/// The outcome when the group that confines this view reaches its limit: the first answer of a
/// container.
package struct GroupOutlook {
  package let confinement: Confinement
  package let field: PredictionInput
  package let policy: Policy
  /// Its first kill.
  package let prediction: Prediction
  /// The processes that can be killed, the first victim first, with ranks.
  package let ranked: [ScoredProcess]

  /// `nil` where the kernel's version or the size of memory is unknown.
  package init?(
    _ confinement: Confinement, on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    guard let capacity = machine.capacity, machine.rule != nil, let kernel = machine.kernel else {
      return nil
    }
    let domain = try Domain.confined(by: confinement, on: machine, capacity, in: world)
    self.confinement = confinement
    policy = Policy(for: domain, on: kernel, in: world)
    field = try PredictionInput(domain, isWhole: true, count: 1, on: machine, in: world)
    prediction = Prediction(field, until: Horizon(steps: 1), policy: policy, in: world)
    var ranked = machine.ranked(field.candidates).map(\.subject)
    for index in ranked.indices { ranked[index].rank = index + 1 }
    self.ranked = ranked
  }
}

extension Domain {
  /// A shortage in the group that confines this view.
  static func confined(
    by confinement: Confinement, on machine: Machine, _ capacity: MemoryCapacity,
    in world: borrowing World
  ) throws(Failure) -> Domain {
    var domain = try memoryCgroup(
      confinement.path, limit: confinement.isLimitFromAbove ? confinement.limit : nil, on: machine,
      capacity, in: world)
    domain.isLimitOfOthers = confinement.isLimitFromAbove
    return domain
  }
}

extension PredictionInput {
  /// True if every process is seen that the kernel may choose from; `nil` where nothing shows it,
  /// as for a memory cgroup of version 1 in a PID namespace.
  var isWhollySeen: Bool? {
    if completeness.isComplete || completeness.seesAll { return true }
    guard domain.shortage == .memoryCgroup, completeness.isOnlyOutside, !domain.isLimitOfOthers
    else {
      return false
    }
    return domain.unseenCount.map { $0 == 0 }
  }

  /// True if the first of the visible processes is named as the victim. A container's group mostly
  /// has no other processes than its PID namespace, so a doubt that nothing supports doesn't count.
  package var isWholeView: Bool { isWhollySeen ?? true }
}
