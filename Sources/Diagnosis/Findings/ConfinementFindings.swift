import CgroupFS
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// Findings on the group that confines a container.
struct ConfinementFindings {
  let confinement: Confinement
  let outlook: GroupOutlook?
  let sizes: SizeStyle
  /// The name by which the program was called.
  let program: String

  var all: [Finding] { [limit, kills].compactMap { $0 } }

  private var limit: Finding {
    let group = GroupText(confinement: confinement, outlook: outlook, sizes: sizes)
    let used = confinement.level.usage.memory.map { "\(sizes.phrase($0)) of " } ?? ""
    return Finding(
      id: "cgroup_limit", severity: .info,
      text:
        "\(group.name) uses \(used)\(sizes.phrase(confinement.limit)), and runs out apart from the "
        + "host. Next victim: \(group.nextVictim)", source: confinement.level.source,
      remedy: "\(program) predict shows the order.")
  }

  private var kills: Finding? {
    guard let kills = confinement.kills, kills > 0 else { return nil }
    return Finding(
      id: "cgroup_kills", severity: .info,
      text:
        "the kernel has killed \(kills) \(kills == 1 ? "process" : "processes") in memory cgroup "
        + "\(confinement.path)\(confinement.shortage.reason)", source: confinement.killSource,
      remedy: confinement.shortage == .above
        ? "On the host, dmesg or journalctl -k shows which group ran out."
        : "Raise the limit, or have what runs in it use less.")
  }
}

extension Confinement.Shortage {
  /// Why processes were killed, behind what they were killed in.
  fileprivate var reason: String {
    switch self {
    case .own: " because it reached its limit"
    case .above:
      ", but not for its own limit: a group above it, or the host, ran out of memory"
    case .unknown: ": it reached its limit, or a group above it, or the host, ran out of memory"
    }
  }
}
