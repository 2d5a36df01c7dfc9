/// The reason why a kernel doesn't score a process at all; the raw values are JSON's words.
public enum Exemption: String, Hashable, Sendable, CaseIterable {
  case initProcess = "init"
  case kernelThread = "kernel_thread"
  /// `oom_score_adj` -1000, or `oom_adj` -17.
  case adjustment
  /// No thread of it has an address space.
  case noMemory = "no_memory"
  /// Its memory was taken already.
  case skipped
  /// It still runs on its parent's memory.
  case inVfork = "in_vfork"
  /// It was chosen before and is about to die.
  case memoryDie = "memory_die"
}

extension Candidate.Standing {
  var exemption: Exemption? {
    switch self {
    case .ordinary: nil
    case .initProcess: .initProcess
    case .kernelThread: .kernelThread
    }
  }
}
