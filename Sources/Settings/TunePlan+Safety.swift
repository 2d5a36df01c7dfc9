import Badness
import Changes
import Core

extension TunePlan {
  /// The reason why it would do harm at once; `nil` where none is known.
  func refusal(on context: TuningContext, in world: borrowing World) -> Failure? {
    if concernsCommit, let safety = CommitSafety(context.machine, in: world),
      let refusal = safety.refusal(of: values, replacing: formerValues)
    {
      return refusal
    }
    return ReserveSafety(in: world)?.refusal(of: values, replacing: formerValues)
  }

  /// In bytes, once it is in force; `nil` where it isn't changed, or can't be told.
  func commitLimit(on context: TuningContext, in world: borrowing World) -> Int? {
    guard changes.contains(where: { $0.target.hasPrefix("vm.overcommit") }) else { return nil }
    return CommitSafety(context.machine, in: world)?.limit(with: values)
  }

  private var concernsCommit: Bool {
    changes.contains {
      $0.target.hasPrefix("vm.overcommit") || $0.target == "vm.admin_reserve_kbytes"
    }
  }
}
