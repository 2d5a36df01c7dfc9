import CivilTime
import Rendering

/// Kills since boot, and those that were seen.
struct KillLines {
  let kills: [SeenKill]
  /// Since boot; `nil` where this kernel doesn't count.
  let count: UInt64?
  let namesKills: Bool
  let now: Int

  /// The latest first.
  func lines(atMost most: Int, width: Int) -> [StyledLine] {
    let label = width < 34 ? "Kill " : "Kills     "
    guard let latest = kills.last else { return [StyledLine(label + total)] }
    var lines: [StyledLine] = []
    for (index, kill) in kills.suffix(most).reversed().enumerated() {
      let isFirst = index == 0
      var line = StyledLine(isFirst ? label : String(repeating: " ", count: label.count))
      line.append(text(kill, width: width), now - latest.time < 60 ? .danger : .plain)
      if isFirst, width >= 60, count != nil { line.append("   (\(total))") }
      lines.append(line)
    }
    return lines
  }

  private var total: String {
    guard let count else { return "not counted by this kernel" }
    return count == 0 ? "none since boot" : "\(count) since boot"
  }

  private func text(_ kill: SeenKill, width: Int) -> String {
    let time = Moment(kill.time).local.suffix(8)
    guard width >= 34 else { return "\(kill.name ?? "1 process")" }
    let whom =
      kill.label ?? (namesKills ? "1 process" : "1 process (the kernel's log isn't readable)")
    return "\(time)  \(whom)" + (kill.cgroup.map { " in \($0)" } ?? "")
  }
}
