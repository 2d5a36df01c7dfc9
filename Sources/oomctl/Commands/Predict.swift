import Arguments
import Badness
import ProcFS

/// Who dies next, in which order, and what would change it.
struct Predict: WorldCommand {
  static let name = "predict"
  static let summary = "Show whom the kernel would kill, one after the other."
  static let group: String? = "See"
  static let discussion = [
    """
    The kernel takes the worst of the domain that is short of memory: of the whole system, of a memory \
    cgroup that has reached its limit, or of what may use some memory nodes. It measures badness against \
    that domain's size, so the order inside a cgroup can differ from that of the system.
    """,
    """
    What a kill frees is anonymous memory, its swap and page tables. Files stay in the cache, and shared \
    memory (tmpfs, shm) stays where it is.
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
      .option(
        "in", aliases: ["cgroup"], sets: \.cgroup, group: domain,
        help: "The memory cgroup that has reached its limit."),
      .option(
        "for", sets: \.member, group: domain,
        help: "The nearest limited memory cgroup of that process."),
      .option(
        "cpuset", sets: \.nodes, group: domain, help: "The memory nodes that are used up."),
      .option(
        "invoker", sets: \.invoker, group: domain,
        help: "Who asks for memory, and dies if vm.oom_kill_allocating_task is set."),
    ] + Suppositions.parameters.within(\.suppositions) + CommonOptions.parameters.within(\.common)

  private static let domain = "Domain"

  var count: RowCount?
  var goal: ByteCount?
  var before: Selector?
  var cgroup: CgroupPath?
  var member: ProcessNumber?
  var nodes: NodeList?
  var invoker: ProcessNumber?
  var suppositions = Suppositions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    let domains = [cgroup != nil, member != nil, nodes != nil].count { $0 }
    if domains > 1 {
      throw .contradiction("--in, --for and --cpuset each name a domain: give one of them")
    }
    if suppositions.limit != nil, cgroup == nil, member == nil {
      throw .contradiction("--limit is that of a memory cgroup: name it with --in or --for")
    }
    if goal != nil, count != nil {
      throw .contradiction("--free and --count each say when to stop: give one of them")
    }
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    let scene = try Scene(common, in: world)
    let machine = scene.machine
    guard let capacity = machine.capacity, machine.rule != nil, let kernel = machine.kernel else {
      throw Failure(
        "nothing can be predicted: the kernel's version or the size of memory is unknown",
        advice: "Give what is missing with --kernel and --page-size.")
    }
    let domain = try domain(on: machine, capacity, in: world)
    let policy = Policy(for: domain, on: machine, in: world)
    let field = try Field(
      domain, isWhole: needsAll || kernel < KernelVersion(5, 1), count: steps, scene, in: world)
    var report = PredictReport(
      prediction: prediction(field.contestants, of: field, domain, policy, scene),
      context: scene.context, isComplete: field.completeness.isComplete,
      remarks: field.completeness.remarks + field.survey.remarks)
    report.otherKillers = OtherKillers.running(among: field.subjects, in: world)
    var contestants = field.contestants
    if !suppositions.isEmpty {
      let supposed = try SupposedWorld(
        suppositions, among: field.subjects, users: scene.context.users, in: world)
      contestants = field.subjects.compactMap {
        supposed.contestant($0, on: machine, in: domain)
      }
      report.withoutSuppositions = try unsupposed(field, domain, policy, scene, in: world)
      report.prediction = prediction(contestants, of: field, domain, policy, scene)
    }
    if let invoker { try name(invoker, in: &report.prediction, field, machine, contestants) }
    if let before {
      report.prediction.turn = try turn(of: before, contestants, field, domain, scene, in: world)
    }
    return report
  }
}

extension Predict {
  private var steps: Int { count?.number ?? 5 }

  /// Whether the few likeliest won't do.
  private var needsAll: Bool {
    goal != nil || before != nil || invoker != nil || !suppositions.isEmpty
  }

  private func domain(
    on machine: Machine, _ capacity: MemoryCapacity, in world: borrowing World
  ) throws(Failure) -> Domain {
    let limit = suppositions.limit?.bytes
    if let nodes { return try .nodes(nodes, on: machine, capacity, in: world) }
    if let cgroup {
      return try .memoryCgroup(cgroup.path, limit: limit, on: machine, capacity, in: world)
    }
    guard let member else { return .system(capacity) }
    let path = try group(of: member, in: world)
    return try .memoryCgroup(path, limit: limit, on: machine, capacity, in: world)
  }

  private func group(
    of member: ProcessNumber, in world: borrowing World
  ) throws(Failure) -> String {
    var survey = Survey()
    guard let record = survey.record(of: member.id, needs: .cgroups, in: world.proc) else {
      throw Failure("\(member.id): no such process")
    }
    let path = record.cgroups?.memory?.path ?? "/"
    if suppositions.limit != nil { return path }
    guard let group = try world.memoryCgroups().limitedGroup(from: path) else {
      throw Failure(
        "\(member.id): no memory cgroup from \(path) up has a limit",
        advice: "Only the system can run out of memory for it: leave out --for.")
    }
    return group
  }

  private func prediction(
    _ contestants: [Contestant], of field: Field, _ domain: Domain, _ policy: Policy, _ scene: Scene
  ) -> Prediction {
    Prediction(
      contestants, of: field.subjects, relations: field.relations,
      until: Horizon(steps: steps, goal: goal?.bytes), domain: domain, policy: policy,
      on: scene.machine)
  }

  /// With the limit that the group really has, if it has one.
  private func unsupposed(
    _ field: Field, _ domain: Domain, _ policy: Policy, _ scene: Scene, in world: borrowing World
  ) throws(Failure) -> Prediction? {
    guard suppositions.limit != nil, let path = domain.path, let capacity = scene.machine.capacity
    else { return prediction(field.contestants, of: field, domain, policy, scene) }
    guard
      let real = try? Domain.memoryCgroup(
        path, limit: nil, on: scene.machine, capacity, in: world)
    else { return nil }
    let contestants = field.subjects.compactMap { scene.machine.contestant($0, in: real) }
    return prediction(contestants, of: field, real, policy, scene)
  }

  private func name(
    _ invoker: ProcessNumber, in prediction: inout Prediction, _ field: Field, _ machine: Machine,
    _ contestants: [Contestant]
  ) throws(Failure) {
    guard let subject = field.subjects.first(where: { $0.id == invoker.id }) else {
      throw Failure("\(invoker.id): no such process")
    }
    guard prediction.policy.killsAllocatingTask else { return }
    if let contestant = contestants.first(where: { $0.id == subject.id }) {
      prediction.name(
        invoker: contestant, relations: field.relations, all: field.subjects, on: machine)
    } else if let worst = machine.ranked(contestants).first {
      // One that can't be killed isn't: then the kernel looks for the worst after all.
      prediction.name(invoker: worst, relations: field.relations, all: field.subjects, on: machine)
    }
  }

  private func turn(
    of selector: Selector, _ contestants: [Contestant], _ field: Field, _ domain: Domain,
    _ scene: Scene, in world: borrowing World
  ) throws(Failure) -> Prediction.Turn {
    let meant = try selector.meant(among: field.subjects, users: scene.context.users, in: world)
    let subjects = field.subjects.filter { meant.contains($0.id) && domain.contains($0.record) }
    let turns = subjects.map {
      Prediction.Turn(
        of: $0, in: contestants, all: field.subjects, relations: field.relations,
        on: scene.machine, domain)
    }
    // Of several the first to die counts.
    let first = turns.min { ($0.deathsBefore ?? .max) < ($1.deathsBefore ?? .max) }
    guard let first else { throw Failure("'\(selector.text)' means no process of this domain") }
    return first
  }
}
