import Core
import ProcFS
import Processes

/// Findings on a machine as a whole.
struct SystemFindings {
  /// `nil` where the kernel doesn't tell.
  let swap: Int?
  let kills: UInt64?
  /// Reasons why not all processes are seen.
  let blindness: [String]
  /// True where that is a container's nature, and no fault.
  let isContained: Bool
  /// Programs that kill by rules of their own.
  let killers: [ScoredProcess]
  /// The program that answers to our name in place of this one.
  let namesake: String?
  /// The folder `proc`.
  let folder: String

  var all: [Finding] {
    [hidden, noSwap, killed, impostor].compactMap { $0 } + killers.map(activeKiller)
  }

  private var hidden: Finding? {
    guard !blindness.isEmpty else { return nil }
    return Finding(
      id: "processes_hidden", severity: isContained ? .info : .warning,
      text: blindness.joined(separator: "; "), source: "\(folder)/self/mountinfo",
      remedy: isContained ? "Run it on the host as well." : "Run it as root.")
  }

  private var noSwap: Finding? {
    guard swap == 0 else { return nil }
    return Finding(
      id: "no_swap", severity: .info,
      text: "there is no swap: memory that programs hold can't be put aside before one is killed",
      source: "\(folder)/meminfo",
      remedy: "A swap file or zram gives time to act, at the price of slowness.")
  }

  private var killed: Finding? {
    guard let kills, kills > 0 else { return nil }
    let place = isContained ? ", anywhere on the host" : ""
    return Finding(
      id: "kills_since_boot", severity: .info,
      text:
        "the kernel has killed \(kills) \(kills == 1 ? "process" : "processes") for want of memory "
        + "since boot\(place)", source: "\(folder)/vmstat",
      remedy: isContained
        ? "On the host, dmesg or journalctl -k shows whom." : "dmesg, or journalctl -k, shows whom."
    )
  }

  private func activeKiller(_ killer: ScoredProcess) -> Finding {
    Finding(
      id: "other_killer", severity: .info,
      text: "\(killer.label) runs too, and may kill before the kernel does, by rules of its own",
      source: "\(folder)/\(killer.id)/stat",
      remedy: "Look at its own settings as well: oomctl's adjustments may not count for it.")
  }

  private var impostor: Finding? {
    guard let namesake else { return nil }
    return Finding(
      id: "other_oomctl_first", severity: .info,
      text: "'oomctl' means \(namesake) by the PATH, another program than this one",
      source: namesake,
      remedy: "Put this one's folder first in PATH, or call it by its path.")
  }
}
