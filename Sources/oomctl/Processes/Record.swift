import Badness
import ProcFS

/// What was read of one process. A file that this kernel doesn't have, or that couldn't be read, is `nil`;
/// `unknown` tells the two apart.
struct Record: Sendable {
  var id: ProcessID
  var score: UInt64?
  var status: ProcessStatus?
  var stat: ProcessStat?
  var sizes: ProcessSizes?
  var adjustment: Int?
  var legacyAdjustment: Int?
  var cgroups: ProcessCgroups?
  var commandLine: ProcessCommandLine?
  var executable: String?
  /// Where it is in the kernel; only of a program that switches off swap.
  var systemCall: PresentSystemCall?
  /// The file of its program; on this machine only.
  var executableFile: FileIdentity?
  /// Whether its paths are those that oomctl sees too; asked for only of a program that was replaced.
  var isInOwnMounts = false
  /// Files that may be there, but couldn't be read: what they hold isn't known.
  var unknown: Needs = []
  /// One that lives where the first thread has ended: the process's memory, and its cgroups, are those of
  /// this one.
  var livingThread: ProcessID?
  /// Whether it is the system's process 1, and not that of a container.
  var isInit = false

  /// Files to read.
  struct Needs: OptionSet, Sendable {
    let rawValue: Int
    static let score = Needs(rawValue: 1 << 0)
    static let status = Needs(rawValue: 1 << 1)
    static let stat = Needs(rawValue: 1 << 2)
    static let sizes = Needs(rawValue: 1 << 3)
    static let adjustment = Needs(rawValue: 1 << 4)
    static let legacyAdjustment = Needs(rawValue: 1 << 5)
    static let cgroups = Needs(rawValue: 1 << 6)
    static let commandLine = Needs(rawValue: 1 << 7)
    static let executable = Needs(rawValue: 1 << 8)
    static let executableFile = Needs(rawValue: 1 << 9)
    static let systemCall = Needs(rawValue: 1 << 10)
    /// What only the owner of a process may see.
    static let program: Needs = [.executable, .executableFile]
    /// What the kernel's formula asks for.
    static let badness: Needs = [.status, .stat, .sizes, .adjustment, .legacyAdjustment]
    /// What JSON shows.
    static let all: Needs = [.score, .badness, .cgroups, .commandLine]
  }
}

extension Record {
  var name: String? { stat?.name ?? status?.name }

  var parent: ProcessID? { stat?.parent ?? status?.parent }

  var isKernelThread: Bool { stat?.isKernelThread ?? status?.isKernelThread ?? false }

  /// Whether it has an address space: without one the kernel prints no sizes.
  var hasMemory: Bool { status?.resident != nil || hidesMemory }

  /// Whether it has memory of a size that nothing shows: its first thread has ended, and a copy lacks the
  /// others. Only what has memory has a score (fs/proc/base.c `proc_oom_score`).
  var hidesMemory: Bool {
    guard let status, status.resident == nil, status.threadCount ?? 0 > 1 else { return false }
    return score ?? 0 > 0
  }

  /// Its resident anonymous memory; `nil` where nothing tells. To 4.4 `status` doesn't, but `statm` has the
  /// pages of files and shared memory.
  var anonymousBytes: Int? {
    if let anonymous = status?.anonymous { return anonymous.bytes }
    guard let resident = status?.resident?.bytes, let sizes, sizes.residentPages > 0 else {
      return status?.resident?.bytes
    }
    let own = max(0, sizes.residentPages &- max(0, sizes.sharedPages))
    return Int(clamping: Int128(resident) * Int128(own) / Int128(sizes.residentPages))
  }

  /// Names by which a user may mean it: the kernel's, its program's, and what it was started as.
  var names: [String] {
    [name, program.map(\.lastPathComponent), commandLine?.first.map(\.lastPathComponent)].compactMap
    { $0 }
  }

  /// The path of its program, also when that was replaced since.
  var program: String? {
    executable.map { isReplaced ? String($0.dropLast(10)) : $0 }
  }

  /// Whether its program's file was replaced or removed since.
  var isReplaced: Bool { executable?.hasSuffix(" (deleted)") ?? false }

  /// The systemd unit it runs in.
  var unit: Unit? { cgroups?.systemd.map { Unit(cgroup: $0.path) } }
}
