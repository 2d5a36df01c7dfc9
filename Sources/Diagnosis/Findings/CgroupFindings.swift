import CgroupFS
import Changes
import Core
import KillPrediction
import MemoryGroups
import ProcFS
import Processes
import Protecting
import Rendering

/// Memory cgroups with a limit, and who counts for it.
struct LimitedGroups {
  /// All groups with something to say, whether somebody is in them or not.
  private(set) var limited: [MemoryGroup] = []
  private(set) var groups: [(level: CgroupLevel, members: [ScoredProcess])] = []

  /// Of groups that ended meanwhile nothing is told.
  init(of subjects: [ScoredProcess], in world: borrowing World) {
    guard let hierarchy = world.knownMemoryCgroups else { return }
    let reader = GroupReader(of: hierarchy, in: world)
    limited = reader.nearestFirst.filter { $0.figures.limits.memory != nil || $0.state > .fine }
    var members: [String: [ScoredProcess]] = [:]
    for subject in subjects where subject.record.hasMemory {
      guard let path = subject.record.cgroups?.memory?.path else { continue }
      members[path, default: []].append(subject)
    }
    var places: [String: Int] = [:]
    for path in members.keys.sorted() {
      let levels = world.known(try CgroupLevel.all(from: path, in: hierarchy)) ?? []
      for level in levels where level.limits.memory != nil {
        let place = places[level.path] ?? groups.count
        if place == groups.count { groups.append((level, [])) }
        places[level.path] = place
        groups[place].members += members[path] ?? []
      }
    }
  }
}

extension LimitedGroups {
  /// Those in which tasks stand still, and those whose biggest member can't be killed.
  func findings(
    on machine: Machine, sizes: SizeStyle, in world: borrowing World
  ) -> [Finding] {
    near(sizes, in: world) + sheltered(on: machine, sizes: sizes, in: world)
  }

  /// What there is to say of each by its own limits: who is in it is all one.
  private func near(_ sizes: SizeStyle, in world: borrowing World) -> [Finding] {
    guard let hierarchy = world.knownMemoryCgroups else { return [] }
    let own = world.confinement?.path
    return limited.flatMap {
      $0.findings(sizes, source: hierarchy.folder(of: $0.path), isOwn: $0.path == own)
    }
  }

  /// Those whose biggest member can't be killed: what it takes, others pay for.
  private func sheltered(
    on machine: Machine, sizes: SizeStyle, in world: borrowing World
  ) -> [Finding] {
    groups.compactMap { level, members in
      guard let limit = level.limits.memory,
        let biggest = members.max(by: { $0.footprint ?? 0 < $1.footprint ?? 0 }),
        let footprint = biggest.footprint,
        let adjustment = AdjustmentLevel(biggest.record, on: machine), adjustment.isComplete
      else { return nil }
      let hasOthers = members.contains {
        AdjustmentLevel($0.record, on: machine)?.isComplete == false
      }
      return Finding(
        id: "cgroup_unkillable", severity: .warning,
        text:
          "memory cgroup \(level.path) is limited to \(sizes.phrase(limit)), and its biggest member "
          + "\(biggest.label) (\(sizes.phrase(footprint))) has \(adjustment.text): when it is full "
          + (hasOthers ? "others in it die in its place" : "nobody in it can be killed"),
        source: level.source, remedy: biggest.remedy(to: Protect.lastInLine, on: machine, in: world)
      )
    }
  }
}
