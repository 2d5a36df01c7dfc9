import Badness
import CgroupFS
import Core
package import ProcFS

/// The order in which the kernel goes through the processes of a domain. It decides between equals.
package enum Walk: Sendable {
  /// Along the list of all processes, which is in the order of their start.
  case byAge
  /// Through memory cgroups, in an order that doesn't show.
  case unseen(TieOrder.Doubt)
  /// Through memory cgroups, as far as their order shows.
  case through(GroupWalk)

  /// The point at which the kernel comes to a process.
  package enum Stop: Sendable {
    case byAge
    case unseen(TieOrder.Doubt)
    case at(GroupWalk.Place)
  }

  package func stop(at id: ProcessID) -> Stop {
    switch self {
    case .byAge: .byAge
    case .unseen(let doubt): .unseen(doubt)
    case .through(let walk): .at(walk.place(of: id))
    }
  }
}

extension Walk {
  /// The walk through a memory cgroup and those below it. From 3.6 on the kernel goes from group to group
  /// (mm/memcontrol.c `mem_cgroup_out_of_memory`, later `mem_cgroup_scan_tasks`); before, it went along the
  /// list of all processes (mm/oom_kill.c `select_bad_process`).
  init(
    through path: String, of hierarchy: borrowing CgroupHierarchy, on kernel: KernelVersion?,
    in world: borrowing World
  ) {
    if let kernel, kernel < KernelVersion(3, 6) {
      self = .byAge
    } else if hierarchy.version == .one {
      // Its `cgroup.procs` is sorted by number (kernel/cgroup/cgroup-v1.c `pidlist_array_load`).
      self = .unseen(.versionOne)
    } else {
      let walk = GroupWalk(from: path, of: hierarchy, on: kernel, in: world)
      self = walk.isEmpty ? .unseen(.unlisted) : .through(walk)
    }
  }
}
