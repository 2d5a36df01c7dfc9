import Badness

/// How far a process is kept from the OOM killer.
struct Shelter: Equatable, Sendable {
  /// On the scale of the kernel's own file.
  let value: Int
  /// Below the process's folder.
  let file: String
  private let isLegacy: Bool

  /// `nil` where it can't be read, and where there is nothing to keep: a kernel thread has no memory.
  init?(_ record: Record, on machine: Machine) {
    isLegacy = machine.readsLegacyAdjustment
    guard let value = isLegacy ? record.legacyAdjustment : record.adjustment, record.hasMemory,
      !record.isKernelThread
    else { return nil }
    self.value = value
    file = isLegacy ? "oom_adj" : "oom_score_adj"
  }

  /// Whether the kernel may never take it.
  var isComplete: Bool { value <= (isLegacy ? OOMAdjustment.disable : OOMAdjustment.minimum) }

  /// Whether it takes all others first: at what `oomctl protect` sets, or below.
  var isDeep: Bool {
    let lowest = Protect.lastInLine
    return value <= (isLegacy ? lowest * -OOMAdjustment.disable / OOMAdjustment.maximum : lowest)
  }

  /// As `oom_score_adj -1000`.
  var text: String { "\(file) \(value)" }
}
