import Badness
import Core
package import ProcFS

/// The data read of one process. A file that this kernel doesn't have, or that couldn't be read, is
/// `nil`; `unknown` tells the two apart.
package struct ProcessSnapshot: Sendable {
  package var id: ProcessID
  package var score: UInt64?
  package var status: ProcessStatus?
  package var stat: ProcessStat?
  package var sizes: ProcessSizes?
  package var adjustment: Int?
  package var legacyAdjustment: Int?
  package var cgroups: ProcessCgroups?
  package var commandLine: ProcessCommandLine?
  var executable: String?
  /// The system call that it is in; only for a program that switches off swap.
  var systemCall: PresentSystemCall?
  /// The file of its program; on this machine only.
  var executableFile: FileIdentity?
  /// True if its paths are those that oomctl sees too; read only for a program that was replaced.
  var isInOwnMounts = false
  /// Files that may exist, but couldn't be read: their content isn't known.
  package var unknown: Fields = []
  /// A living thread, where the first one has ended: the memory and cgroups of the process are read
  /// from this one.
  var livingThread: ProcessID?
  /// True if it is the system's process 1, and not that of a container.
  package var isInit = false

  package init(
    id: ProcessID, score: UInt64? = nil, status: ProcessStatus? = nil, stat: ProcessStat? = nil,
    sizes: ProcessSizes? = nil, adjustment: Int? = nil, legacyAdjustment: Int? = nil,
    cgroups: ProcessCgroups? = nil, commandLine: ProcessCommandLine? = nil,
    executable: String? = nil, systemCall: PresentSystemCall? = nil,
    executableFile: FileIdentity? = nil, isInOwnMounts: Bool = false, unknown: Fields = [],
    livingThread: ProcessID? = nil, isInit: Bool = false
  ) {
    self.id = id
    self.score = score
    self.status = status
    self.stat = stat
    self.sizes = sizes
    self.adjustment = adjustment
    self.legacyAdjustment = legacyAdjustment
    self.cgroups = cgroups
    self.commandLine = commandLine
    self.executable = executable
    self.systemCall = systemCall
    self.executableFile = executableFile
    self.isInOwnMounts = isInOwnMounts
    self.unknown = unknown
    self.livingThread = livingThread
    self.isInit = isInit
  }

  /// The process itself; `nil` where its start isn't known.
  package var identity: ProcessIdentity? {
    stat.map { ProcessIdentity(id: id, startTicks: $0.startTicks) }
  }

  /// Files to read.
  package struct Fields: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static let score = Fields(rawValue: 1 << 0)
    package static let status = Fields(rawValue: 1 << 1)
    package static let stat = Fields(rawValue: 1 << 2)
    static let sizes = Fields(rawValue: 1 << 3)
    package static let adjustment = Fields(rawValue: 1 << 4)
    package static let legacyAdjustment = Fields(rawValue: 1 << 5)
    package static let cgroups = Fields(rawValue: 1 << 6)
    package static let commandLine = Fields(rawValue: 1 << 7)
    package static let executable = Fields(rawValue: 1 << 8)
    package static let executableFile = Fields(rawValue: 1 << 9)
    static let systemCall = Fields(rawValue: 1 << 10)
    /// Files that only the owner of a process may read.
    package static let program: Fields = [.executable, .executableFile]
    /// Files that the kernel's formula needs.
    static let badness: Fields = [.status, .stat, .sizes, .adjustment, .legacyAdjustment]
    /// Files that JSON shows.
    package static let all: Fields = [.score, .badness, .cgroups, .commandLine]
  }
}

extension ProcessSnapshot {
  package var name: String? { stat?.name ?? status?.name }

  package var parent: ProcessID? { stat?.parent ?? status?.parent }

  package var isKernelThread: Bool { stat?.isKernelThread ?? status?.isKernelThread ?? false }

  /// True if it has an address space: without one the kernel prints no sizes.
  package var hasMemory: Bool { status?.resident != nil || hidesMemory }

  /// True if it has memory whose size nothing shows: its first thread has ended, and a captured
  /// tree lacks the others. Only a process with memory has a score (fs/proc/base.c
  /// `proc_oom_score`).
  package var hidesMemory: Bool {
    guard let status, status.resident == nil, status.threadCount ?? 0 > 1 else { return false }
    return score ?? 0 > 0
  }

  /// Its resident anonymous memory, in bytes; `nil` where no file shows it. To 4.4 `status`
  /// doesn't, but `statm` has the pages of files and shared memory.
  package var anonymousBytes: Int? {
    if let anonymous = status?.anonymous { return anonymous.bytes }
    guard let resident = status?.resident?.bytes, let sizes, sizes.residentPages > 0 else {
      return status?.resident?.bytes
    }
    let own = max(0, sizes.residentPages &- max(0, sizes.sharedPages))
    return Int(clamping: Int128(resident) * Int128(own) / Int128(sizes.residentPages))
  }

  /// Names by which a user may mean it: the kernel's, its program's, and its command line's first
  /// word.
  package var names: [String] {
    [name, program.map(\.lastPathComponent), commandLine?.first.map(\.lastPathComponent)].compactMap
    { $0 }
  }

  /// The path of its program, also when that was replaced since.
  package var program: String? {
    executable.map { isReplaced ? String($0.dropLast(10)) : $0 }
  }

  /// True if its program's file was replaced or removed since.
  var isReplaced: Bool { executable?.hasSuffix(" (deleted)") ?? false }

  /// The systemd unit it runs in.
  package var unit: Unit? { cgroups?.systemd.map { Unit(cgroup: $0.path) } }
}
