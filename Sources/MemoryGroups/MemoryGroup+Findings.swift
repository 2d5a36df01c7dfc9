import Arguments
import CgroupFS
package import Core
import ProcFS
import Processes
package import Rendering

extension MemoryGroup {
  /// What there is to worry about in it, the worst first.
  ///
  /// - Parameters:
  ///   - sizes: The style in which amounts are written.
  ///   - source: The folder of its files.
  ///   - isOwn: Whether it is the group that confines this view, which commands look at by themselves.
  package func findings(_ sizes: SizeStyle, source: String, isOwn: Bool = false) -> [Finding] {
    [
      waiting(source), full(sizes, source, isOwn), throttled(sizes, source),
      isOwn ? nil : killed(source),
    ].compactMap { $0 }
  }

  private func waiting(_ source: String) -> Finding? {
    state == .waiting ? .waiting(in: path, source: "\(source)/memory.oom_control") : nil
  }

  private func full(_ sizes: SizeStyle, _ source: String, _ isOwn: Bool) -> Finding? {
    guard hasOwnLimit, let limit, let left = limit.left, let needed,
      Threshold.isShort(left, of: limit.bytes)
    else { return nil }
    let again = figures.events.max.flatMap { $0 > 0 ? ", and met it \($0) times" : nil } ?? ""
    return Finding(
      id: "cgroup_limit_near", severity: left > 0 ? .warning : .critical,
      text:
        "memory cgroup \(path) is near its limit: it needs \(sizes.phrase(needed)) of "
        + "\(sizes.phrase(limit.bytes))\(again)",
      source: "\(source)/\(figures.isVersionOne ? "memory.limit_in_bytes" : "memory.max")",
      remedy:
        "Raise its limit; who would be killed: oomctl predict\(isOwn ? "" : " --in \(Shell.word(path))")"
    )
  }

  private func throttled(_ sizes: SizeStyle, _ source: String) -> Finding? {
    guard isThrottled, let high = figures.high else { return nil }
    let stall = figures.pressure?.full?.tenSeconds
    let share =
      stall.map { ", all its tasks stood still for \(Percent.text($0)) of the last 10 s" } ?? ""
    let times = figures.events.high.map { "\($0) times" } ?? "again and again"
    return Finding(
      id: "cgroup_throttled", severity: Threshold.stall(stall ?? 0) > .fine ? .critical : .warning,
      text:
        "memory cgroup \(path) is throttled: it is at its memory.high of \(sizes.phrase(high)), was held back "
        + "\(times)\(share); it hangs, and nobody is killed for it",
      source: "\(source)/memory.events",
      remedy: "Raise memory.high (MemoryHigh= of its unit), or let it use less.")
  }

  /// Kills since the group was made, told where they happened and not above.
  private func killed(_ source: String) -> Finding? {
    guard let kills = figures.events.kills, kills > 0, figures.limits.memory != nil else {
      return nil
    }
    return Finding(
      id: "cgroup_kills", severity: .info,
      text:
        "the OOM killer acted \(kills == 1 ? "once" : "\(kills) times") in memory cgroup \(path) since it was made",
      source: "\(source)/memory.events",
      remedy: "oomctl history --cgroup \(Shell.word(path)) tells of each.")
  }
}
