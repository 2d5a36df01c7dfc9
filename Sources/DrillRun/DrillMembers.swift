import Core
import Posix
import ProcFS

extension MemoryChild {
  /// Starts all members of a plan, or none.
  static func start(_ plan: DrillPlan) throws(Failure) -> [MemoryChild] {
    var members: [MemoryChild] = []
    for member in plan.members {
      do throws(Failure) {
        let isLast = members.count == plan.members.count - 1
        members.append(try start(member, room: plan.room, isPatient: isLast))
      } catch {
        for member in members { member.end() }
        throw error
      }
    }
    return members
  }

  private static func start(
    _ member: DrillPlan.Member, room: Int, isPatient: Bool
  ) throws(Failure) -> MemoryChild {
    do throws(Obstacle) {
      return try MemoryChild(
        name: member.name, adjustment: member.adjustment, room: room, isPatient: isPatient)
    } catch {
      switch error {
      case .call(let name, let errno): throw Failure("\(name): \(errno)")
      case .adjustment(let errno):
        throw Failure("oom_score_adj \(member.adjustment): \(errno)", advice: adjustmentAdvice)
      case .mapping(let errno):
        throw Failure(
          "mmap: \(errno)",
          advice: "The machine has no memory to promise: see vm.overcommit_memory.")
      case .end: throw Failure("a process of the drill has ended early")
      }
    }
  }

  static let adjustmentAdvice =
    "Lowering an adjustment needs CAP_SYS_RESOURCE; raising it is always allowed."
}
