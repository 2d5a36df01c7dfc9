import Arguments
import Core
import ProcFS
import Processes
import Rendering

/// The state of memory, down to the zones that decide over OOM.
package struct Memory: WorldCommand {
  static let name = "memory"
  static let summary = "Show the memory that counts for OOM: zones, commit limit, swap, cgroups."
  static let group: String? = "See"
  static let discussion = [
    """
    The kernel kills when none of the zones from which a request may be met has free memory above its \
    lowest watermark, whatever is free elsewhere. ABOVE MIN is what is free above those watermarks and above what \
    is kept from such requests: for low memory from the kernel's own, else from those of programs.
    """,
    """
    On a 32-bit kernel only low memory is within its own reach: slab and page tables lie there, and it can \
    run out while high memory is free.
    """,
    """
    Findings follow below, each with the file it was read from. Those of the memory cgroups concern the \
    group that oomctl runs in and those above it, or the group that is named.
    """,
  ]
  static let examples = [
    Example("oomctl memory", "How memory stands."),
    Example("oomctl memory --check -q", "For monitoring: status 1 if there is a finding."),
    Example("oomctl memory --cgroup /system.slice/app.service", "With the limits of that service."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .flag("check", sets: \.checks, help: "Exit with status 1 if there is a finding."),
      .option(
        "cgroup", sets: \.cgroup,
        help: "Show limits of that memory cgroup and those above it; by default oomctl's own."),
    ] + CommonOptions.parameters.within(\.common)

  var checks = false
  var cgroup: CgroupPath?
  var common = CommonOptions()

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let facts = try MemoryFacts(common.machine, cgroup: cgroup?.path, in: world)
    // In JSON amounts have fields of their own, and texts stay the same whatever is asked for.
    let sizes = common.format == .json ? .binary : common.sizes
    return MemoryReport(
      facts: facts, findings: MemoryFindings(facts: facts, sizes: sizes).all, checks: checks)
  }
}
