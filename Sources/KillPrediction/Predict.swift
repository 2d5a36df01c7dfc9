import Arguments
import Badness
import Core
import ProcFS
import Processes

/// The processes that die next, in which order, and what would change it.
package struct Predict: WorldCommand {
  static let name = "predict"
  static let summary = "Show whom the kernel would kill, one after the other."
  static let group: String? = "See"
  static let discussion = [
    """
    The kernel takes the worst of the domain that is short of memory: of the whole system, of a memory \
    cgroup that has reached its limit, or of what may use some memory nodes. It measures badness against \
    that domain's size, so the order inside a cgroup can differ from that of the system. The kernel's own \
    report names the domain: constraint=CONSTRAINT_NONE, _MEMCG (--in), _CPUSET (--cpuset), \
    _MEMORY_POLICY (--policy).
    """,
    """
    Among processes of equal badness it takes the last that it comes to (from 4.9 to 5.2 and before 4.7, \
    the first). It goes through the system in the order of start ("age" in JSON's tie_order), and through a \
    memory cgroup in the order of cgroup.procs, groups in that of their making ("walk"). Where that \
    can't be seen, as on cgroup v1, age is only likely to decide ("unknown").
    """,
    """
    Whoever switches off swap goes first, whatever its badness, and even at -1000. It is known by its name, \
    swapoff, and the system call that it is in.
    """,
    """
    Inside a container with a memory limit, its memory cgroup is the domain, unless another one is named; \
    --system asks for that of the whole machine. Where not all processes are seen, none is named as the next \
    to die: only the first of those that are.
    """,
    """
    Two orders are told of. Now: sizes are as they are, for SysRq-f and sudden bursts. Reclaimed: when memory \
    runs out more slowly, the kernel first drops mapped files and swaps shared memory out as far as swap has \
    room, and neither counts for badness then. Where the first victim differs, both are named.
    """,
    """
    What a kill frees is private memory, its swap and page tables. Memory that forked processes still have \
    in common, and shared memory without a name (memfd, unlinked files, MAP_SHARED), is freed with the last \
    process that has it mapped. Files stay in the cache, and shared memory with a name (tmpfs, shm) stays \
    where it is. This is read from /proc/PID/smaps; where that isn't readable, or the process hangs, FREES \
    is what the process frees at most, shared memory aside.
    """,
  ]
  static let examples = [
    Example("oomctl predict", "The next five victims of the system."),
    Example("oomctl predict --in /system.slice/app.service", "If that service reaches its limit."),
    Example("oomctl predict --set java=-500 --free 4G", "Who dies for 4 GiB with that adjustment."),
    Example("oomctl predict --before postgres", "Who dies before postgres."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .option("count", "n", sets: \.count, help: "Show at most this many kills, 5 by default."),
      .option("free", sets: \.goal, help: "Go on until that much is freed."),
      .option(
        "before", sets: \.before,
        help: "Show how many die before that process, and how to spare it."),
      .flag(
        "now", sets: \.state, to: .now,
        help: "Show the order by present sizes only."),
      .flag(
        "reclaimed", sets: \.state, to: .reclaimed,
        help: "Show the order once files are dropped and shared memory is swapped out."),
      .flag(
        "system", sets: \.asksForSystem, group: domain,
        help: "The whole system, also inside a container with a limit."),
      .option(
        "in", aliases: ["cgroup"], sets: \.cgroup, group: domain,
        help: "The memory cgroup that has reached its limit."),
      .option(
        "for", sets: \.member, group: domain,
        help: "The nearest limited memory cgroup of that process."),
      .option(
        "cpuset", sets: \.nodes, group: domain,
        help: "The memory nodes of a cpuset that are used up (constraint=CONSTRAINT_CPUSET)."),
      .option(
        "policy", sets: \.policyNodes, group: domain,
        help:
          "The memory nodes of a policy, as set by numactl or mbind, that are used up "
          + "(constraint=CONSTRAINT_MEMORY_POLICY)."),
      .option(
        "invoker", sets: \.invoker, group: domain,
        help: "Who asks for memory, and dies if vm.oom_kill_allocating_task is set."),
    ] + Suppositions.parameters.within(\.suppositions) + CommonOptions.parameters.within(\.common)

  private static let domain = "Domain"

  var count: RowCount?
  var goal: ByteCount?
  var before: Selector?
  /// The order that is asked for; `nil` for that of now, and the first victim of the other where it
  /// differs.
  var state: KillMoment?
  var asksForSystem = false
  var cgroup: CgroupPath?
  var member: ProcessNumber?
  var nodes: NodeList?
  var policyNodes: NodeList?
  var invoker: ProcessNumber?
  var suppositions = Suppositions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if domainCount > 1 {
      throw .contradiction(
        asksForSystem
          ? "--system, --in, --for, --cpuset and --policy each name a domain: give one of them"
          : "--in, --for, --cpuset and --policy each name a domain: give one of them")
    }
    if suppositions.limit != nil, cgroup == nil, member == nil {
      throw .contradiction("--limit is that of a memory cgroup: name it with --in or --for")
    }
    if goal != nil, count != nil {
      throw .contradiction("--free and --count each say when to stop: give one of them")
    }
    if goal?.bytes == 0 { throw .contradiction("--free 0 is free already: give a size above 0") }
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let context = try ProcessContext(common, in: world)
    let machine = context.machine
    guard let capacity = machine.capacity, machine.rule != nil, let kernel = machine.kernel else {
      throw Failure(
        "nothing can be predicted: the kernel's version or the size of memory is unknown",
        advice: "Give what is missing with --kernel and --page-size.")
    }
    let confinement = domainCount == 0 ? world.confinement : nil
    let domain =
      if let confinement {
        try Domain.confined(by: confinement, on: machine, capacity, in: world)
      } else {
        try domain(on: machine, capacity, limit: suppositions.limit?.bytes, in: world)
      }
    let policy = Policy(for: domain, on: kernel, in: world)
    let reclaim = state == .now ? nil : Reclaim(in: domain, world)
    var field = try PredictionInput(
      domain, isWhole: needsAll || kernel < KernelVersion(5, 1), count: steps, on: machine,
      in: world)
    var without: Prediction?
    if !suppositions.isEmpty {
      without = try unsupposed(field, capacity, policy, in: world)
      let supposed = try WhatIf(
        suppositions, among: field, users: context.columnContext.users, in: world)
      field = field.with(supposed)
    }
    var other: Prediction?
    if let reclaim {
      let reclaimed = try field.reclaimed(by: reclaim, count: steps, in: world)
      if state == .reclaimed {
        other = Prediction(field, until: otherHorizon, policy: policy, in: world)
        field = reclaimed
      } else {
        other = Prediction(reclaimed, until: otherHorizon, policy: policy, in: world)
      }
    }
    var prediction = Prediction(field, until: horizon, policy: policy, in: world)
    if let invoker {
      if let missing = try invoker.absence(in: world) { throw Failure(missing.message) }
      prediction.kill(invoker: invoker.id, in: field, world)
    }
    var report = PredictReport(
      prediction: prediction, state: state ?? .now, other: other,
      isStateGiven: state != nil, hasSuppositions: !suppositions.isEmpty,
      withoutSuppositions: without,
      turn: try turn(in: field, policy, context, in: world),
      isTurnMoot: before != nil && !policy.searches,
      isUnmerging: world.isUnmerging, reclaim: reclaim,
      otherKillers: OtherKillers.running(among: field.subjects, in: world), goal: goal?.bytes,
      invoker: invoker?.id, context: context.columnContext, field: field)
    if domainCount == 0 || asksForSystem, confinement == nil {
      report.held = HeldMemory(on: machine, in: world)
    }
    if let confinement {
      report.host = HostOutlook(confinement, on: kernel, capacity, field, in: world)
    }
    return report
  }
}

extension Predict {
  private var domainCount: Int {
    [asksForSystem, cgroup != nil, member != nil, nodes != nil, policyNodes != nil].count { $0 }
  }

  private var steps: Int { count?.number ?? 5 }
  private var horizon: Horizon { Horizon(steps: steps, goal: goal?.bytes) }

  /// The horizon of the order that isn't shown: a page names only its first victim.
  private var otherHorizon: Horizon { common.format == .json ? horizon : Horizon(steps: 1) }

  /// True if the likeliest few processes aren't enough.
  private var needsAll: Bool {
    goal != nil || before != nil || invoker != nil || !suppositions.isEmpty
  }

  private func domain(
    on machine: Machine, _ capacity: MemoryCapacity, limit: Int?, in world: borrowing World
  ) throws(Failure) -> Domain {
    if let nodes { return try .nodes(nodes, on: machine, capacity, in: world) }
    if let policyNodes { return try .policy(policyNodes, on: machine, capacity, in: world) }
    if let cgroup {
      return try .memoryCgroup(cgroup.path, limit: limit, on: machine, capacity, in: world)
    }
    guard let member else { return .system(capacity) }
    let path = try group(of: member, in: world)
    if suppositions.limit != nil {
      return try .memoryCgroup(path, limit: limit, on: machine, capacity, in: world)
    }
    if let group = try world.memoryCgroups().limitedGroup(from: path) {
      return try .memoryCgroup(group, limit: nil, on: machine, capacity, in: world)
    }
    if let confinement = world.confinement, CgroupPath(confinement.path).contains(path) {
      return try .confined(by: confinement, on: machine, capacity, in: world)
    }
    throw Failure(
      "\(member.id): no memory cgroup from \(path) up has a limit",
      advice: "Only the system can run out of memory for it: leave out --for.")
  }

  /// The memory cgroup of a process.
  private func group(
    of member: ProcessNumber, in world: borrowing World
  ) throws(Failure) -> String {
    if let missing = try member.absence(in: world) { throw Failure(missing.message) }
    var reader = ProcessReader()
    guard let record = reader.record(of: member.id, needs: .cgroups, in: world.proc) else {
      throw Failure("\(member.id): no such process")
    }
    return record.cgroups?.memory?.path ?? "/"
  }

  /// The prediction without suppositions, with the limit that the group really has, if it has one.
  private func unsupposed(
    _ field: PredictionInput, _ capacity: MemoryCapacity, _ policy: Policy,
    in world: borrowing World
  ) throws(Failure) -> Prediction? {
    guard suppositions.limit != nil else {
      return Prediction(field, until: horizon, policy: policy, in: world)
    }
    guard let real = try? domain(on: field.machine, capacity, limit: nil, in: world) else {
      return nil
    }
    return Prediction(field.with(in: real), until: horizon, policy: policy, in: world)
  }

  /// The position of a process in the kill order; only a search has one.
  private func turn(
    in field: PredictionInput, _ policy: Policy, _ context: ProcessContext,
    in world: borrowing World
  ) throws(Failure) -> KillPosition? {
    guard let before else { return nil }
    let meant = try before.meant(
      among: field.subjects, users: context.columnContext.users, in: world)
    guard policy.searches else { return nil }
    guard let turn = KillPosition(of: meant, in: field, world) else {
      throw Failure("'\(before.text)' means no process of this domain")
    }
    return turn
  }
}
