/// A process, held by its open folder `/proc/PID`.
///
/// Whatever is read or written goes through that folder. So once the process has ended, everything says
/// `ESRCH`, even when its number belongs to another one by now. A handle costs a file descriptor: gather
/// what is needed, then let go of it.
public struct Process: ~Copyable, Sendable {
  /// Its number when the handle was opened.
  public let id: ProcessID
  package let directory: Directory

  init(_ id: ProcessID, in directory: consuming Directory) {
    self.id = id
    self.directory = directory
  }
}

extension Process {
  /// The kernel's present opinion, from `oom_score` (fs/proc/base.c `proc_oom_score`): up to 1000, since
  /// 5.9 up to 2000, to 2.6.35 any 64-bit number. The file came with 2.6.11.
  public var oomScore: UInt64 {
    get throws(ProcFSError) { try directory.number(in: "oom_score") }
  }

  /// `oom_score_adj`, -1000…1000; the file came with 2.6.36.
  public var adjustment: Int {
    get throws(ProcFSError) { try directory.number(in: "oom_score_adj") }
  }

  /// `oom_adj`, -17…15 (16 can be read on 3.7–5.9); the file came with 2.6.11.
  public var legacyAdjustment: Int {
    get throws(ProcFSError) { try directory.number(in: "oom_adj") }
  }

  /// Sizes, users and capabilities, from `status`.
  public var status: ProcessStatus {
    get throws(ProcFSError) { try directory.read("status") }
  }

  /// Name, state, times and the resident size of old, from `stat`.
  public var stat: ProcessStat {
    get throws(ProcFSError) { try directory.read("stat") }
  }

  /// Pages in use, from `statm`.
  public var sizes: ProcessSizes {
    get throws(ProcFSError) { try directory.read("statm") }
  }

  /// The control groups it is in, from `cgroup`.
  public var cgroups: ProcessCgroups {
    get throws(ProcFSError) { try directory.read("cgroup") }
  }

  /// The command name, as `comm` has it.
  public var name: String {
    get throws(ProcFSError) {
      try directory.withContents(of: "comm") { text in
        // The name may hold line ends itself; only the last one is the kernel's.
        let isTerminated = text.count > 0 && text[text.count - 1] == UInt8(ascii: "\n")
        return text.extracting(first: text.count - (isTerminated ? 1 : 0)).text
      }
    }
  }

  /// The words it was started with, or what it has written over them since, as far as
  /// ``ProcessCommandLine/longest`` bytes of them go; without any for a kernel thread.
  public var commandLine: ProcessCommandLine {
    get throws(ProcFSError) {
      try directory.withStart(of: "cmdline", longest: ProcessCommandLine.longest) {
        ProcessCommandLine($0.array, isCut: $1)
      }
    }
  }

  /// The path of its program; " (deleted)" follows when that file is gone.
  public var executable: String {
    get throws(ProcFSError) { try directory.link("exe") }
  }

  /// Its threads, which are processes to the kernel: each has the same files.
  public var threads: [ProcessID] {
    get throws(ProcFSError) {
      var threads: [ProcessID] = []
      try directory.directory("task").forEachEntry { name in
        if let thread = ProcessID(parsing: name) { threads.append(thread) }
      }
      return threads
    }
  }

  /// A handle on one of its threads.
  public func thread(_ id: ProcessID) throws(ProcFSError) -> Process {
    Process(id, in: try directory.directory("task/\(id)"))
  }
}

extension Process {
  /// The reason why this user can't write one of its files, as far as that can be told without
  /// trying; `nil` when nothing is in the way.
  public func hindrance(toWriting file: String) -> Errno? { directory.hindrance(toWriting: file) }

  /// Writes `oom_score_adj`. The kernel refuses with `EINVAL` what lies outside -1000…1000, and without
  /// CAP_SYS_RESOURCE with `EACCES` what lies below the last value a privileged writer set
  /// (fs/proc/base.c `__set_oom_adj`). Processes that share its memory change along from 4.8 on.
  public func setAdjustment(_ value: Int) throws(ProcFSError) {
    try directory.write(String(value), to: "oom_score_adj")
  }

  /// Writes `oom_adj`, -17…15. Where `oom_score_adj` exists too the kernel converts, rounds, and notes the
  /// first such write in its log; without CAP_SYS_RESOURCE it refuses whatever is below the present value.
  public func setLegacyAdjustment(_ value: Int) throws(ProcFSError) {
    try directory.write(String(value), to: "oom_adj")
  }
}
