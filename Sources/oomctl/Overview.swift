import Arguments
import Badness
import Core
import KillPrediction
import ProcFS
import Processes
import Ranking
import Rendering

/// The state of the machine, in one screen: the output of bare `oomctl`.
struct Overview: WorldCommand {
  static let name = "overview"
  static let summary = "Show memory, the settings for OOM, kills since boot, and the next victims."
  static let standsAlone = true
  static let parameters: [Parameter<Self>] = CommonOptions.parameters.within(\.common)

  var common = CommonOptions()

  /// Victims shown.
  private static let victimCount = 5

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    var ranking = Rank()
    ranking.common = common
    ranking.count = RowCount(Self.victimCount)
    let context = try ProcessContext(common, in: world)
    return OverviewReport(
      machine: context.machine, facts: SystemFacts(in: world),
      policy: Policy(ofSystemOn: context.machine, in: world),
      isContained: world.showsInitialNamespace == false,
      ranking: try ranking.report(of: context, isScored: true, in: world))
  }
}

/// The kernel's figures on the whole system. Figures that it doesn't offer are `nil`.
struct SystemFacts: Sendable {
  var hostName: String?
  var uptime: Uptime?
  var memory: MemoryInfo?
  var pressure: Pressure?
  var kills: UInt64?
  var overcommit: OvercommitPolicy?

  init(in world: borrowing World) {
    hostName = world.known(try world.proc.hostName)
    uptime = world.known(try world.proc.uptime)
    memory = world.known(try world.proc.memoryInfo)
    pressure = world.known(try world.proc.memoryPressure)
    kills = world.known(try world.proc.memoryEvents)?.oomKills
    overcommit = world.known(try world.proc.value(of: .overcommitMemory))
  }
}
