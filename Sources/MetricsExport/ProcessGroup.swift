import CgroupFS
import Core
import ProcFS
import Processes
import Rendering

/// The unit by which processes are grouped: a systemd unit, else a memory cgroup. Numbers of
/// processes would make a new series of each start.
struct ProcessGroup: Hashable {
  /// As `app.service`.
  let unit: String
  /// In the user's manager that is the unit, as `firefox.service`.
  let userUnit: String
  /// The cgroup where there is no unit.
  let cgroup: String

  init(of record: ProcessSnapshot) {
    let found = record.unit
    // Names that differ only in what can't be shown are one: two samples mustn't have the same labels.
    unit = SafeText.visible(found?.system ?? "")
    userUnit = SafeText.visible(found?.user ?? "")
    let groups = record.cgroups
    cgroup = unit.isEmpty ? SafeText.visible((groups?.memory ?? groups?.systemd)?.path ?? "/") : ""
  }

  var labels: [MetricFamily.Label] {
    [.init("unit", unit), .init("user_unit", userUnit), .init("cgroup", cgroup)]
  }
}

/// The processes of a group, the first victim first, and those that can't be one behind.
struct GroupMembers {
  let group: ProcessGroup
  private(set) var subjects: [ScoredProcess]

  /// Groups in the order of their first members.
  static func all(of subjects: [ScoredProcess]) -> [GroupMembers] {
    var groups: [GroupMembers] = []
    var places: [ProcessGroup: Int] = [:]
    for subject in subjects {
      let group = ProcessGroup(of: subject.record)
      if let place = places[group] {
        groups[place].subjects.append(subject)
      } else {
        places[group] = groups.count
        groups.append(GroupMembers(group: group, subjects: [subject]))
      }
    }
    return groups
  }

  /// Resident, swapped and page tables of all, bytes; shared pages count for each.
  var memory: Int {
    subjects.reduce(0) { Int(clamping: Int128($0) + Int128($1.footprint ?? 0)) }
  }

  /// Kills that the kernel counted in its memory cgroups; `nil` where it doesn't.
  func kills(in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World) -> UInt64? {
    var paths: [String] = []
    for subject in subjects {
      guard let path = subject.record.cgroups?.memory?.path else { continue }
      let top = top(of: path)
      // Version 2 counts a unit's groups together in its topmost one.
      for path in hierarchy.version == .two ? [top] : [top, path] where !paths.contains(path) {
        paths.append(path)
      }
    }
    var kills: [UInt64] = []
    for path in paths {
      do throws(ProcFSError) {
        if let count = try ifPresent(try hierarchy.kills(in: path)) ?? nil { kills.append(count) }
      } catch {
        // A sum without this one would seem to count down.
        world.gaps.note(error)
        return nil
      }
    }
    return kills.isEmpty ? nil : kills.reduce(0) { $0.addingSaturating($1) }
  }

  /// The topmost memory cgroup of the unit.
  private func top(of path: String) -> String {
    let name = group.userUnit.isEmpty ? group.unit : group.userUnit
    let components = path.split(separator: "/")
    guard let end = components.lastIndex(where: { $0 == name }) else { return path }
    return "/" + components[...end].joined(separator: "/")
  }
}
