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
  ///   - hierarchy: The tree that it stands in.
  package func nextVictim(
    among members: [ScoredProcess], of path: String, _ limits: CgroupLimits, limit: Int,
    of hierarchy: borrowing CgroupHierarchy, in world: borrowing World
  ) -> ScoredProcess? {
    guard let capacity, kernel != nil, !members.isEmpty else { return nil }
    var limits = limits
    limits.memory = limit
    var domain = Domain(memoryCgroup: path, limits, on: self, capacity, in: world)
    let ranked = ranked(members.compactMap { domainCandidate($0, in: domain) })
    guard ranked.count > 1, ranked[0].badness == ranked[1].badness else {
      return ranked.first?.subject
    }
    // Among equals the kernel's way through the group decides.
    domain.walk = Walk(through: path, of: hierarchy, on: kernel, in: world)
    return self.ranked(members.compactMap { domainCandidate($0, in: domain) }).first?.subject
  }
}
