import Arguments
import Core
import ProcFS
import Processes
import Rendering

/// The memory cgroups, those nearest to trouble first.
package struct Groups: WorldCommand {
  static let name = "groups"
  static let summary = "Show the memory cgroups, those nearest to their limits first."
  static let group: String? = "See"
  static let discussion = [
    """
    NEEDED is what a group uses, less the file cache that can be dropped; LEFT is what remains below its \
    limit, or below the tightest one above it, which ^ marks. KILLS are those that the kernel counts in \
    it and below it since it was made. NEXT is who dies when its own limit is reached.
    """,
    """
    A group above its memory.high (throttled) hangs, and nobody is killed for it. A group whose OOM killer is \
    off (waiting) stands still until somebody frees memory.
    """,
  ]
  static let examples = [
    Example("oomctl groups", "Which groups are next to run out."),
    Example("oomctl groups --tree /system.slice", "All below one, as a tree."),
    Example("oomctl groups --check -q", "For monitoring: status 1 if one is near its limit."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .option("count", "n", sets: \.count, help: "Show at most this many rows, 20 by default."),
      .flag("all", "a", sets: \.showsAll, help: "Show all groups, also empty ones."),
      .flag("tree", sets: \.isTree, help: "Show them as a tree."),
      .flag(
        "check", sets: \.checks, help: "Exit with status 1 if a group is near its limit, or hangs."),
      .operand("path", sets: \.top, help: "The group below which to look; all by default."),
    ] + CommonOptions.parameters.within(\.common)

  var count: RowCount?
  var showsAll = false
  var isTree = false
  var checks = false
  var top: CgroupPath?
  var common = CommonOptions()

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let machine = Machine(world, options: common.machine)
    let processes = try ProcessList(
      on: machine, needs: [.status, .stat, .cgroups], isScored: true, in: world.proc)
    let completeness = Completeness(of: processes, in: world)
    let reader = try GroupReader(
      below: top?.path ?? "/", processes: processes.subjects.without(world.ownProcess), on: machine,
      in: world)
    return GroupsReport(
      groups: isTree ? reader.groups : reader.nearestFirst, isCut: reader.isCut,
      most: showsAll || isTree ? nil : count?.number ?? 20, showsEmpty: showsAll || isTree,
      isTree: isTree, checks: checks, names: ContainerNames(of: world),
      isComplete: completeness.isComplete && !reader.isCut,
      remarks: completeness.remarks + processes.reader.remarks)
  }
}
