import Badness
import ProcFS

/// Who dies with whom.
struct Relations: Sendable {
  let rule: KillRule?
  /// Sets of processes that run on one memory.
  private var shared: [[ProcessID]] = []
  /// Memory cgroups that are killed as a whole, those nearest to the root first.
  private var groups: [String] = []

  init(
    among subjects: [Subject], in domain: Domain, on machine: Machine, in world: borrowing World
  ) {
    rule = machine.kernel.flatMap(KillRule.inForce(in:))
    if world.isThisMachine { shared = Self.shared(among: subjects) }
    if rule?.killsGroups ?? false { groups = Self.groups(of: subjects, in: domain, world) }
  }

  /// Nobody dies with anybody.
  init(on machine: Machine) {
    rule = machine.kernel.flatMap(KillRule.inForce(in:))
  }

  var isEmpty: Bool { shared.isEmpty && groups.isEmpty }

  /// Those on the same memory as a process, itself included.
  func sharers(of id: ProcessID) -> [ProcessID] { shared.first { $0.contains(id) } ?? [id] }

  /// The memory cgroup that dies with a process.
  func group(of record: Record) -> String? {
    guard let path = record.cgroups?.memory?.path else { return nil }
    return groups.first { CgroupPath($0).contains(path) }
  }

  /// What runs on the same memory shows the same sizes; of such the kernel is asked (kcmp(2)).
  private static func shared(among subjects: [Subject]) -> [[ProcessID]] {
    var alike: [Sizes: [ProcessID]] = [:]
    for subject in subjects {
      guard let sizes = Sizes(subject.record) else { continue }
      alike[sizes, default: []].append(subject.id)
    }
    var sets: [[ProcessID]] = []
    for ids in alike.values where ids.count > 1 {
      var rest = ids
      while let first = rest.popLast() {
        let sharers = rest.filter { first.sharesMemory(with: $0) ?? false }
        if !sharers.isEmpty { sets.append(sharers + [first]) }
        rest.removeAll { sharers.contains($0) }
      }
    }
    return sets
  }

  private struct Sizes: Hashable {
    var virtual, resident, swapped, tables: Int

    init?(_ record: Record) {
      guard let status = record.status, let resident = status.resident else { return nil }
      virtual = status.virtualSize?.count ?? 0
      self.resident = resident.count
      swapped = status.swapped?.count ?? 0
      tables = status.pageTables?.count ?? 0
    }
  }

  /// `memory.oom.group` of all groups from those of the processes up to the domain's (mm/memcontrol.c
  /// `mem_cgroup_get_oom_group`).
  private static func groups(
    of subjects: [Subject], in domain: Domain, _ world: borrowing World
  ) -> [String] {
    guard let hierarchy = try? world.memoryCgroups(), hierarchy.version == .two else { return [] }
    var asked: Set<String> = []
    var groups: [String] = []
    for path in Set(subjects.compactMap { $0.record.cgroups?.memory?.path }).sorted() {
      var components: [Substring] = []
      for component in path.split(separator: "/") {
        components.append(component)
        let group = "/" + components.joined(separator: "/")
        guard asked.insert(group).inserted, domain.mayKill(group) else { continue }
        if (try? hierarchy.limits(of: group))?.isKilledAsGroup ?? false { groups.append(group) }
      }
    }
    return groups.sorted { $0.utf8.count < $1.utf8.count }
  }
}

extension Domain {
  /// Whether a group lies within: those above the one that is short stay out of it.
  fileprivate func mayKill(_ group: String) -> Bool {
    shortage == .memoryCgroup ? path.map { CgroupPath($0).contains(group) } ?? false : true
  }
}
