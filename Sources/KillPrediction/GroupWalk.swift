import Badness
import CgroupFS
import Core
import ProcFS
import Processes

/// The order in which the kernel goes through the processes of a memory cgroup of version 2.
///
/// It begins with the group itself and goes down before it goes on (mm/memcontrol.c
/// `mem_cgroup_scan_tasks`, `for_each_mem_cgroup_tree`; kernel/cgroup/cgroup.c
/// `css_next_descendant_pre`); groups side by side follow in the order of their making (`css_create`:
/// `list_add_tail`), processes in that of `cgroup.procs`, since both come from `css_task_iter_next`.
package struct GroupWalk: Sendable {
  private var places: [ProcessID: Place] = [:]
  /// True if it shows which of two groups was made first.
  private let showsMaking: Bool

  /// A process's place in the walk.
  package struct Place: Sendable {
    /// The position, counted from 0; a guess where the order can't be seen.
    let position: Int
    /// The group that it is in; empty where no list names it.
    let group: String
    /// The group with a memory controller that it is charged to.
    let owner: String
    fileprivate let showsMaking: Bool
  }

  init(
    from path: String, of hierarchy: borrowing CgroupHierarchy, on kernel: KernelVersion?,
    in world: borrowing World
  ) {
    // The folders of a copy were made in any order.
    showsMaking = world.proc.isLive && kernel.map { $0 >= KernelVersion(4, 14) } ?? true
    let top = Group(
      at: path, isOwner: true, showsMaking: showsMaking, in: hierarchy, world)
    append(top, owner: path)
  }

  /// True if no list names a process, as in a copy that lacks the lists.
  var isEmpty: Bool { places.isEmpty }

  /// The place of a process. One that isn't listed came after the lists were read: at the end of
  /// its group, mostly that of the walk.
  func place(of id: ProcessID) -> Place {
    places[id] ?? Place(position: .max, group: "", owner: "", showsMaking: false)
  }

  /// A group with all that is charged to it, then the groups below that have controllers of their own.
  private mutating func append(_ group: Group, owner: String) {
    for id in group.members {
      places[id] = Place(
        position: places.count, group: group.path, owner: owner, showsMaking: showsMaking)
    }
    for below in group.groups where !below.isOwner { append(below, owner: owner) }
    for below in group.groups where below.isOwner { append(below, owner: below.path) }
  }
}

extension GroupWalk.Place {
  /// The reason why nothing shows which of two places comes first; `nil` where the order is known.
  func doubt(against other: Self) -> TieOrder.Doubt? {
    if group.isEmpty || other.group.isEmpty { return .unlisted }
    if group == other.group { return nil }
    if owner == other.owner { return .sharedController }
    let isAbove = CgroupPath(owner).contains(other.owner) || CgroupPath(other.owner).contains(owner)
    return showsMaking || isAbove ? nil : .madeFirst
  }
}

/// A group of the hierarchy with those below it, in the order of their making.
private struct Group {
  let path: String
  /// True if it has a memory controller of its own.
  let isOwner: Bool
  var members: [ProcessID] = []
  var groups: [Group] = []
  /// The key by which groups side by side are sorted: its number, or the start of its oldest
  /// process.
  private var age: UInt64 = .max

  init(
    at path: String, isOwner: Bool, showsMaking: Bool,
    in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) {
    self.path = path
    self.isOwner = isOwner
    // Of threaded groups the list can't be read; the one above them has their processes too.
    members = world.known(try hierarchy.processes(in: path)) ?? []
    let prefix = path == "/" ? path : path + "/"
    for name in world.known(try hierarchy.groups(below: path)) ?? [] {
      let below = prefix + name
      // A controller that a group lacks is lacking in all below it.
      let controls = world.known(try hierarchy.controlsMemory(in: below)) ?? nil
      groups.append(
        Group(
          at: below, isOwner: isOwner && controls ?? true, showsMaking: showsMaking, in: hierarchy,
          world))
    }
    groups.sort { ($0.age, $0.path) < ($1.age, $1.path) }
    age =
      showsMaking
      ? world.known(try hierarchy.inode(of: path)) ?? .max
      : min(groups.first?.age ?? .max, Self.start(ofOldest: members, in: world))
  }

  private static func start(ofOldest ids: [ProcessID], in world: borrowing World) -> UInt64 {
    var oldest = UInt64.max
    for id in ids {
      if let stat = world.known(try world.proc.process(id).stat) {
        oldest = min(oldest, stat.startTicks)
      }
    }
    return oldest
  }
}
