import Badness
import ProcFS
package import Processes

/// One step of the kernel's kill order.
package struct PredictedKill: Sendable {
  package var step: Int
  /// The process that dies first in this step.
  package var victim: ScoredProcess
  /// The process that the kernel chose, where a child dies instead of it.
  var selected: ScoredProcess?
  /// Processes that die along on the same memory.
  var sharers: [ScoredProcess] = []
  /// Processes that die along in the same memory cgroup.
  var members: [ScoredProcess] = []
  /// Processes that die along on the memory of one of those.
  var companions: [ScoredProcess] = []
  /// The chosen one's badness in the domain.
  package var badness: Int128
  /// The bytes that the victim and the others free.
  package var freed = 0
  /// The bytes that all steps so far free.
  var freedTotal = 0
  /// Processes of which only the most that they free is known.
  package var estimated: [ScoredProcess] = []
  /// True if there were none in all steps so far.
  var isTotalExact = true
  /// Shared memory of theirs that has a name, and stays: bytes.
  var kept = 0
  /// The process that follows, and how far behind, in bytes.
  package var next: ScoredProcess?
  package var margin: Int?
  /// The order that decides between this process and those with equal badness; `nil` where there
  /// are none.
  var tie: TieOrder?
  /// Processes that may come before it, depending on whose shared memory goes to swap.
  var rivals: [ScoredProcess] = []

  /// The process that the kernel chose.
  var chosen: ScoredProcess { selected ?? victim }
  package var others: [ScoredProcess] { sharers + members + companions }
  package var dead: [ScoredProcess] { [victim] + others }
}

/// The kernel's kill order: it takes the worst process, with all that die along, then looks again.
///
/// No badness changes by the death of others: it is measured against all memory, not the free.
struct KillSequence {
  let machine: Machine
  /// The processes that can be chosen, the first victim first.
  private let order: [DomainCandidate]
  /// The most by which a badness in it may be higher.
  private let mostDoubt: Int128
  private var position = 0
  /// All processes, those included that can't be chosen: group kills and children need them.
  private let all: [ScoredProcess]
  private let relations: Relations
  private var dead: Set<ProcessID> = []
  private var steps = 0

  init(
    _ candidates: [DomainCandidate], of all: [ScoredProcess], relations: Relations,
    on machine: Machine
  ) {
    order = machine.ranked(candidates)
    mostDoubt = order.map(\.doubt.above).max() ?? 0
    self.all = all
    self.relations = relations
    self.machine = machine
  }

  /// Carries out the next kill; `nil` when no process is left that can be killed.
  mutating func next() -> PredictedKill? {
    skipDead()
    return position < order.count ? kill(order[position]) : nil
  }

  /// Kills a process that is chosen for another reason than its badness.
  mutating func kill(_ chosen: DomainCandidate) -> PredictedKill {
    let victim = child(of: chosen)?.subject ?? chosen.subject
    steps += 1
    var kill = PredictedKill(step: steps, victim: victim, badness: chosen.badness)
    if victim.id != chosen.id { kill.selected = chosen.subject }
    kill.sharers = sharers(of: victim)
    kill.members = members(with: victim, but: kill.sharers)
    kill.companions = companions(of: kill)
    dead.formUnion(kill.dead.map(\.id))
    skipDead()
    guard position < order.count else { return kill }
    kill.next = order[position].subject
    // A parent in whose place a child has died follows itself: nothing decides between the two.
    guard order[position].id != chosen.id else { return kill }
    kill.margin = margin(chosen, over: order[position])
    kill.tie = tie(of: chosen)
    kill.rivals = rivals(of: chosen)
    return kill
  }

  private mutating func skipDead() {
    while position < order.count, dead.contains(order[position].id) { position += 1 }
  }

  /// One doubt among several equals makes all doubtful.
  private func tie(of chosen: DomainCandidate) -> TieOrder? {
    var tie: TieOrder?
    for other in order[position...] {
      guard other.badness == chosen.badness else { break }
      if dead.contains(other.id) { continue }
      let order = TieOrder(chosen.stop, other.stop)
      if case .unknown = order { return order }
      tie = order
    }
    return tie
  }

  /// Only those near enough are looked at, so that a long sequence doesn't look at all in each step.
  private func rivals(of chosen: DomainCandidate) -> [ScoredProcess] {
    guard !chosen.subject.isTakenAtOnce, chosen.doubt.below > 0 || mostDoubt > 0 else { return [] }
    let least = chosen.badness - chosen.doubt.below
    return order[position...].prefix { $0.badness >= least - mostDoubt }.filter { other in
      (chosen.doubt.below > 0 || other.doubt.above > 0) && !dead.contains(other.id)
        && other.badness >= least - other.doubt.above
    }.map(\.subject)
  }

  private func margin(_ one: DomainCandidate, over other: DomainCandidate) -> Int? {
    one.lead(over: other, on: machine).flatMap(machine.bytes)
  }
}

extension KillSequence {
  /// The child that dies instead of its parent, which may happen up to 5.0.
  private func child(of chosen: DomainCandidate) -> DomainCandidate? {
    guard let rule = relations.rule, rule.sacrifice != .none else { return nil }
    let sharers = relations.sharers(of: chosen.id)
    let children = order.filter {
      $0.subject.record.parent == chosen.id && !dead.contains($0.id) && !sharers.contains($0.id)
    }.sorted { $0.subject.age < $1.subject.age }
    if rule.sacrifice == .firstChild { return children.first }
    return children.filter { $0.badness > 0 }.reduce(nil) { worst, child in
      guard let worst else { return child }
      return child.badness > worst.badness ? child : worst
    }
  }

  private func sharers(of victim: ScoredProcess) -> [ScoredProcess] {
    let ids = relations.sharers(of: victim.id)
    guard ids.count > 1, let fate = relations.rule?.sharers, fate != .live else { return [] }
    return all.filter { subject in
      subject.id != victim.id && ids.contains(subject.id) && !dead.contains(subject.id)
        && !(fate == .dieUnlessExempt && subject.isSpared)
    }
  }

  /// Each member of a group dies like a victim, with all that runs on its memory, inside the group or not
  /// (mm/oom_kill.c `oom_kill_memcg_member`, `__oom_kill_process`).
  private func companions(of kill: PredictedKill) -> [ScoredProcess] {
    var known = Set(([kill.victim] + kill.sharers + kill.members).map(\.id))
    return kill.members.flatMap { sharers(of: $0) }.filter { known.insert($0.id).inserted }
  }

  private func members(with victim: ScoredProcess, but sharers: [ScoredProcess]) -> [ScoredProcess]
  {
    guard let group = relations.group(of: victim.record).map({ CgroupPath($0) }) else { return [] }
    return all.filter { subject in
      subject.id != victim.id && !dead.contains(subject.id) && subject.record.hasMemory
        && !subject.isSpared && !sharers.contains { $0.id == subject.id }
        && group.contains(subject.record.cgroups?.memory?.path ?? "")
    }
  }
}

extension ScoredProcess {
  /// The sort key by which the older comes first.
  fileprivate var age: (UInt64, ProcessID) { (record.stat?.startTicks ?? 0, id) }

  /// True if it is spared when others die: init, and a process at -1000.
  fileprivate var isSpared: Bool {
    record.isInit || record.adjustment == OOMAdjustment.minimum
  }
}
