import Badness
import CgroupFS
import Core
import KernelLog
import KillPrediction
import Posix
import ProcFS
import Processes

/// A drill under way: a group, and those in it.
struct DrillStage {
  let plan: DrillPlan
  let group: DrillGroup
  let members: [MemoryChild]
  let context: ProcessContext

  var grower: MemoryChild { members[members.count - 1] }

  /// Has everybody enter the group, and then take what it is to have.
  func settle(
    in hierarchy: borrowing CgroupHierarchy, _ watch: borrowing DrillWatch
  ) throws(Failure) {
    for (index, member) in members.enumerated() {
      try group.add(member.id, in: hierarchy)
      member.take(plan.members[index].size)
      guard try watch.next(of: members) == .answer(index) else {
        throw Failure(
          "\(plan.members[index].name) couldn't take its memory before the limit was hit",
          advice: "Try it with a higher --limit.")
      }
    }
  }

  /// The processes that the kernel will choose once the last member has all that is left of the
  /// limit: as `predict --in` with `--grow` says it.
  func prediction(in world: borrowing World) throws(Failure) -> Prediction {
    let machine = context.machine
    guard let capacity = machine.capacity, machine.rule != nil, let kernel = machine.kernel,
      let growth = SupposedGrowth(argument: "\(grower.id)=+\(plan.growth)")
    else { throw Failure("nothing can be predicted on this kernel") }
    let domain = try Domain.memoryCgroup(
      group.path, limit: nil, on: machine, capacity, in: world)
    let policy = Policy(for: domain, on: kernel, in: world)
    let field = try PredictionInput(
      domain, isWhole: true, count: members.count, on: machine, in: world)
    let supposed = try WhatIf(
      Suppositions(growths: [growth]), among: field, users: context.columnContext.users, in: world)
    let grown = field.with(supposed)
    var prediction = Prediction(
      grown, until: Horizon(steps: members.count), policy: policy, in: world)
    prediction.kill(invoker: grower.id, in: grown, world)
    return prediction
  }

  /// Lets the last member grow step by step until the kernel has killed: returns the members that
  /// it took.
  func release(
    in hierarchy: borrowing CgroupHierarchy, _ watch: borrowing DrillWatch,
    _ world: borrowing World
  ) throws(Failure) -> DrillKill {
    var words = KernelWords(in: world)
    var grown = 0
    while grown <= plan.growth + plan.step {
      grower.take(plan.step)
      grown += plan.step
      let event = try next(watch, among: members)
      let count = count(in: hierarchy, world)
      if case .answer = event, count ?? 0 == 0 { continue }
      var dead: [Int] = []
      if case .death(let index) = event { dead.append(index) }
      while dead.isEmpty || dead.count < count ?? 1 {
        let living = members.indices.filter { !dead.contains($0) }
        // An answer of the last member is of no interest now.
        if case .death(let index) = try next(watch, among: living.map { members[$0] }) {
          dead.append(living[index])
        }
      }
      return try kill(of: dead, &words, in: hierarchy, world)
    }
    throw Failure("the limit was never hit: the kernel gave more than it")
  }

  private func next(
    _ watch: borrowing DrillWatch, among members: [MemoryChild]
  ) throws(Failure) -> DrillWatch.Event {
    if let event = try watch.next(of: members) { return event }
    throw Failure("nobody was killed in \(DrillWatch.timeout / 1000) s")
  }

  private func count(
    in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) -> Int? {
    (world.known(try hierarchy.kills(in: group.path)) ?? nil).map { Int(clamping: $0) }
  }

  /// Of several dead the log knows the order: the one that the kernel took first may take longer to die.
  private func kill(
    of dead: [Int], _ words: inout KernelWords, in hierarchy: borrowing CgroupHierarchy,
    _ world: borrowing World
  ) throws(Failure) -> DrillKill {
    var signals: [Int32] = []
    for index in dead {
      guard let signal = members[index].reap() else {
        throw Failure("\(plan.members[index].name) has ended by itself, which it shouldn't")
      }
      signals.append(signal)
    }
    let names = dead.map { "(\(plan.members[$0].name))" }
    let lines = words.ofKill(count: dead.count) { line in
      line.hasPrefix("oom-kill:") && line.holds(group.name.text)
        || line.holds("Killed process ") && names.contains(where: line.holds)
    }
    let kills = lines.filter { $0.holds("Killed process ") }
    let order = dead.indices.sorted { one, other in
      (kills.firstIndex { $0.holds(names[one]) } ?? .max)
        < (kills.firstIndex { $0.holds(names[other]) } ?? .max)
    }
    return DrillKill(
      dead: order.map { dead[$0] }, signals: order.map { signals[$0] },
      count: count(in: hierarchy, world), isOrdered: kills.count >= dead.count, words: lines)
  }
}

/// The members that the kernel took.
struct DrillKill: Sendable {
  /// The members', the first to be taken in front. There is a second one only where the kernel didn't
  /// wait for the memory of the first: `exit_mmap` in mm/mmap.c lets it go on before all is given back.
  let dead: [Int]
  let signals: [Int32]
  /// Kills that the kernel counts in the group; `nil` where it doesn't count.
  let count: Int?
  /// True where its log tells the order.
  let isOrdered: Bool
  /// The kernel's lines in its log.
  let words: [String]
}
