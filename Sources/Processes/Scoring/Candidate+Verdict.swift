import Badness
import ProcFS

extension Machine {
  /// The flags that `/proc` hides; most of them are told by the kernel's own verdict: a process that holds memory, isn't exempt
  /// and still has the score 0 is passed by (mm/oom_kill.c `oom_badness`: `MMF_OOM_SKIP` from 4.7 on,
  /// `in_vfork` from 4.8 on).
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

  /// A score that a process just below a step may lose between two reads is no verdict.
  private static let leastContradiction: Int128 = 2

  /// Whether the 0 may be the reader's: to 5.2 the file shows it for what runs on other memory nodes
  /// (mm/oom_kill.c `has_intersects_mems_allowed`).
  private func isBlind(to record: ProcessSnapshot) -> Bool {
    guard let kernel, kernel < KernelVersion(5, 3) else { return false }
    return record.status?.allowedNodes ?? "0" != "0"
  }
}

extension ScoringRule {
  /// Whether it knows the flags that `/proc` hides.
  fileprivate var hidesMarks: Bool { since >= KernelVersion(4, 7) }

  /// Whether one of them is that of a child of vfork(2).
  fileprivate var hidesVfork: Bool { since >= KernelVersion(4, 8) }
}

extension ProcessSnapshot {
  /// Whether it has been killed and can't or needn't act on it: SIGKILL waits, or it is on its way out.
  fileprivate var isDying: Bool {
    let kill = UInt64(1) << 8
    let exiting: UInt64 = 0x4
    return (status?.pendingSignals ?? 0) & kill != 0 || (stat?.flags ?? 0) & exiting != 0
  }
}
