import Badness
import CgroupFS
import Core
import ProcFS
import Processes

/// Processes that die together.
struct Relations: Sendable {
  let rule: KillRule?
  private var memory = SharedMemory()
  /// Memory cgroups that are killed as a whole, those nearest to the root first.
  private var groups: [String] = []
  /// True if a write to one adjustment changes those of all sharers.
  let adjustsSharers: Bool

  init(
    among subjects: [ScoredProcess], in domain: Domain, on machine: Machine,
    in world: borrowing World
  ) {
    rule = machine.kernel.flatMap(KillRule.inForce(in:))
    adjustsSharers = machine.adjustsSharers
    if world.isThisMachine { memory = SharedMemory(among: subjects) }
    if rule?.killsGroups ?? false { groups = Self.groups(of: subjects, in: domain, world) }
  }

  var isEmpty: Bool { memory.isEmpty && groups.isEmpty }

  /// True if some processes seem to share memory, but the kernel doesn't say.
  var isUncertain: Bool { memory.isUncertain }

  /// Processes on the same memory as this one, itself included.
  func sharers(of id: ProcessID) -> [ProcessID] { memory.sharers(of: id) }

  /// The memory cgroup that dies with a process.
  func group(of record: ProcessSnapshot) -> String? {
    guard !groups.isEmpty, let path = record.cgroups?.memory?.path else { return nil }
    return groups.first { CgroupPath($0).contains(path) }
  }
}

extension Relations {
  /// `memory.oom.group` of all groups from those of the processes up to the domain's (mm/memcontrol.c
  /// `mem_cgroup_get_oom_group`).
  private static func groups(
    of subjects: [ScoredProcess], in domain: Domain, _ world: borrowing World
  ) -> [String] {
    guard let hierarchy = world.knownMemoryCgroups, hierarchy.version == .two else { return [] }
    var asked: Set<String> = []
    var groups: [String] = []
    for path in Set(subjects.compactMap { $0.record.cgroups?.memory?.path }).sorted() {
      var components: [Substring] = []
      for component in path.split(separator: "/") {
        components.append(component)
        let group = "/" + components.joined(separator: "/")
        guard asked.insert(group).inserted, domain.mayKill(group) else { continue }
        if world.known(try hierarchy.limits(of: group))?.isKilledAsGroup ?? false {
          groups.append(group)
        }
      }
    }
    return groups.sorted { $0.utf8.count < $1.utf8.count }
  }
}

extension Domain {
  /// True if a group is within the domain: groups above the one that is short are outside.
  fileprivate func mayKill(_ group: String) -> Bool {
    shortage == .memoryCgroup ? path.map { CgroupPath($0).contains(group) } ?? false : true
  }
}
