import Arguments
import Badness
import Changes
import Core
import ProcFS
import Processes

/// Brings on an OOM where it does no harm, and compares the kernel's choice with the prediction.
package struct Drill: CommonCommand {
  static let name = "drill"
  static let summary =
    "Have the kernel kill where it does no harm, and see whether it was foretold."
  static let group: String? = "Serve"
  static let discussion = [
    """
    Makes a memory cgroup with a small limit and without swap, starts processes in it that take memory, \
    and says whom the kernel will choose once the last of them has grown up to the limit. Then it lets that \
    one grow. Whom the kernel has killed is shown beside the prediction, with the kernel's own words. \
    Exit status 0 says that both agree, 1 that they don't. Processes and group are removed at the end; \
    after a SIGKILL the processes die along, and the next drill removes the empty group.
    """,
    """
    --sysrq is no harmless drill: it has the kernel kill the worst process of the whole system, as the \
    keys SysRq and F do. Who that will be is shown first, and the name must be typed, or given with --yes. \
    The setting kernel.sysrq binds the keyboard only, not what root writes into /proc/sysrq-trigger.
    """,
  ]
  static let examples = [
    Example("oomctl drill", "The biggest dies, not the one that asked for the last page."),
    Example("oomctl drill --adjust 0,500,0", "An adjustment outweighs size."),
    Example("oomctl drill --sysrq --dry-run", "See who would die of SysRq-f."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .option(
        "members", sets: \.memberCount, help: "How many processes take part; 3 by default."),
      .option("limit", sets: \.limitSize, help: "The group's limit; 64M by default."),
      .list(
        "adjust", appendsTo: \.adjustments, placeholder: "A,B",
        help: "Their adjustments, the first process' first; 0 by default."),
      .flag(
        "sysrq", sets: \.isOfSystem, group: sysrq,
        help: "Have the kernel kill the worst process of the whole system."),
      .option(
        "yes", sets: \.confirmation, placeholder: "NAME", group: sysrq,
        help: "Go on without asking if the victim has that name."),
    ] + [ChangeOptions.dryRun, ChangeOptions.force].within(\.options)
    + CommonOptions.parameters.within(\.common)

  private static let sysrq = "The whole system"

  var memberCount: MemberCount?
  var limitSize: ByteCount?
  var adjustments: [AdjustmentValue] = []
  var isOfSystem = false
  var confirmation: PlainText?
  var options = ChangeOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if isOfSystem {
      if memberCount != nil || limitSize != nil || !adjustments.isEmpty {
        throw .contradiction("--members, --limit and --adjust have no meaning with --sysrq")
      }
      return
    }
    if confirmation != nil { throw .contradiction("--yes answers --sysrq's question only") }
    if adjustments.count > members {
      throw .contradiction("\(adjustments.count) adjustments for \(members) processes")
    }
    if limit / members < DrillPlan.smallestShare {
      throw .contradiction(
        "--limit \(limit / 1024)K is too small for \(members) processes: give 4M for each")
    }
    if limit > DrillPlan.largestLimit {
      throw .contradiction("--limit may be 8192T at most")
    }
    if adjustments.count == members, adjustments.allSatisfy({ $0.number == OOMAdjustment.minimum })
    {
      throw .contradiction("with \(OOMAdjustment.minimum) for all, nobody could be killed")
    }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    guard common.machine.root == nil else {
      throw Failure(
        "a captured tree is no live machine: nobody can be killed there",
        advice: "Whom its kernel would choose, oomctl predict says.")
    }
    let world = try World(root: nil, environment: program.environment)
    return isOfSystem
      ? try SystemDrill(command: self).run(by: program, in: world)
      : try GroupDrill(command: self).run(by: program, in: world)
  }
}

extension Drill {
  private var members: Int { memberCount?.number ?? max(3, adjustments.count) }
  private var limit: Int { limitSize?.bytes ?? 64 << 20 }

  var plan: DrillPlan {
    let given = adjustments.map(\.number)
    return DrillPlan(
      limit: limit, adjustments: given + Array(repeating: 0, count: members - given.count))
  }
}
