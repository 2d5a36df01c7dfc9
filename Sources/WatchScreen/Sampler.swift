import Badness
import Core
import KillPrediction
import Posix
import ProcFS
import Processes

/// Looks at the machine time and again, each time at the least cost.
struct Sampler: ~Copyable {
  private(set) var machine: Machine
  private let options: MachineOptions
  private let selection: ProcessSelection
  private var trends = Trends()
  private var tracks = ProcessTrends()
  private var cache: TieCache? = TieCache()
  private var feed: KillFeed
  private var last = Sample()
  private var lastLook: SampleRequest?
  /// The time at which all processes may be looked at again, on the monotonic clock.
  private var wholeLookDue: Int64 = 0

  init(
    _ options: MachineOptions, on machine: Machine, _ selection: ProcessSelection,
    in world: borrowing World
  ) {
    self.options = options
    self.machine = machine
    self.selection = selection
    feed = KillFeed(in: world)
  }

  /// For poll(2): the kernel's log.
  ///
  /// Never inlined: where it is, Swift 6.3's optimizer stumbles over the end of what was borrowed.
  @inline(never)
  var descriptor: CInt? { feed.descriptor }

  /// Kills that the log tells of between looks.
  mutating func newKills(in world: borrowing World) -> [SeenKill] {
    feed.read(at: world.environment.now())
  }

  /// Looks anew.
  mutating func sample(_ wanted: SampleRequest, in world: borrowing World) throws(Failure) -> Sample
  {
    // Swap may have been added.
    if world.isThisMachine { machine = Machine(world, options: options) }
    let now = MonotonicClock.microseconds
    let time = world.environment.now()
    let memory = MemoryLevels(in: world)
    trends.append(memory, at: now)
    last.time = time
    last.memory = memory
    last.policy = Policy(ofSystemOn: machine, in: world)
    last.trends = trends
    last.kills = feed.read(at: time) + feed.count(memory.kills, at: time, in: world)
    try rank(completed(wanted), now, in: world)
    feed.watch(last.processRows.prefix(Self.watchedGroups).compactMap(\.cgroup), in: world)
    return last
  }

  /// Of so many processes the groups are watched for kills.
  private static let watchedGroups = 32

  /// The request, with what else is needed if the kernel's own scores don't decide, or some are
  /// selected.
  private func completed(_ look: SampleRequest) -> SampleRequest {
    var look = look
    let hasScores = machine.isKernelsOwnRule || machine.rule == nil
    if !hasScores || !selection.isEmpty { look.isWhole = true }
    if selection.needs.contains(.cgroups) || feed.descriptor == nil { look.needsCgroups = true }
    return look
  }

  private mutating func rank(_ look: SampleRequest, _ now: Int64, in world: borrowing World)
    throws(Failure)
  {
    defer { lastLook = look }
    if !look.isWhole, try rankByScores(look, now, in: world) { return }
    // It takes several times as long: what was found keeps for a while, unless something else is asked.
    let isNew =
      !last.isWhole || look.needsCgroups && lastLook?.needsCgroups != true
      || look.needsGroups && lastLook?.needsGroups != true
    guard isNew || now >= wholeLookDue else { return }
    let start = ProcessorClock.microseconds
    try rankAll(look, now, in: world)
    wholeLookDue = Self.due(after: now, started: start, ended: ProcessorClock.microseconds)
  }

  /// So many times as long as a look at all processes has taken there is none.
  private static let restFactor: Int64 = 50

  /// The time of the next look at all processes after one at that time, which took the processor from one
  /// reading of its clock to another.
  static func due(after now: Int64, started start: Int64, ended end: Int64) -> Int64 {
    now + (end - start) * restFactor
  }

  /// `false` where the kernel has no scores.
  private mutating func rankByScores(
    _ look: SampleRequest, _ now: Int64, in world: borrowing World
  ) throws(Failure) -> Bool {
    let needs = machine.badnessNeeds.union(look.needsCgroups ? .cgroups : [])
    let firstVictims = try FirstVictims(
      count: look.count, needs: needs, isScored: true, recalling: &cache, on: machine,
      in: world.proc)
    guard !firstVictims.scan.isEmpty else { return false }
    var processRows = firstVictims.subjects.map { ProcessRow($0, on: machine) }
    tracks.follow(&processRows, isWhole: false, at: now)
    last.processRows = processRows
    last.isWhole = false
    last.groups = []
    last.candidateCount = firstVictims.scan.positiveCount
    last.isComplete = Completeness(of: firstVictims, in: world).isComplete
    setFirst(processRows.first, processRows.dropFirst().first)
    return true
  }

  private mutating func rankAll(
    _ look: SampleRequest, _ now: Int64, in world: borrowing World
  ) throws(Failure) {
    let scan = try FullScan(look, selection, on: machine, in: world)
    var processRows = scan.processRows
    tracks.follow(&processRows, isWhole: true, at: now)
    last.processRows = processRows
    last.isWhole = true
    last.candidateCount = scan.candidateCount
    last.isComplete = scan.isComplete
    last.unmatched = scan.unmatched
    last.groups = look.needsGroups ? GroupState.all(of: processRows, in: world) : []
    setFirst(
      scan.first.map { processRows[$0] }, scan.second.map { processRows[$0] })
  }

  private mutating func setFirst(_ first: ProcessRow?, _ second: ProcessRow?) {
    last.first = first
    last.second = second
    last.lead = nil
    if machine.rule?.unit == .pages, first?.isTakenAtOnce == false, let mine = first?.badness,
      let other = second?.badness,
      mine >= other
    {
      last.lead = machine.bytes(mine - other)
    }
  }
}
