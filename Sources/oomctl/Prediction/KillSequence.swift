import Badness
import ProcFS

/// One step of the kernel's kill order.
struct Kill: Sendable {
  var step: Int
  /// Who dies first in this step.
  var victim: Contestant
  /// Whom the kernel chose, where a child dies in its stead.
  var selected: Contestant?
  /// Who dies along: on the same memory, or in the same memory cgroup.
  var others: [Contestant] = []
  /// Of the victim and the others, bytes.
  var freed = 0
  /// Of all steps so far.
  var freedTotal = 0
  /// Who follows, and how far behind in bytes.
  var next: Contestant?
  var margin: Int?
}

/// The kernel's kill order: it takes the worst, with all that dies along, then looks again.
///
/// Nobody's badness changes by the death of others: it is measured against all memory, not the free.
struct KillSequence {
  let machine: Machine
  /// Those alive, the next victim in front.
  private(set) var living: [Contestant]
  /// All processes, those included that can't be chosen; group kills and children need them.
  let all: [Subject]
  let relations: Relations
  private var steps = 0
  private var freed = 0

  init(_ contestants: [Contestant], of all: [Subject], relations: Relations, on machine: Machine) {
    living = machine.ranked(contestants)
    self.all = all
    self.relations = relations
    self.machine = machine
  }

  /// Carries out the next kill; `nil` when there is nobody left to be killed.
  mutating func next() -> Kill? {
    guard let chosen = living.first else { return nil }
    let victim = child(of: chosen) ?? chosen
    steps += 1
    var kill = Kill(step: steps, victim: victim)
    if victim.id != chosen.id { kill.selected = chosen }
    kill.others = companions(of: victim)
    let dead = [victim.id] + kill.others.map(\.id)
    living.removeAll { dead.contains($0.id) }
    kill.freed = gain(of: [victim] + kill.others)
    freed += kill.freed
    kill.freedTotal = freed
    kill.next = living.first
    kill.margin = living.first.flatMap { margin(chosen, over: $0) }
    return kill
  }

  /// Memory that several share is freed once.
  private func gain(of dead: [Contestant]) -> Int {
    var counted: [ProcessID] = []
    var gain = 0
    for one in dead {
      let sharers = relations.sharers(of: one.id)
      if !counted.contains(where: sharers.contains) { gain += one.freed }
      counted.append(one.id)
    }
    return gain
  }

  private func margin(_ one: Contestant, over other: Contestant) -> Int? {
    guard machine.rule?.unit == .pages else { return nil }
    return machine.bytes(one.badness - other.badness)
  }
}

extension KillSequence {
  /// To 5.0 a child may die in its parent's stead.
  private func child(of chosen: Contestant) -> Contestant? {
    let children = living.filter { $0.subject.record.parent == chosen.id }
      .sorted { $0.subject.age < $1.subject.age }
      .filter { !relations.sharers(of: chosen.id).contains($0.id) }
    switch relations.rule?.sacrifice ?? .none {
    case .none: return nil
    case .firstChild: return children.first
    case .worstChild:
      return children.filter { $0.badness > 0 }
        .reduce(nil) { worst, child in
          guard let worst else { return child }
          return child.badness > worst.badness ? child : worst
        }
    }
  }

  private func companions(of victim: Contestant) -> [Contestant] {
    var companions: [Contestant] = []
    func add(_ ids: [ProcessID]) {
      for id in ids where id != victim.id && !companions.contains(where: { $0.id == id }) {
        if let one = contestant(id) { companions.append(one) }
      }
    }
    if relations.rule?.sharers != .live { add(relations.sharers(of: victim.id)) }
    if let group = relations.group(of: victim.subject.record) {
      let members = all.filter { subject in
        subject.record.cgroups?.memory.map { CgroupPath(group).contains($0.path) } ?? false
          && subject.record.hasMemory && !subject.isExempt
      }
      add(members.map(\.id))
    }
    return companions
  }

  /// Also of one that couldn't be chosen by itself.
  private func contestant(_ id: ProcessID) -> Contestant? {
    if let one = living.first(where: { $0.id == id }) { return one }
    guard let subject = all.first(where: { $0.id == id }), let candidate = subject.candidate else {
      return nil
    }
    return Contestant(subject: subject, candidate: candidate, badness: 0, freed: subject.freed)
  }
}

extension Subject {
  /// By which the older comes first.
  fileprivate var age: (UInt64, ProcessID) { (record.stat?.startTicks ?? 0, id) }

  /// Whether a group's death spares it: init, and what is at -1000.
  fileprivate var isExempt: Bool {
    record.isInit || record.adjustment == OOMAdjustment.minimum
  }
}
