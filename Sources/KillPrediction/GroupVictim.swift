import Badness
package import CgroupFS
package import Core
import ProcFS
package import Processes

extension Machine {
  /// The process that dies when a memory cgroup reaches a limit; `nil` where nobody can be killed, or no rule is
  /// known.
  ///
  /// - Parameters:
  ///   - members: The processes in the group and below it.
  ///   - path: The group.
  ///   - limits: The group's own.
  ///   - limit: The one that is reached, in bytes.
  package func nextVictim(
    among members: [ScoredProcess], of path: String, _ limits: CgroupLimits, limit: Int,
    in world: borrowing World
  ) -> ScoredProcess? {
    guard let capacity, let kernel, !members.isEmpty else { return nil }
    let swappiness = limits.swappiness ?? world.known(try world.proc.value(of: .swappiness)) ?? 60
    let group = MemoryCgroup(limit: limit, swapLimit: limits.swapLimit, swappiness: swappiness)
    let total = MemoryCapacity.memoryCgroup(group, of: capacity, on: kernel) ?? capacity
    let domain = Domain(shortage: .memoryCgroup, path: path, capacity: total, limits: limits)
    let ranked = ranked(members.compactMap { domainCandidate($0, in: domain) })
    guard ranked.count > 1, ranked[0].badness == ranked[1].badness,
      let walked = try? Domain.memoryCgroup(path, limit: limit, on: self, capacity, in: world)
    else { return ranked.first?.subject }
    // Among equals the kernel's way through the group decides.
    return self.ranked(members.compactMap { domainCandidate($0, in: walked) }).first?.subject
  }
}
