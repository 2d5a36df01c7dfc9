import Badness
import CgroupFS
import Changes
import Core
import KillPrediction
import Posix
import ProcFS
import Processes
import Rendering

/// A drill in a memory cgroup of its own, from the checks to the report.
struct GroupDrill {
  let command: Drill

  private var plan: DrillPlan { command.plan }
  private var common: CommonOptions { command.common }

  func run(by program: Program, in world: borrowing World) throws(Failure) -> ExitStatus {
    let context = try ProcessContext(common, in: world)
    let own = try ownProcess(in: world)
    let hierarchy = try world.memoryCgroups()
    let places = DrillPlace.candidates(in: hierarchy, own: own.cgroups)
    let place = try DrillPlace(among: places, in: hierarchy)
    if !command.options.isForced {
      try refuseHarm(in: place, hierarchy, context.machine, in: world)
    }
    if command.options.isDryRun {
      try refuseLowering(own, in: world)
      let report = DrillPlanReport(plan: plan, place: place, version: hierarchy.version)
      return program.show(report, of: Drill.name, common, in: world)
    }
    let report = try perform(in: place, of: places, hierarchy, own, context, by: program, in: world)
    return program.show(report, of: Drill.name, common, in: world)
  }

  /// Does it, and takes back all that it did, however it ends.
  private func perform(
    in place: DrillPlace, of places: [String], _ hierarchy: borrowing CgroupHierarchy,
    _ own: ProcessSnapshot, _ context: ProcessContext, by program: Program,
    in world: borrowing World
  ) throws(Failure) -> DrillReport {
    // Another one would take the controller from under this one's feet, or this one's from it.
    let lock = try hold(place, in: hierarchy)
    defer { withExtendedLifetime(lock) {} }
    let watch = try DrillWatch()
    let leftovers = DrillGroup.removeLeftovers(in: places, hierarchy, world)
    // A controller that a dead drill, or one that went on until now, had enabled may be disabled
    // again.
    let needsEnabling = try DrillPlace(among: [place.path], in: hierarchy).needsEnabling
    let owner = own.identity ?? ProcessIdentity(id: own.id, startTicks: 0)
    let name = DrillGroupName(owner: owner, hasEnabled: needsEnabling)
    let members = try MemoryChild.start(plan)
    let group: DrillGroup
    do throws(Failure) {
      group = try DrillGroup(name, in: place.path, limit: plan.limit, hierarchy, world)
    } catch {
      for member in members { member.end() }
      throw error
    }
    defer {
      for member in members { member.end() }
      group.remove(from: hierarchy, in: world)
    }
    let stage = DrillStage(plan: plan, group: group, members: members, context: context)
    try stage.settle(in: hierarchy, watch)
    let forecast = DrillForecast(
      stage: stage, version: hierarchy.version, prediction: try stage.prediction(in: world))
    guard forecast.prediction.kills.first != nil else {
      throw Failure("nobody can be killed in \(group.path), says the prediction")
    }
    if common.format == .text { announce(forecast, by: program) }
    let kill = try stage.release(in: hierarchy, watch, world)
    return DrillReport(forecast: forecast, kill: kill, leftovers: leftovers)
  }

  /// The prediction is shown before it can be known whether it holds.
  private func announce(_ forecast: DrillForecast, by program: Program) {
    var text = Text()
    forecast.write(to: &text, on: Page(common, in: program.environment))
    _ = program.console.write(.output, text.bytes)
  }

  private func ownProcess(in world: borrowing World) throws(Failure) -> ProcessSnapshot {
    try ProcessReader.ownRecord(needs: [.stat, .status, .adjustment, .cgroups], in: world)
  }

  private func hold(
    _ place: DrillPlace, in hierarchy: borrowing CgroupHierarchy
  ) throws(Failure) -> FileLock {
    do {
      return try hierarchy.lock(place.path, timeout: 30_000)
    } catch {
      guard error.errno == .again else { throw Failure(error) }
      throw Failure("another drill is under way in \(place.path)", advice: "Try it again later.")
    }
  }
}

extension GroupDrill {
  /// Its processes begin with this one's adjustment and floor. In earnest the kernel says it itself.
  private func refuseLowering(_ own: ProcessSnapshot, in world: borrowing World) throws(Failure) {
    guard let present = own.adjustment, !world.maySetFloors else { return }
    let floor = world.knownFloor(of: present)
    guard let member = plan.members.first(where: { $0.adjustment < floor }) else { return }
    throw Failure(
      "oom_score_adj \(member.adjustment): would be refused: it is below the floor, \(floor)",
      advice: MemoryChild.adjustmentAdvice)
  }

  /// A drill is to hurt nobody else.
  private func refuseHarm(
    in place: DrillPlace, _ hierarchy: borrowing CgroupHierarchy, _ machine: Machine,
    in world: borrowing World
  ) throws(Failure) {
    if let kernel = machine.kernel, let capacity = machine.capacity {
      let domain = Domain(shortage: .memoryCgroup, capacity: capacity)
      switch Policy(for: domain, on: kernel, in: world).panics {
      case true?: throw refusal("with vm.panic_on_oom 2 the kernel would panic, not kill")
      case nil: throw refusal("vm.panic_on_oom can't be read, and with 2 the kernel would panic")
      case false?: break
      }
    }
    let memory = world.known(try world.proc.memoryInfo)
    if let free = (memory?[.available] ?? memory?[.free])?.bytes, plan.limit > free / 4 {
      throw refusal(
        "the drill takes \(phrase(plan.limit)), and the machine has only \(phrase(free)) available",
        "Give a --limit of at most a quarter of that.")
    }
    if let room = place.headroom(in: hierarchy, world), plan.limit > room / 2 {
      throw refusal(
        "the drill takes \(phrase(plan.limit)), and \(place.path) leaves only \(phrase(room))",
        "Give a --limit of at most half of that.")
    }
  }

  private func phrase(_ bytes: Int) -> String { common.sizes.phrase(bytes) }

  private func refusal(_ reason: String, _ remedy: String? = nil) -> Failure {
    let force = "--force does it nevertheless."
    return Failure(
      reason, advice: remedy.map { "\($0) \(force)" } ?? force, status: .refused)
  }
}
