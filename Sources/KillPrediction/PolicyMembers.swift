import Badness
import Core
import ProcFS
import Processes

/// The processes that may have memory on nodes that a memory policy has used up.
///
/// If the policy of the process that asks for memory is the cause (`CONSTRAINT_MEMORY_POLICY`), the
/// kernel compares the policies of all tasks with its nodes, and ignores cpusets (mm/oom_kill.c
/// `oom_cpuset_eligible`).
package struct PolicyMembers: Sendable {
  /// Processes whose policies keep them away from those nodes.
  private var outsiders: Set<ProcessID> = []
  /// Processes whose policies can't be read: they are treated as members.
  private(set) var unknown: Set<ProcessID> = []

  /// One thread that may use the nodes makes its process a member.
  init(of nodes: NodeList, on kernel: KernelVersion?, in world: borrowing World) throws(Failure) {
    let ids: [ProcessID]
    do throws(ProcFSError) { ids = try world.proc.processes } catch { throw Failure(error) }
    for id in ids {
      do throws(ProcFSError) {
        switch try Self.mayUse(nodes, try world.proc.process(id), kernel) {
        case true?: break
        case false?: outsiders.insert(id)
        case nil: unknown.insert(id)
        }
      } catch {
        unknown.insert(id)
        if error.meaning == .failure { world.gaps.note(error) }
      }
    }
  }

  func contains(_ id: ProcessID) -> Bool { !outsiders.contains(id) }

  /// True if a thread of the process may use the nodes; `nil` where nothing shows it.
  private static func mayUse(
    _ nodes: NodeList, _ process: borrowing Process, _ kernel: KernelVersion?
  ) throws(ProcFSError) -> Bool? {
    let own = try ifPresent(try process.memoryPolicy) ?? nil
    var answer = own?.allows(nodes, on: kernel)
    if answer == true { return true }
    // All threads have the same mappings: where the first one has no policy of its own, it is
    // enough.
    let first = try ifPresent(try process.firstMemoryPolicy) ?? nil
    let isBrief = own != nil && first == own
    for id in try ifPresent(try process.threads) ?? [] where id != process.id {
      guard let thread = try ifPresent(try process.thread(id)),
        let policy = try ifPresent(
          try isBrief ? thread.firstMemoryPolicy : thread.memoryPolicy) ?? nil
      else { continue }
      // A main thread that has ended is asked as well, and has no policy any more (do_exit).
      if first == nil || policy.allows(nodes, on: kernel) { return true }
      answer = false
    }
    return answer
  }
}

extension MemoryPolicy {
  /// True if a task with this policy counts: mm/mempolicy.c `mempolicy_in_oom_domain`, from 5.14
  /// on, checks only bound tasks; before, `mempolicy_nodemask_intersects` also checked those that
  /// interleave.
  func allows(_ wanted: NodeList, on kernel: KernelVersion?) -> Bool {
    switch mode {
    case .other: return true
    case .interleave where kernel.map { $0 >= KernelVersion(5, 14) } ?? true: return true
    case .bind, .interleave:
      guard let own = nodes.flatMap(NodeList.init(argument:)) else { return false }
      return own.numbers.contains(where: wanted.numbers.contains)
    }
  }
}
