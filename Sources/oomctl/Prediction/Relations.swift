import Badness
import ProcFS

/// Who dies with whom.
struct Relations: Sendable {
  let rule: KillRule?
  /// Whether some look as if they shared memory, but the kernel doesn't tell us.
  private(set) var isUncertain = false
  /// Sets of processes that run on one memory, and in which of them each is.
  private var sets: [[ProcessID]] = []
  private var setOf: [ProcessID: Int] = [:]
  /// Memory cgroups that are killed as a whole, those nearest to the root first.
  private var groups: [String] = []
  /// Whether a write to one adjustment changes those of all sharers, as from 4.8 on.
  let adjustsSharers: Bool

  init(
    among subjects: [Subject], in domain: Domain, on machine: Machine, in world: borrowing World
  ) {
    rule = machine.kernel.flatMap(KillRule.inForce(in:))
    adjustsSharers = machine.kernel.map { $0 >= KernelVersion(4, 8) } ?? true
    if world.isThisMachine { findSharers(among: subjects) }
    if rule?.killsGroups ?? false { groups = Self.groups(of: subjects, in: domain, world) }
  }

  var isEmpty: Bool { sets.isEmpty && groups.isEmpty }

  /// Those on the same memory as a process, itself included.
  func sharers(of id: ProcessID) -> [ProcessID] { setOf[id].map { sets[$0] } ?? [id] }

  /// The memory cgroup that dies with a process.
  func group(of record: Record) -> String? {
    guard !groups.isEmpty, let path = record.cgroups?.memory?.path else { return nil }
    return groups.first { CgroupPath($0).contains(path) }
  }

  /// What runs on the same memory shows the same sizes; of such the kernel is asked. Sorted by its
  /// answers, sharers are neighbours.
  private mutating func findSharers(among subjects: [Subject]) {
    var alike: [Sizes: [ProcessID]] = [:]
    for subject in subjects {
      guard let sizes = Sizes(subject.record) else { continue }
      alike[sizes, default: []].append(subject.id)
    }
    for ids in alike.values where ids.count > 1 {
      let sorted = ids.sorted { $0.memoryOrder(to: $1) == .before }
      var set: [ProcessID] = []
      for id in sorted {
        switch set.last.map({ $0.memoryOrder(to: id) }) ?? .before {
        case .same: break
        case .before, .after: keep(&set)
        case nil:
          isUncertain = true
          keep(&set)
        }
        set.append(id)
      }
      keep(&set)
    }
  }

  /// Files a set away, if it is one.
  private mutating func keep(_ set: inout [ProcessID]) {
    if set.count > 1 {
      for id in set { setOf[id] = sets.count }
      sets.append(set)
    }
    set = []
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
}

extension Relations {
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
