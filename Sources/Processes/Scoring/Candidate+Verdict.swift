import Badness
import ProcFS

extension Machine {
  /// The flags that `/proc` hides. The kernel's own verdict reveals most of them: it skips a
  /// process that holds memory, isn't exempt and still has the score 0 (mm/oom_kill.c
  /// `oom_badness`: `MMF_OOM_SKIP` from 4.7 on, `in_vfork` from 4.8 on).
  func marks(of candidate: Candidate, shownAs record: ProcessSnapshot) -> Candidate.Marks {
    hiddenMarks(of: candidate, shownAs: record).union(isOrigin(record) ? .oomOrigin : [])
  }

  private func hiddenMarks(of candidate: Candidate, shownAs record: ProcessSnapshot)
    -> Candidate.Marks
  {
    guard record.score == 0, let ownRule, let capacity, ownRule.hidesMarks, !isBlind(to: record),
      let expected = ownRule.explain(candidate, in: capacity).oomScore,
      expected >= Self.leastContradiction
    else { return [] }
    return record.isDying || !ownRule.hidesVfork ? .skipped : .inVfork
  }

  /// The least score that contradicts the 0: a process just below a step may lose one between two
  /// reads.
  private static let leastContradiction: Int128 = 2

  /// True if the 0 may be due to the reader: to 5.2 the file shows 0 for a process on other memory
  /// nodes than the reader's (mm/oom_kill.c `has_intersects_mems_allowed`).
  private func isBlind(to record: ProcessSnapshot) -> Bool {
    guard let kernel, kernel < KernelVersion(5, 3) else { return false }
    return record.status?.allowedNodes ?? "0" != "0"
  }
}

extension ScoringRule {
  /// True if the rule knows the flags that `/proc` hides.
  fileprivate var hidesMarks: Bool { since >= KernelVersion(4, 7) }

  /// True if one of them is that of a child of vfork(2).
  fileprivate var hidesVfork: Bool { since >= KernelVersion(4, 8) }
}

extension ProcessSnapshot {
  /// True if it has been killed and can't or needn't act on it: SIGKILL is pending, or it is
  /// exiting.
  fileprivate var isDying: Bool {
    let kill = UInt64(1) << 8
    let exiting: UInt64 = 0x4
    return (status?.pendingSignals ?? 0) & kill != 0 || (stat?.flags ?? 0) & exiting != 0
  }
}
